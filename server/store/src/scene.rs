//! Scenes: where the text is.

use domain::{
    Body, Bound, Change, Changed, ChapterId, ChapterPath, Heading, Rev, Scene, SceneDraft, SceneId, SceneSave,
    StoryPath, Trashed, UserId,
};

use crate::{
    Error, Load, Reader, Result, Store, Writing, access, clock, order, room, row::Columns, scene_save, trash,
    working_copy,
};

impl Load for SceneDraft {
    async fn load(&self, reader: &mut Reader) -> Result<Scene> {
        let row = sqlx::query(
            "select s.id as story_id, c.part_id, x.chapter_id, x.title, x.content, x.goal, x.conflict, x.outcome,
                    x.rev, x.updated_at
             from scenes x join chapters c on c.id = x.chapter_id join stories s on s.id = x.story_id
             where x.id = $1 and s.author_id = $2",
        )
        .bind(self.scene.to_string())
        .bind(self.viewer.to_string())
        .fetch_one(&mut **reader)
        .await?;
        let (kept, working) = working_copy::of(&mut **reader, self.scene).await?;
        let story = StoryPath { author: self.viewer, story: row.parsed("story_id")? };
        Ok(Scene {
            at: story.part(row.parsed("part_id")?).chapter(row.parsed("chapter_id")?).scene(self.scene),
            title: row.read("title")?,
            content: row.read("content")?,
            goal: row.read("goal")?,
            conflict: row.read("conflict")?,
            outcome: row.read("outcome")?,
            rev: row.rev("rev")?,
            updated_at: row.millis("updated_at")?,
            kept,
            working,
        })
    }
}

impl Store {
    /// Saves a scene's text and notes. If they were saved since `base`, both are joined, or this is refused: see
    /// [`scene_save::joining`].
    pub async fn save_scene(&self, author: UserId, scene: SceneId, save: SceneSave) -> Result<Changed<Rev>> {
        let words = save.content.words();
        let mut tx = self.begin().await?;
        let (at, listing) = access::scene(&mut tx, author, scene).await?;
        let rev = scene_save::joining(&mut tx, at, save, words, &self.device).await?;
        tx.commit(Change::SceneSaved(at, listing), rev).await
    }

    /// Adds an empty scene at a chapter's end.
    pub async fn add_scene(&self, author: UserId, chapter: ChapterId, title: Heading) -> Result<Changed<SceneId>> {
        let mut tx = self.begin().await?;
        let (above, listing) = access::chapter(&mut tx, author, chapter).await?;
        room::for_one(&mut tx, Bound::ChapterScenes, chapter).await?;
        room::for_one(&mut tx, Bound::StoryScenes, above.story).await?;
        let place = order::next(&mut tx, order::SCENES, &chapter.to_string()).await?;
        let scene = insert(&mut tx, above, place, &title, &Body::default()).await?;
        tx.commit(Change::SceneAdded(above.scene(scene), listing), scene).await
    }

    /// Puts a scene at a place (from 0) in a chapter of the same story, its own or another.
    pub async fn move_scene(&self, author: UserId, scene: SceneId, to: ChapterId, place: u32) -> Result<Changed<()>> {
        let mut tx = self.begin().await?;
        let (from, before) = access::scene(&mut tx, author, scene).await?;
        let (above, after) = access::chapter(&mut tx, author, to).await?;
        if above.story != from.story {
            return Err(Error::NotFound);
        }
        if above.chapter != from.chapter {
            let characters = sqlx::query("select characters from scenes where id = $1").bind(scene.to_string());
            let characters = characters.fetch_one(&mut *tx).await?.count("characters")?;
            room::for_scene(&mut tx, above, characters.into()).await?;
        }
        sqlx::query("update scenes set chapter_id = $1 where id = $2")
            .bind(to.to_string())
            .bind(scene.to_string())
            .execute(&mut *tx)
            .await?;
        order::place(&mut tx, order::SCENES, &to.to_string(), &scene.to_string(), place).await?;
        tx.commit(Change::SceneMoved(above.scene(scene), from.above(), before.or(after)), ()).await
    }

    /// Moves a scene with its text and its versions into the trash.
    pub async fn delete_scene(&self, author: UserId, scene: SceneId) -> Result<Changed<()>> {
        let mut tx = self.begin().await?;
        let (at, listing) = access::scene(&mut tx, author, scene).await?;
        trash::throw_away(&mut tx, at.above().above().above(), Trashed::Scene(scene)).await?;
        tx.commit(Change::SceneDeleted(at, listing), ()).await
    }
}

/// Writes a new scene's row.
pub(crate) async fn insert(
    db: &mut Writing,
    above: ChapterPath,
    place: i64,
    title: &Heading,
    content: &Body,
) -> Result<SceneId> {
    let scene = SceneId::from_bits(clock::new_bits());
    sqlx::query(
        "insert into scenes (id, story_id, chapter_id, position, title, content, words, goal, conflict, outcome, rev,
                updated_at, characters, counted)
         values ($1, $2, $3, $4, $5, $6, $7, '', '', '', 1, $8, $9, 1)",
    )
    .bind(scene.to_string())
    .bind(above.story.to_string())
    .bind(above.chapter.to_string())
    .bind(place)
    .bind(title.as_str())
    .bind(content.as_str())
    .bind(i64::from(content.words()))
    .bind(clock::now().0)
    .bind(i64::from(content.characters()))
    .execute(db)
    .await?;
    Ok(scene)
}
