//! Chapters that go out by themselves at a moment.

use domain::{Change, Changed, ChapterId, Listing, Millis, NotPublished, Reportable, UserId, Wanted};

use crate::{Error, Result, Store, Tx, access, calendar, clock, publication, row::Columns};

/// How many are looked at in one go.
const BATCH: i64 = 50;

impl Store {
    /// Lets readers have a chapter of a published story from a moment on. Another schedule takes the place of the one
    /// it has.
    pub async fn schedule_chapter(&self, author: UserId, chapter: ChapterId, wanted: Wanted) -> Result<Changed<()>> {
        let at = calendar::moment(&wanted).map_err(Error::NotPublished)?;
        let mut tx = self.begin().await?;
        let (path, story, published) = access::chapter_in_story(&mut tx, author, chapter).await?;
        let refusal = if published {
            Some(NotPublished::IsPublished)
        } else if !story.is_public() {
            Some(NotPublished::StoryIsDraft)
        } else if at <= clock::now() {
            Some(NotPublished::InThePast)
        } else if !publication::has_words(&mut tx, chapter).await? {
            Some(NotPublished::Empty)
        } else {
            None
        };
        if let Some(refusal) = refusal {
            return Err(Error::NotPublished(refusal));
        }
        publication::not_hidden(&mut tx, Reportable::Chapter(chapter)).await?;
        sqlx::query("update chapters set release_at = $1, release_local = $2, release_zone = $3 where id = $4")
            .bind(at.0)
            .bind(wanted.local.to_string())
            .bind(wanted.zone.as_str())
            .bind(chapter.to_string())
            .execute(&mut *tx)
            .await?;
        tx.commit(Change::ChapterScheduled(path, Listing::Draft), ()).await
    }

    /// Takes a chapter's schedule away: it stays a draft.
    pub async fn unschedule_chapter(&self, author: UserId, chapter: ChapterId) -> Result<Changed<()>> {
        let mut tx = self.begin().await?;
        let (path, _) = access::chapter(&mut tx, author, chapter).await?;
        publication::forget_schedule(&mut tx, chapter).await?;
        tx.commit(Change::ChapterScheduled(path, Listing::Draft), ()).await
    }

    /// Publishes the chapters whose moment has come, in stories that are out; those of a suspended person wait for its
    /// end. Says how many. Of several nodes that do it at once one publishes each: the story's row makes them queue, and
    /// the one that comes later finds it done.
    pub async fn release_due(&self) -> Result<u64> {
        let now = clock::now();
        let due = sqlx::query(
            "select c.id, s.author_id from chapters c join stories s on s.id = c.story_id
                  join users u on u.id = s.author_id
             where c.release_at <= $1 and s.published_at is not null
                   and u.banned_at is null and coalesce(u.suspended_until, 0) <= $1
             order by c.release_at, c.id limit $2",
        )
        .bind(now.0)
        .bind(BATCH)
        .fetch_all(&mut *self.database.begin_reading().await?)
        .await?;
        let mut released = 0;
        for row in &due {
            let tx = self.begin_each_time().await?;
            released += u64::from(release(tx, row.parsed("author_id")?, row.parsed("id")?, now).await?);
        }
        Ok(released)
    }
}

/// Publishes one chapter, if that is still due. One that lost its words meanwhile is a draft again.
async fn release(mut tx: Tx, author: UserId, chapter: ChapterId, now: Millis) -> Result<bool> {
    let (path, story, _) = match access::chapter_in_story(&mut tx, author, chapter).await {
        Err(Error::NotFound) => return Ok(false),
        found => found?,
    };
    let due = sqlx::query("update chapters set release_at = null where id = $1 and release_at <= $2 and published = 0")
        .bind(chapter.to_string())
        .bind(now.0)
        .execute(&mut *tx)
        .await?;
    if due.rows_affected() == 0 || !story.is_public() {
        return Ok(false);
    }
    publication::forget_schedule(&mut tx, chapter).await?;
    if !publication::has_words(&mut tx, chapter).await? {
        tx.commit(Change::ChapterScheduled(path, Listing::Draft), ()).await?;
        return Ok(false);
    }
    publication::begin(&mut tx, path.story, chapter, now).await?;
    tx.commit(Change::ChapterPublished(path, story), ()).await?;
    Ok(true)
}
