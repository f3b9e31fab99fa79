//! Chapters: which of them readers have.

use domain::{Change, Changed, ChapterId, Millis, NotPublished, Reportable, StoryId, UserId};

use crate::{Error, Result, Store, Writing, access, clock, moderation::hiding, row};

impl Store {
    /// Lets readers of a published story have a chapter. When they had it first is kept.
    pub async fn publish_chapter(&self, author: UserId, chapter: ChapterId) -> Result<Changed<()>> {
        let mut tx = self.begin().await?;
        let (at, listing, _) = access::chapter_in_story(&mut tx, author, chapter).await?;
        if !listing.is_public() {
            return Err(Error::NotPublished(NotPublished::StoryIsDraft));
        }
        begin(&mut tx, at.story, chapter, clock::now()).await?;
        tx.commit(Change::ChapterPublished(at, listing), ()).await
    }

    /// Takes a chapter back from readers.
    pub async fn unpublish_chapter(&self, author: UserId, chapter: ChapterId) -> Result<Changed<()>> {
        let mut tx = self.begin().await?;
        let (at, listing) = access::chapter(&mut tx, author, chapter).await?;
        sqlx::query("update chapters set published = 0 where id = $1")
            .bind(chapter.to_string())
            .execute(&mut *tx)
            .await?;
        tx.commit(Change::ChapterUnpublished(at, listing), ()).await
    }
}

/// Notes that readers have a chapter of this story. Refused if it has no words, or is hidden.
pub(crate) async fn begin(db: &mut Writing, story: StoryId, chapter: ChapterId, now: Millis) -> Result<()> {
    let there = sqlx::query(
        "update chapters set published = 1, first_published_at = coalesce(first_published_at, $1)
         where id = $2 and story_id = $3",
    )
    .bind(now.0)
    .bind(chapter.to_string())
    .bind(story.to_string())
    .execute(&mut *db)
    .await?;
    row::one(&there)?;
    not_hidden(db, Reportable::Chapter(chapter)).await?;
    forget_schedule(db, chapter).await?;
    if has_words(db, chapter).await? { Ok(()) } else { Err(Error::NotPublished(NotPublished::Empty)) }
}

/// Refuses to publish what managers hid.
pub(crate) async fn not_hidden(db: &mut Writing, what: Reportable) -> Result<()> {
    if hiding::is_hidden(db, what).await? { Err(Error::NotPublished(NotPublished::Hidden)) } else { Ok(()) }
}

/// Whether there is anything to read in a chapter.
pub(crate) async fn has_words(db: &mut Writing, chapter: ChapterId) -> Result<bool> {
    let written: i64 = sqlx::query_scalar("select count(*) from scenes where chapter_id = $1 and words > 0")
        .bind(chapter.to_string())
        .fetch_one(db)
        .await?;
    Ok(written > 0)
}

/// A chapter no longer goes out by itself.
pub(crate) async fn forget_schedule(db: &mut Writing, chapter: ChapterId) -> Result<()> {
    sqlx::query("update chapters set release_at = null, release_local = null, release_zone = null where id = $1")
        .bind(chapter.to_string())
        .execute(db)
        .await?;
    Ok(())
}

/// Whether readers of this story would have any chapter.
pub(crate) async fn is_any(db: &mut Writing, story: StoryId) -> Result<bool> {
    let published: i64 = sqlx::query_scalar("select count(*) from chapters where story_id = $1 and published = 1")
        .bind(story.to_string())
        .fetch_one(db)
        .await?;
    Ok(published > 0)
}
