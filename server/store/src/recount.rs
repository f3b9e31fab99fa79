//! Words of scenes that an older version counted, by other rules: they are counted again.

use domain::{Body, Change, SceneId, StoryPath};

use crate::{Result, Store, row::Columns};

/// How many scenes are looked at in one go.
const BATCH: i64 = 50;

impl Store {
    /// Counts the words again of each scene that this version did not count. Says how many counts were wrong. Readers
    /// and caches hear of a count that changes as they hear of a save.
    pub async fn recount_words(&self) -> Result<u64> {
        let mut wrong = 0;
        let mut last = String::new();
        loop {
            let scenes = sqlx::query(
                "select id, content, words, rev from scenes where counted <> rev and id > $1 order by id limit $2",
            )
            .bind(&last)
            .bind(BATCH)
            .fetch_all(&mut *self.database.begin_reading().await?)
            .await?;
            let Some(end) = scenes.last() else { return Ok(wrong) };
            last = end.text("id")?;
            for row in &scenes {
                let (scene, rev) = (row.parsed("id")?, row.number("rev")?);
                let words = row.read::<Body>("content")?.words();
                if words == row.count("words")? {
                    self.note_count(scene, rev).await?;
                } else {
                    wrong += u64::from(self.correct_count(scene, rev, words).await?);
                }
            }
        }
    }

    /// Notes that the count is right: no answer changes.
    async fn note_count(&self, scene: SceneId, rev: i64) -> Result<()> {
        let mut writing = self.database.begin_writing().await?;
        sqlx::query("update scenes set counted = rev where id = $1 and rev = $2")
            .bind(scene.to_string())
            .bind(rev)
            .execute(&mut writing)
            .await?;
        Ok(writing.commit().await?)
    }

    /// Writes the right count, unless the scene was saved meanwhile. The story's own time stays: nobody wrote in it.
    async fn correct_count(&self, scene: SceneId, rev: i64, words: u32) -> Result<bool> {
        let mut tx = self.begin_each_time().await?;
        let story = sqlx::query(
            "update stories set updated_at = updated_at where id = (select story_id from scenes where id = $1)
             returning id, author_id, format, genre, published_at",
        )
        .bind(scene.to_string())
        .fetch_optional(&mut *tx)
        .await?;
        let place = sqlx::query(
            "select c.part_id, c.published, x.chapter_id from scenes x join chapters c on c.id = x.chapter_id
             where x.id = $1 and x.rev = $2",
        )
        .bind(scene.to_string())
        .bind(rev)
        .fetch_optional(&mut *tx)
        .await?;
        let (Some(story), Some(place)) = (story, place) else { return Ok(false) };
        sqlx::query("update scenes set words = $1, counted = rev where id = $2")
            .bind(i64::from(words))
            .bind(scene.to_string())
            .execute(&mut *tx)
            .await?;
        let at = StoryPath { author: story.parsed("author_id")?, story: story.parsed("id")? };
        let at = at.part(place.parsed("part_id")?).chapter(place.parsed("chapter_id")?).scene(scene);
        let listing = story.listing()?.of_part(place.number("published")? == 1);
        tx.commit(Change::SceneSaved(at, listing), ()).await?;
        Ok(true)
    }
}
