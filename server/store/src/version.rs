//! Versions: each text that a scene had, and those that were not chosen.

use domain::{
    Change, Changed, ChapterId, Device, Millis, Rev, SceneId, ScenePath, SceneTexts, StoryId, UserId, VersionKind,
};
use sqlx::any::AnyRow;

use crate::{Result, Store, Writing, access, clock, row::Columns, scene_save};

impl Store {
    /// Keeps a text that was not chosen as a version of its scene, which stays as it is.
    pub async fn keep_version(&self, author: UserId, scene: SceneId, texts: SceneTexts) -> Result<Changed<()>> {
        let words = texts.content.words();
        let mut tx = self.begin().await?;
        let (at, _) = access::scene(&mut tx, author, scene).await?;
        let (kind, device) = (VersionKind::SetAside, &self.device);
        add(&mut tx, at, NewVersion { kind, rev: None, texts: &texts, words, device, saved_at: clock::now() }).await?;
        tx.commit(Change::VersionSetAside(at), ()).await
    }

    /// Saves the texts of a version again. Refused if the scene was saved since `base`: nothing is joined with a text
    /// that was chosen for what it is.
    pub async fn restore_version(
        &self,
        author: UserId,
        scene: SceneId,
        number: u32,
        base: Rev,
    ) -> Result<Changed<Rev>> {
        let mut tx = self.begin().await?;
        let (at, listing) = access::scene(&mut tx, author, scene).await?;
        let row = sqlx::query(
            "select title, content, words, goal, conflict, outcome from scene_versions where scene_id = $1 and number = $2",
        )
        .bind(scene.to_string())
        .bind(i64::from(number))
        .fetch_one(&mut *tx)
        .await?;
        let rev = scene_save::over(&mut tx, at, texts(&row)?.save(base), row.count("words")?, &self.device).await?;
        tx.commit(Change::SceneSaved(at, listing), rev).await
    }
}

/// The texts of a scene or of a version.
pub(crate) fn texts(row: &AnyRow) -> Result<SceneTexts> {
    Ok(SceneTexts {
        title: row.read("title")?,
        content: row.read("content")?,
        goal: row.read("goal")?,
        conflict: row.read("conflict")?,
        outcome: row.read("outcome")?,
    })
}

/// The texts of this revision of a scene, if they are kept.
pub(crate) async fn at(db: &mut Writing, scene: SceneId, rev: Rev) -> Result<Option<SceneTexts>> {
    let row = sqlx::query(
        "select title, content, goal, conflict, outcome from scene_versions where scene_id = $1 and rev = $2
         order by number desc limit 1",
    )
    .bind(scene.to_string())
    .bind(rev.0)
    .fetch_optional(db)
    .await?;
    row.as_ref().map(texts).transpose()
}

/// The number of a scene's last version.
pub(crate) async fn last(db: &mut Writing, scene: SceneId) -> Result<u32> {
    sqlx::query("select max(number) as number from scene_versions where scene_id = $1")
        .bind(scene.to_string())
        .fetch_one(db)
        .await?
        .count("number")
}

/// The texts of the scenes that the rest names, as these scenes' first versions.
macro_rules! first {
    ($rest:literal) => {
        concat!(
            "insert into scene_versions (scene_id, number, story_id, kind, rev, title, content, words, goal, conflict,
                    outcome, device, saved_at)
             select id, 1, story_id, $1, rev, title, content, words, goal, conflict, outcome, $2, updated_at
             from scenes where content <> '' and ",
            $rest
        )
    };
}

/// Keeps all texts of a new story as their scenes' first versions.
pub(crate) async fn first_of_all(db: &mut Writing, story: StoryId, device: &Device) -> Result<()> {
    keep_first(db, first!("story_id = $3"), story.to_string(), device).await
}

/// The same for a new chapter of a story that was there.
pub(crate) async fn first_of_chapter(db: &mut Writing, chapter: ChapterId, device: &Device) -> Result<()> {
    keep_first(db, first!("chapter_id = $3"), chapter.to_string(), device).await
}

async fn keep_first(db: &mut Writing, statement: &'static str, of: String, device: &Device) -> Result<()> {
    sqlx::query(statement).bind(VersionKind::Saved.slug()).bind(device.as_str()).bind(of).execute(db).await?;
    Ok(())
}

/// A version that is about to be kept.
pub(crate) struct NewVersion<'a> {
    pub(crate) kind: VersionKind,
    /// Which revision of the scene it is, if it is one.
    pub(crate) rev: Option<Rev>,
    pub(crate) texts: &'a SceneTexts,
    /// How many the text has. Counting a long one takes longer than a transaction may idle, so that was done before.
    pub(crate) words: u32,
    pub(crate) device: &'a Device,
    pub(crate) saved_at: Millis,
}

/// Keeps texts as a scene's next version. The scene's story is held, so no other takes its number.
pub(crate) async fn add(db: &mut Writing, at: ScenePath, new: NewVersion<'_>) -> Result<()> {
    let NewVersion { kind, rev, texts, words, device, saved_at } = new;
    sqlx::query(
        "insert into scene_versions (scene_id, number, story_id, kind, rev, title, content, words, goal, conflict,
                outcome, device, saved_at)
         values ($1, (select coalesce(max(number), 0) + 1 from scene_versions where scene_id = $1), $2, $3, $4, $5, $6,
                 $7, $8, $9, $10, $11, $12)",
    )
    .bind(at.scene.to_string())
    .bind(at.story.to_string())
    .bind(kind.slug())
    .bind(rev.map(|rev| rev.0))
    .bind(texts.title.as_str())
    .bind(texts.content.as_str())
    .bind(i64::from(words))
    .bind(texts.goal.as_str())
    .bind(texts.conflict.as_str())
    .bind(texts.outcome.as_str())
    .bind(device.as_str())
    .bind(saved_at.0)
    .execute(db)
    .await?;
    Ok(())
}
