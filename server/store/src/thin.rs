//! Old versions are thinned out: which of them go, the domain says.

use domain::{Aged, Change, KEEP_ALL, Millis, SceneId, ScenePath, StoryPath, thinned};

use crate::{Result, Store, clock, row::Columns};

/// How many scenes are looked at in one go.
const BATCH: i64 = 50;

impl Store {
    /// Takes away the versions that are too old to be kept beside each other. Says how many. Of several nodes that do
    /// it at once each takes away what is still there.
    pub async fn thin_versions(&self) -> Result<u64> {
        self.thin_versions_at(clock::now()).await
    }

    /// The same, as if it were that moment.
    pub async fn thin_versions_at(&self, now: Millis) -> Result<u64> {
        let mut gone = 0;
        let mut last = String::new();
        loop {
            let scenes = sqlx::query(
                "select v.scene_id from scene_versions v where v.saved_at < $1 and v.scene_id > $2
                 group by v.scene_id having count(*) > 1 order by v.scene_id limit $3",
            )
            .bind(now.0 - KEEP_ALL)
            .bind(&last)
            .bind(BATCH)
            .fetch_all(&mut *self.database.begin_reading().await?)
            .await?;
            let Some(end) = scenes.last() else { return Ok(gone) };
            last = end.text("scene_id")?;
            for row in &scenes {
                gone += self.thin(row.parsed("scene_id")?, now).await?;
            }
        }
    }

    /// Those of one scene. One in the trash keeps its own.
    async fn thin(&self, scene: SceneId, now: Millis) -> Result<u64> {
        let mut reading = self.database.begin_reading().await?;
        let rows = sqlx::query("select number, kind, saved_at from scene_versions where scene_id = $1")
            .bind(scene.to_string())
            .fetch_all(&mut *reading)
            .await?;
        drop(reading);
        let versions = rows.iter().map(|row| {
            Ok(Aged { number: row.count("number")?, kind: row.parsed("kind")?, saved_at: row.millis("saved_at")? })
        });
        let old = thinned(&versions.collect::<Result<Vec<_>>>()?, now);
        if old.is_empty() {
            return Ok(0);
        }
        let mut tx = self.begin_each_time().await?;
        let place = sqlx::query(
            "select s.id as story_id, s.author_id, c.part_id, x.chapter_id
             from scenes x join chapters c on c.id = x.chapter_id join stories s on s.id = x.story_id where x.id = $1",
        )
        .bind(scene.to_string())
        .fetch_optional(&mut *tx)
        .await?;
        let Some(place) = place else { return Ok(0) };
        let story = StoryPath { author: place.parsed("author_id")?, story: place.parsed("story_id")? };
        let chapter = story.part(place.parsed("part_id")?).chapter(place.parsed("chapter_id")?);
        let at: ScenePath = chapter.scene(scene);
        let mut gone = 0;
        for number in old {
            let done = sqlx::query("delete from scene_versions where scene_id = $1 and number = $2")
                .bind(scene.to_string())
                .bind(i64::from(number))
                .execute(&mut *tx)
                .await?;
            gone += done.rows_affected();
        }
        if gone > 0 {
            tx.commit(Change::VersionsThinned(at), ()).await?;
        }
        Ok(gone)
    }
}
