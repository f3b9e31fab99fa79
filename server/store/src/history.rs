//! The history of a scene, as its author sees it.

use domain::{
    Rev, SceneHistory, SceneId, SceneTexts, SceneVersion, TextKind, UserId, VersionLine, VersionList, VersionText,
};
use sqlx::any::AnyRow;

use crate::{Error, Load, Reader, Result, row::Columns, scene_save::LONG, version};

/// How many versions are on a page.
const PAGE: u32 = 50;

impl Load for SceneHistory {
    async fn load(&self, reader: &mut Reader) -> Result<VersionList> {
        let scene = own_scene(reader, self.viewer, self.scene).await?;
        // One more than the page holds says how many words the oldest has more, and whether there are older ones.
        let rows = sqlx::query(
            "select number, kind, saved_at, device, words from scene_versions
             where scene_id = $1 and number < $2 order by number desc limit $3",
        )
        .bind(self.scene.to_string())
        .bind(self.before.map_or(i64::MAX, i64::from))
        .bind(i64::from(PAGE) + 1)
        .fetch_all(&mut **reader)
        .await?;
        let mut versions = rows.iter().map(line).collect::<Result<Vec<_>>>()?;
        for newer in 1..versions.len() {
            let older = versions[newer].words;
            let version = &mut versions[newer - 1];
            version.more_words = Some(i64::from(version.words) - i64::from(older));
        }
        let page = usize::try_from(PAGE).unwrap_or(usize::MAX);
        let more = versions.len() > page;
        versions.truncate(page);
        Ok(VersionList { story: scene.parsed("story_id")?, title: scene.read("title")?, versions, more })
    }
}

impl Load for SceneVersion {
    async fn load(&self, reader: &mut Reader) -> Result<VersionText> {
        let scene = own_scene(reader, self.viewer, self.scene).await?;
        let now: Rev = scene.rev("rev")?;
        let row = sqlx::query(
            "select kind, saved_at, device, words, title, content, goal, conflict, outcome from scene_versions
             where scene_id = $1 and number = $2",
        )
        .bind(self.scene.to_string())
        .bind(i64::from(self.number))
        .fetch_one(&mut **reader)
        .await?;
        let today: Option<i64> =
            sqlx::query_scalar("select max(number) from scene_versions where scene_id = $1 and rev = $2")
                .bind(self.scene.to_string())
                .bind(now.0)
                .fetch_one(&mut **reader)
                .await?;
        Ok(VersionText {
            kind: row.parsed("kind")?,
            saved_at: row.millis("saved_at")?,
            device: row.read("device")?,
            words: row.count("words")?,
            now,
            today: today.map(u32::try_from).transpose().map_err(Error::corrupt)?,
            difference: difference(version::texts(&row)?, version::texts(&scene)?).await?,
        })
    }
}

async fn own_scene(reader: &mut Reader, viewer: UserId, scene: SceneId) -> Result<AnyRow> {
    let row = sqlx::query(
        "select x.story_id, x.rev, x.title, x.content, x.goal, x.conflict, x.outcome
         from scenes x join stories s on s.id = x.story_id where x.id = $1 and s.author_id = $2",
    );
    Ok(row.bind(scene.to_string()).bind(viewer.to_string()).fetch_one(&mut **reader).await?)
}

/// A line of the list, still without a comparison.
fn line(row: &AnyRow) -> Result<VersionLine> {
    Ok(VersionLine {
        number: row.count("number")?,
        kind: row.parsed("kind")?,
        saved_at: row.millis("saved_at")?,
        device: row.read("device")?,
        words: row.count("words")?,
        more_words: None,
    })
}

/// Long texts are compared beside the other work of the thread.
async fn difference(then: SceneTexts, now: SceneTexts) -> Result<Vec<(TextKind, Vec<domain::Run>)>> {
    if then.bytes() + now.bytes() < LONG {
        return Ok(then.difference(&now));
    }
    let compared = tokio::task::spawn_blocking(move || then.difference(&now)).await;
    compared.map_err(|died| Error::Internal(died.to_string().into()))
}
