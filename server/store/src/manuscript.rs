//! A manuscript: a story's tree, as its author sees it.

use std::collections::HashMap;

use domain::{ChapterId, Manuscript, Millis, PartId, StoryId, StoryTree, TreeChapter, TreePart, TreeScene};
use sqlx::AnyConnection;

use crate::{Load, Reader, Result, row::Columns};

impl Load for Manuscript {
    async fn load(&self, reader: &mut Reader) -> Result<StoryTree> {
        let row = sqlx::query(
            "select title, blurb, format, genre, status, language, rating, warnings, tags, word_goal,
                    published_at, rev
             from stories where id = $1 and author_id = $2",
        )
        .bind(self.story.to_string())
        .bind(self.viewer.to_string())
        .fetch_one(&mut **reader)
        .await?;
        Ok(StoryTree {
            story: self.story,
            title: row.read("title")?,
            blurb: row.read("blurb")?,
            format: row.parsed("format")?,
            genre: row.parsed("genre")?,
            facts: row.story_facts()?,
            word_goal: row.word_goal("word_goal")?,
            published: row.maybe_number("published_at")?.is_some(),
            rev: row.rev("rev")?,
            parts: parts(reader, self.story).await?,
        })
    }
}

async fn parts(db: &mut AnyConnection, story: StoryId) -> Result<Vec<TreePart>> {
    let mut chapters = chapters(db, story).await?;
    let rows = sqlx::query("select id, title, synopsis, rev from parts where story_id = $1 order by position, id")
        .bind(story.to_string())
        .fetch_all(db)
        .await?;
    let part = |row: &sqlx::any::AnyRow| {
        let part = row.parsed("id")?;
        Ok(TreePart {
            part,
            title: row.read("title")?,
            synopsis: row.read("synopsis")?,
            rev: row.rev("rev")?,
            chapters: chapters.remove(&part).unwrap_or_default(),
        })
    };
    rows.iter().map(part).collect()
}

async fn chapters(db: &mut AnyConnection, story: StoryId) -> Result<HashMap<PartId, Vec<TreeChapter>>> {
    let mut scenes = scenes(db, story).await?;
    let rows = sqlx::query(
        "select id, part_id, title, synopsis, published, first_published_at, release_at, release_local, release_zone, rev
         from chapters where story_id = $1 order by position, id",
    )
    .bind(story.to_string())
    .fetch_all(db)
    .await?;
    let mut chapters: HashMap<PartId, Vec<TreeChapter>> = HashMap::new();
    for row in rows {
        let chapter = row.parsed("id")?;
        chapters.entry(row.parsed("part_id")?).or_default().push(TreeChapter {
            chapter,
            title: row.read("title")?,
            synopsis: row.read("synopsis")?,
            state: row.chapter_state()?,
            first_published_at: row.maybe_number("first_published_at")?.map(Millis),
            rev: row.rev("rev")?,
            scenes: scenes.remove(&chapter).unwrap_or_default(),
        });
    }
    Ok(chapters)
}

async fn scenes(db: &mut AnyConnection, story: StoryId) -> Result<HashMap<ChapterId, Vec<TreeScene>>> {
    let rows = sqlx::query(
        "select x.id, x.chapter_id, x.title, x.words, x.characters, coalesce(w.is_open, 0) as unsaved
         from scenes x left join working_copies w on w.scene_id = x.id
         where x.story_id = $1 order by x.position, x.id",
    )
    .bind(story.to_string())
    .fetch_all(db)
    .await?;
    let mut scenes: HashMap<ChapterId, Vec<TreeScene>> = HashMap::new();
    for row in rows {
        scenes.entry(row.parsed("chapter_id")?).or_default().push(TreeScene {
            scene: row.parsed("id")?,
            title: row.read("title")?,
            words: row.count("words")?,
            characters: row.count("characters")?,
            unsaved: row.number("unsaved")? == 1,
        });
    }
    Ok(scenes)
}
