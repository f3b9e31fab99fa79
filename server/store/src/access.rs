//! Whose is it: paths, found only by those who may.
//!
//! Ownership is part of the question, so a stranger's row is not found, and there is no separate
//! check that could be forgotten. What leads into a story begins by noting in the story's row that
//! something in it changed: the row's lock makes writers of one story queue, so that path and
//! listing still hold when the Change that names them commits.

use domain::{
    ChapterId, ChapterPath, Listing, PartId, PartPath, Role, SceneId, ScenePath, StoryId, StoryPath, Subject, UserId,
};
use sqlx::{Any, Executor, any::AnyRow};

use crate::{Error, Result, Writing, clock, row::Columns};

/// What a person may do here.
pub(crate) async fn role(db: &mut Writing, user: UserId) -> Result<Role> {
    sqlx::query("select role from users where id = $1 and left_at is null")
        .bind(user.to_string())
        .fetch_one(db)
        .await?
        .parsed("role")
}

/// A person who may write stories.
pub(crate) async fn writer(db: &mut Writing, user: UserId) -> Result<()> {
    if role(db, user).await?.may_write() { Ok(()) } else { Err(Error::NotAllowed) }
}

/// A manager. To everybody else, what managers look after isn't there.
pub(crate) async fn manager(db: impl Executor<'_, Database = Any>, user: UserId) -> Result<()> {
    sqlx::query("select id from users where id = $1 and role = $2")
        .bind(user.to_string())
        .bind(Role::Manager.slug())
        .fetch_one(db)
        .await?;
    Ok(())
}

/// A story that everybody may read.
pub(crate) async fn published(db: impl Executor<'_, Database = Any>, story: StoryId) -> Result<()> {
    sqlx::query("select id from stories where id = $1 and published_at is not null")
        .bind(story.to_string())
        .fetch_one(db)
        .await?;
    Ok(())
}

/// A chapter that everybody may read.
pub(crate) async fn published_chapter(db: impl Executor<'_, Database = Any>, of: Subject) -> Result<()> {
    sqlx::query(
        "select c.id from chapters c join stories s on s.id = c.story_id
         where c.id = $1 and s.id = $2 and c.published = 1 and s.published_at is not null",
    )
    .bind(of.chapter.map(|chapter| chapter.to_string()))
    .bind(of.story.to_string())
    .fetch_one(db)
    .await?;
    Ok(())
}

/// The author's own story, to be changed, and where the public finds it.
pub(crate) async fn story(db: &mut Writing, author: UserId, story: StoryId) -> Result<(StoryPath, Listing)> {
    let row = touch(
        db,
        "update stories set updated_at = $1 where author_id = $2 and id = $3
         returning id, format, genre, published_at",
        author,
        story.to_string(),
    )
    .await?;
    Ok((StoryPath { author, story }, row.listing()?))
}

/// A part of the author's own story, to be changed, and where the public finds it: where it finds a chapter in it.
pub(crate) async fn part(db: &mut Writing, author: UserId, part: PartId) -> Result<(PartPath, Listing)> {
    let row = touch(
        db,
        "update stories set updated_at = $1 where author_id = $2 and id = (select story_id from parts where id = $3)
         returning id, format, genre, published_at",
        author,
        part.to_string(),
    )
    .await?;
    let published: i64 = sqlx::query_scalar("select count(*) from chapters where part_id = $1 and published = 1")
        .bind(part.to_string())
        .fetch_one(db)
        .await?;
    let listing = row.listing()?.of_part(published > 0);
    Ok((StoryPath { author, story: row.parsed("id")? }.part(part), listing))
}

/// A chapter of the author's own story, to be changed, and where the public finds it.
pub(crate) async fn chapter(db: &mut Writing, author: UserId, chapter: ChapterId) -> Result<(ChapterPath, Listing)> {
    let (at, of_story, published) = chapter_in_story(db, author, chapter).await?;
    Ok((at, of_story.of_part(published)))
}

/// A chapter of the author's own story, to be changed, where the public finds that story, and whether the chapter is
/// published.
pub(crate) async fn chapter_in_story(
    db: &mut Writing,
    author: UserId,
    chapter: ChapterId,
) -> Result<(ChapterPath, Listing, bool)> {
    let row = touch(
        db,
        "update stories set updated_at = $1
         where author_id = $2 and id = (select story_id from chapters where id = $3)
         returning id, format, genre, published_at",
        author,
        chapter.to_string(),
    )
    .await?;
    let above = sqlx::query("select part_id, published from chapters where id = $1")
        .bind(chapter.to_string())
        .fetch_one(db)
        .await?;
    let story = StoryPath { author, story: row.parsed("id")? };
    let at = story.part(above.parsed("part_id")?).chapter(chapter);
    Ok((at, row.listing()?, above.number("published")? == 1))
}

/// A scene of the author's own story, to be changed, and where the public finds its chapter.
pub(crate) async fn scene(db: &mut Writing, author: UserId, scene: SceneId) -> Result<(ScenePath, Listing)> {
    let row = touch(
        db,
        "update stories set updated_at = $1 where author_id = $2 and id = (select story_id from scenes where id = $3)
         returning id, format, genre, published_at",
        author,
        scene.to_string(),
    )
    .await?;
    let above = sqlx::query(
        "select c.part_id, c.published, x.chapter_id
         from scenes x join chapters c on c.id = x.chapter_id where x.id = $1",
    )
    .bind(scene.to_string())
    .fetch_one(db)
    .await?;
    let story = StoryPath { author, story: row.parsed("id")? };
    let chapter = story.part(above.parsed("part_id")?).chapter(above.parsed("chapter_id")?);
    Ok((chapter.scene(scene), row.listing()?.of_part(above.number("published")? == 1)))
}

/// A scene of the author's own story into which something is typed. Its story is held as if it were changed, and is not:
/// neither when it was changed last, nor anything that readers have.
pub(crate) async fn typed_scene(db: &mut Writing, author: UserId, scene: SceneId) -> Result<ScenePath> {
    let row = sqlx::query(
        "update stories set updated_at = updated_at where author_id = $1 and id = (select story_id from scenes where id = $2)
         returning id",
    )
    .bind(author.to_string())
    .bind(scene.to_string())
    .fetch_one(&mut *db)
    .await?;
    let above = sqlx::query(
        "select c.part_id, x.chapter_id from scenes x join chapters c on c.id = x.chapter_id where x.id = $1",
    )
    .bind(scene.to_string())
    .fetch_one(db)
    .await?;
    let story = StoryPath { author, story: row.parsed("id")? };
    Ok(story.part(above.parsed("part_id")?).chapter(above.parsed("chapter_id")?).scene(scene))
}

/// The notebook of the author's own story: what is noted there changes nothing in the story.
pub(crate) async fn notebook(
    db: impl Executor<'_, Database = Any>,
    author: UserId,
    story: StoryId,
) -> Result<StoryPath> {
    sqlx::query("select id from stories where id = $1 and author_id = $2")
        .bind(story.to_string())
        .bind(author.to_string())
        .fetch_one(db)
        .await?;
    Ok(StoryPath { author, story })
}

/// Notes in the story's row that something in it changed, and holds the row until the commit. What else must be known is
/// asked in a statement of its own afterwards: PostgreSQL answers this one by what was there before it waited for the row.
async fn touch(db: &mut Writing, update: &'static str, author: UserId, what: String) -> Result<AnyRow> {
    Ok(sqlx::query(update).bind(clock::now().0).bind(author.to_string()).bind(what).fetch_one(db).await?)
}
