//! Room: whether what is about to be added still fits, asked in the transaction that adds it.
//!
//! What leads into a story or a thread holds its row, so nobody adds to it in between.

use std::fmt::Display;

use domain::{Bound, ChapterPath};

use crate::{Error, Result, Writing, row::Columns};

/// Refuses one more where there is no room for it.
pub(crate) async fn for_one(db: &mut Writing, bound: Bound, of: impl Display) -> Result<()> {
    let held = held(db, bound, of).await?;
    bound.admit(held, held + 1).map_err(Error::Full)
}

/// Refuses so many more where there is no room for them.
pub(crate) async fn for_many(db: &mut Writing, bound: Bound, of: impl Display, more: u64) -> Result<()> {
    let held = held(db, bound, of).await?;
    bound.admit(held, held + more).map_err(Error::Full)
}

/// Refuses one more that was just added, where there was no room for it.
pub(crate) async fn after_one(db: &mut Writing, bound: Bound, of: impl Display) -> Result<()> {
    let held = held(db, bound, of).await?;
    bound.admit(held.saturating_sub(1), held).map_err(Error::Full)
}

/// Refuses what was just added if there are more now than there is room for.
pub(crate) async fn after_many(db: &mut Writing, bound: Bound, of: impl Display) -> Result<()> {
    bound.admit(0, held(db, bound, of).await?).map_err(Error::Full)
}

/// Refuses a text that a chapter or its story has no room for, where one of `before` characters becomes
/// one of `after`.
pub(crate) async fn for_text(db: &mut Writing, at: ChapterPath, before: u64, after: u64) -> Result<()> {
    let row = sqlx::query(
        "select cast(coalesce(sum(case when chapter_id = $2 then characters else 0 end), 0) as bigint) as in_chapter,
                cast(coalesce(sum(characters), 0) as bigint) as in_story from scenes where story_id = $1",
    )
    .bind(at.story.to_string())
    .bind(at.chapter.to_string())
    .fetch_one(db)
    .await?;
    for (bound, held) in [(Bound::ChapterCharacters, "in_chapter"), (Bound::StoryCharacters, "in_story")] {
        let held = u64::try_from(row.number(held)?).map_err(Error::corrupt)?;
        bound.admit(held, held.saturating_sub(before) + after).map_err(Error::Full)?;
    }
    Ok(())
}

/// Refuses a scene of so many characters that a chapter of the same story has no room for.
pub(crate) async fn for_scene(db: &mut Writing, at: ChapterPath, characters: u64) -> Result<()> {
    for_one(db, Bound::ChapterScenes, at.chapter).await?;
    let held = held(db, Bound::ChapterCharacters, at.chapter).await?;
    Bound::ChapterCharacters.admit(held, held + characters).map_err(Error::Full)
}

async fn held(db: &mut Writing, bound: Bound, of: impl Display) -> Result<u64> {
    let held: i64 = sqlx::query_scalar(counting(bound)).bind(of.to_string()).fetch_one(db).await?;
    u64::try_from(held).map_err(Error::corrupt)
}

/// How much of it is there. Characters are counted in an index, without reading a text.
const fn counting(bound: Bound) -> &'static str {
    match bound {
        Bound::ChapterCharacters => {
            "select cast(coalesce(sum(characters), 0) as bigint) from scenes
             where story_id = (select story_id from chapters where id = $1) and chapter_id = $1"
        }
        Bound::ChapterScenes => "select count(*) from scenes where chapter_id = $1",
        Bound::StoryCharacters => "select cast(coalesce(sum(characters), 0) as bigint) from scenes where story_id = $1",
        Bound::StoryScenes => "select count(*) from scenes where story_id = $1",
        Bound::StoryChapters => "select count(*) from chapters where story_id = $1",
        Bound::StoryParts => "select count(*) from parts where story_id = $1",
        Bound::Cast => "select count(*) from characters where story_id = $1",
        Bound::Settings => "select count(*) from settings where story_id = $1",
        Bound::AuthorStories => "select count(*) from stories where author_id = $1",
        Bound::LikedStories => "select count(*) from story_likes where user_id = $1",
        Bound::LikedPosts => "select count(*) from post_likes where user_id = $1",
        Bound::Bookmarks => "select count(*) from bookmarks where user_id = $1",
        Bound::FollowedStories => "select count(*) from followed_stories where user_id = $1",
        Bound::Silences => "select count(*) from silences where by_id = $1",
        Bound::Handles => "select count(*) from handles where user_id = $1",
        Bound::FollowedAuthors => "select count(*) from followed_authors where user_id = $1",
        Bound::Invitations => "select count(*) from invitations where $1 = ''",
        Bound::ThreadComments => "select count(*) from comments where post_id = $1",
    }
}
