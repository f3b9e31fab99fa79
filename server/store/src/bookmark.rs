//! Bookmarks: in which chapter each reader is, where in it, and what they read to its end.

use domain::{
    Bookmark, BookmarkReport, BookmarkReports, Bound, Change, Changed, ChapterId, KeptSpot, Millis, Reached, Rev, Spot,
    StoryId, UserId,
};
use sqlx::any::AnyRow;

use crate::{Error, Result, Store, Writing, access, clock, room, row::Columns};

/// A reader's place as it is kept.
struct Kept {
    mark: Bookmark,
    spot: Spot,
    rev: Rev,
}

/// How often it is tried to move a spot that another browser moves at the same time: then it is looked anew which of
/// the two is further.
const TRIES: u32 = 5;

const KEPT: &str = "
    select b.chapter_id, b.number, b.ended, s.paragraph, s.print, s.thousandth, s.rev
    from bookmarks b join spots s on s.user_id = b.user_id and s.story_id = b.story_id
    where b.user_id = $1 and b.story_id = $2";

impl Store {
    /// Where a reader stopped in a published story. Past the caches: no answer that is kept shows it.
    pub async fn kept_spot(&self, user: UserId, story: StoryId) -> Result<Option<KeptSpot>> {
        let mut reading = self.database.begin_reading().await?;
        access::published(&mut *reading, story).await?;
        let row =
            sqlx::query(KEPT).bind(user.to_string()).bind(story.to_string()).fetch_optional(&mut *reading).await?;
        row.map(|row| Ok(Kept::read(&row)?.told())).transpose()
    }

    /// Keeps where in a chapter a reader is, if that is the chapter of their bookmark, and answers with what is kept
    /// then. It says what no answer shows, so it is upkeep: no row of the log, and nothing becomes old.
    pub async fn keep_spot(
        &self,
        user: UserId,
        story: StoryId,
        chapter: ChapterId,
        spot: Spot,
        base: Rev,
    ) -> Result<Option<KeptSpot>> {
        let mut writing = self.database.begin_writing().await?;
        access::published(&mut writing, story).await?;
        for _ in 0..TRIES {
            let Some(kept) = kept(&mut writing, user, story).await? else { return Ok(None) };
            let reached = Reached::at(kept.mark.number, spot);
            let moves = kept.mark.chapter == chapter && reached.moves(base, Some((kept.rev, kept.reached())));
            if !moves || move_spot(&mut writing, user, story, spot, kept.rev).await? {
                break;
            }
        }
        let now = self::kept(&mut writing, user, story).await?;
        writing.commit().await?;
        Ok(now.as_ref().map(Kept::told))
    }

    /// Moves a reader's bookmarks, as far as they move. What is reported of stories and chapters that readers don't
    /// have is left out. Answers with what is kept then of the first of those that are there.
    pub async fn keep_bookmarks(&self, user: UserId, reports: BookmarkReports) -> Result<Changed<Option<KeptSpot>>> {
        let mut tx = self.begin().await?;
        access::role(&mut tx, user).await?;
        let (now, mut first) = (clock::now(), None);
        for report in reports.as_slice() {
            if keep(&mut tx, user, report, now).await? {
                first = first.or(Some(report.story));
            }
        }
        let kept = kept(&mut tx, user, first.ok_or(Error::NotFound)?).await?;
        tx.commit(Change::BookmarkMoved(user), kept.as_ref().map(Kept::told)).await
    }
}

/// Keeps what one report says; false if readers don't have that chapter.
async fn keep(db: &mut Writing, user: UserId, report: &BookmarkReport, now: Millis) -> Result<bool> {
    let Some(number) = number_of(db, report.story, report.mark.chapter).await? else { return Ok(false) };
    let ended = report.mark.ended.then_some(report.mark.chapter);
    for chapter in report.read.iter().copied().chain(ended) {
        note_read(db, user, report.story, chapter).await?;
    }
    for _ in 0..TRIES {
        let kept = kept(db, user, report.story).await?;
        let reached = match &kept {
            None => None,
            Some(kept) => {
                // Where the chapter stands now, if it is still there.
                let number = number_of(db, report.story, kept.mark.chapter).await?.unwrap_or(kept.mark.number);
                Some((kept.rev, Reached::at(number, kept.spot)))
            }
        };
        if !Reached::at(number, report.spot).moves(report.base, reached) {
            break;
        }
        let has_moved = match &kept {
            Some(kept) => move_spot(db, user, report.story, report.spot, kept.rev).await?,
            None => begin(db, user, report.story, report.spot).await?,
        };
        if has_moved {
            mark(db, user, report, number, now).await?;
            break;
        }
    }
    Ok(true)
}

async fn kept(db: &mut Writing, user: UserId, story: StoryId) -> Result<Option<Kept>> {
    let row = sqlx::query(KEPT).bind(user.to_string()).bind(story.to_string()).fetch_optional(db).await?;
    row.map(|row| Kept::read(&row)).transpose()
}

/// A chapter's number among those that readers of a published story have, if they have it.
async fn number_of(db: &mut Writing, story: StoryId, chapter: ChapterId) -> Result<Option<u32>> {
    let row = sqlx::query(
        "with numbered (id, number) as (
             select c.id, row_number() over (order by p.position, p.id, c.position, c.id)
             from chapters c join parts p on p.id = c.part_id join stories s on s.id = c.story_id
             where c.story_id = $1 and c.published = 1 and s.published_at is not null
         )
         select number from numbered where id = $2",
    )
    .bind(story.to_string())
    .bind(chapter.to_string())
    .fetch_optional(db)
    .await?;
    row.map(|row| row.count("number")).transpose()
}

async fn note_read(db: &mut Writing, user: UserId, story: StoryId, chapter: ChapterId) -> Result<()> {
    sqlx::query(
        "insert into chapters_read (user_id, story_id, chapter_id)
         select $1, c.story_id, c.id from chapters c where c.id = $2 and c.story_id = $3 and c.published = 1
         on conflict do nothing",
    )
    .bind(user.to_string())
    .bind(chapter.to_string())
    .bind(story.to_string())
    .execute(db)
    .await?;
    Ok(())
}

/// False if it was moved since this revision.
async fn move_spot(db: &mut Writing, user: UserId, story: StoryId, spot: Spot, rev: Rev) -> Result<bool> {
    let moved = sqlx::query(
        "update spots set paragraph = $1, print = $2, thousandth = $3, rev = rev + 1
         where user_id = $4 and story_id = $5 and rev = $6",
    )
    .bind(i64::from(spot.paragraph))
    .bind(i64::from(spot.print))
    .bind(i64::from(spot.thousandth))
    .bind(user.to_string())
    .bind(story.to_string())
    .bind(rev.0)
    .execute(db)
    .await?;
    Ok(moved.rows_affected() > 0)
}

/// False if another request has begun it.
async fn begin(db: &mut Writing, user: UserId, story: StoryId, spot: Spot) -> Result<bool> {
    let begun = sqlx::query(
        "insert into spots (user_id, story_id, paragraph, print, thousandth, rev) values ($1, $2, $3, $4, $5, 1)
         on conflict do nothing",
    )
    .bind(user.to_string())
    .bind(story.to_string())
    .bind(i64::from(spot.paragraph))
    .bind(i64::from(spot.print))
    .bind(i64::from(spot.thousandth))
    .execute(&mut *db)
    .await?;
    if begun.rows_affected() > 0 {
        room::for_one(db, Bound::Bookmarks, user).await?;
    }
    Ok(begun.rows_affected() > 0)
}

async fn mark(db: &mut Writing, user: UserId, report: &BookmarkReport, number: u32, now: Millis) -> Result<()> {
    sqlx::query(
        "insert into bookmarks (user_id, story_id, chapter_id, number, ended, moved_at)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (user_id, story_id) do update set chapter_id = excluded.chapter_id, number = excluded.number,
             ended = excluded.ended, moved_at = excluded.moved_at",
    )
    .bind(user.to_string())
    .bind(report.story.to_string())
    .bind(report.mark.chapter.to_string())
    .bind(i64::from(number))
    .bind(i64::from(report.mark.ended))
    .bind(now.0)
    .execute(db)
    .await?;
    Ok(())
}

impl Kept {
    fn read(row: &AnyRow) -> Result<Self> {
        let print = u32::try_from(row.number("print")?).map_err(Error::corrupt)?;
        let thousandth = u16::try_from(row.number("thousandth")?).map_err(Error::corrupt)?;
        Ok(Self {
            mark: Bookmark {
                chapter: row.parsed("chapter_id")?,
                number: row.count("number")?,
                ended: row.number("ended")? == 1,
            },
            spot: Spot { paragraph: row.count("paragraph")?, print, thousandth },
            rev: row.rev("rev")?,
        })
    }

    const fn told(&self) -> KeptSpot {
        KeptSpot { chapter: self.mark.chapter, ended: self.mark.ended, spot: self.spot, rev: self.rev }
    }

    const fn reached(&self) -> Reached {
        Reached::at(self.mark.number, self.spot)
    }
}
