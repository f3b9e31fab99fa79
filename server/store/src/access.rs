//! Whose is it: paths, found only by their author.
//!
//! Ownership is part of the question, so a stranger's row is not found, and there is no separate
//! check that could be forgotten.

use domain::{ChapterId, ChapterPath, Listing, PartId, PartPath, SceneId, ScenePath, StoryId, StoryPath, UserId};
use sqlx::AnyConnection;

use crate::{Result, row::Columns};

/// The path of the author's own story, and where the public finds it.
pub(crate) async fn story(db: &mut AnyConnection, author: UserId, story: StoryId) -> Result<(StoryPath, Listing)> {
    let row = sqlx::query("select format, genre, published_at from stories where id = $1 and author_id = $2")
        .bind(story.to_string())
        .bind(author.to_string())
        .fetch_one(db)
        .await?;
    Ok((StoryPath { author, story }, row.listing()?))
}

/// The path of a part of the author's own story.
pub(crate) async fn part(db: &mut AnyConnection, author: UserId, part: PartId) -> Result<(PartPath, Listing)> {
    let row = sqlx::query(
        "select s.id as story_id, s.format, s.genre, s.published_at
         from parts p join stories s on s.id = p.story_id
         where p.id = $1 and s.author_id = $2",
    )
    .bind(part.to_string())
    .bind(author.to_string())
    .fetch_one(db)
    .await?;
    Ok((StoryPath { author, story: row.parsed("story_id")? }.part(part), row.listing()?))
}

/// The path of a chapter of the author's own story.
pub(crate) async fn chapter(
    db: &mut AnyConnection,
    author: UserId,
    chapter: ChapterId,
) -> Result<(ChapterPath, Listing)> {
    let row = sqlx::query(
        "select s.id as story_id, c.part_id, s.format, s.genre, s.published_at
         from chapters c join stories s on s.id = c.story_id
         where c.id = $1 and s.author_id = $2",
    )
    .bind(chapter.to_string())
    .bind(author.to_string())
    .fetch_one(db)
    .await?;
    let story = StoryPath { author, story: row.parsed("story_id")? };
    Ok((story.part(row.parsed("part_id")?).chapter(chapter), row.listing()?))
}

/// The path of a scene of the author's own story.
pub(crate) async fn scene(db: &mut AnyConnection, author: UserId, scene: SceneId) -> Result<(ScenePath, Listing)> {
    let row = sqlx::query(
        "select s.id as story_id, c.part_id, x.chapter_id, s.format, s.genre, s.published_at
         from scenes x join chapters c on c.id = x.chapter_id join stories s on s.id = x.story_id
         where x.id = $1 and s.author_id = $2",
    )
    .bind(scene.to_string())
    .bind(author.to_string())
    .fetch_one(db)
    .await?;
    let story = StoryPath { author, story: row.parsed("story_id")? };
    let chapter = story.part(row.parsed("part_id")?).chapter(row.parsed("chapter_id")?);
    Ok((chapter.scene(scene), row.listing()?))
}
