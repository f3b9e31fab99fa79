//! A story with all its text, for its author: read in one snapshot, past every cache.

use std::collections::HashMap;

use domain::{
    Cast, CastNotes, ChapterId, ChapterNotes, FileChapter, FilePart, FileScene, Manuscript, PartNotes, SceneId,
    SceneNotes, StoryId, StoryNotes, UserId, WholeStory,
};
use sqlx::AnyConnection;

use crate::{Result, Store, row::Columns};

impl Store {
    /// The author's own story, with all its text.
    pub async fn export_story(&self, author: UserId, story: StoryId) -> Result<WholeStory> {
        let mut reading = self.database.begin_reading().await?;
        let row = sqlx::query(
            "select s.title, s.blurb, s.format, s.genre, s.updated_at, u.name
             from stories s join users u on u.id = s.author_id where s.id = $1 and s.author_id = $2",
        )
        .bind(story.to_string())
        .bind(author.to_string())
        .fetch_one(&mut *reading)
        .await?;
        Ok(WholeStory {
            story,
            title: row.read("title")?,
            author: row.read("name")?,
            blurb: row.read("blurb")?,
            format: row.parsed("format")?,
            genre: row.parsed("genre")?,
            updated_at: row.millis("updated_at")?,
            parts: parts(&mut reading, story).await?,
        })
    }

    /// What its author noted of a story.
    pub async fn export_notes(&self, author: UserId, story: StoryId) -> Result<StoryNotes> {
        let tree = self.load(&Manuscript { viewer: author, story }).await?;
        let (tree, cast_of) = (&tree.value, Cast { viewer: author, story });
        let cast = self.load(&cast_of).await?;
        let mut notes = scene_notes(&mut *self.database.begin_reading().await?, story).await?;
        let mut chapter = |chapter: &domain::TreeChapter| ChapterNotes {
            title: chapter.title.clone(),
            synopsis: chapter.synopsis.clone(),
            state: chapter.state.clone(),
            scenes: chapter.scenes.iter().filter_map(|scene| notes.remove(&scene.scene)).collect(),
        };
        let mut part = |part: &domain::TreePart| PartNotes {
            title: part.title.clone(),
            synopsis: part.synopsis.clone(),
            chapters: part.chapters.iter().map(&mut chapter).collect(),
        };
        Ok(StoryNotes {
            story,
            title: tree.title.clone(),
            published: tree.published,
            word_goal: tree.word_goal,
            parts: tree.parts.iter().map(&mut part).collect(),
            cast: cast
                .value
                .iter()
                .map(|one| CastNotes { kind: one.kind, name: one.name.clone(), description: one.description.clone() })
                .collect(),
        })
    }
}

async fn parts(db: &mut AnyConnection, story: StoryId) -> Result<Vec<FilePart>> {
    let mut scenes: HashMap<ChapterId, Vec<FileScene>> = HashMap::new();
    let rows = sqlx::query("select chapter_id, title, content from scenes where story_id = $1 order by position, id")
        .bind(story.to_string())
        .fetch_all(&mut *db)
        .await?;
    for row in rows {
        let scene = FileScene { title: row.read("title")?, text: row.read("content")? };
        scenes.entry(row.parsed("chapter_id")?).or_default().push(scene);
    }
    let mut chapters: HashMap<String, Vec<FileChapter>> = HashMap::new();
    let rows = sqlx::query("select id, part_id, title from chapters where story_id = $1 order by position, id")
        .bind(story.to_string())
        .fetch_all(&mut *db)
        .await?;
    for row in rows {
        let scenes = scenes.remove(&row.parsed("id")?).unwrap_or_default();
        chapters.entry(row.text("part_id")?).or_default().push(FileChapter { title: row.read("title")?, scenes });
    }
    let rows = sqlx::query("select id, title from parts where story_id = $1 order by position, id")
        .bind(story.to_string())
        .fetch_all(&mut *db)
        .await?;
    let part = |row: &sqlx::any::AnyRow| {
        let chapters = chapters.remove(&row.text("id")?).unwrap_or_default();
        Ok(FilePart { title: row.read("title")?, chapters })
    };
    rows.iter().map(part).collect()
}

async fn scene_notes(db: &mut AnyConnection, story: StoryId) -> Result<HashMap<SceneId, SceneNotes>> {
    let rows = sqlx::query("select id, title, goal, conflict, outcome from scenes where story_id = $1")
        .bind(story.to_string())
        .fetch_all(db)
        .await?;
    let notes = |row: &sqlx::any::AnyRow| {
        let notes = SceneNotes {
            title: row.read("title")?,
            goal: row.read("goal")?,
            conflict: row.read("conflict")?,
            outcome: row.read("outcome")?,
        };
        Ok((row.parsed("id")?, notes))
    };
    rows.iter().map(notes).collect()
}
