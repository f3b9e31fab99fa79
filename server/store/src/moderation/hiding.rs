//! Hiding: what is hidden is its author's alone, and managers', until it is restored. A story or a chapter is
//! unpublished, so that no statement can show it by mistake.

use domain::{
    ActKind, Change, Changed, ChapterId, ChapterPath, CommentId, Grounds, Listing, Note, Placed, PostId, Reportable,
    StoryId, StoryPath, UserId,
};
use sqlx::any::AnyRow;

use super::{act::NewAct, report, thing};
use crate::{Error, Result, Store, Writing, access, clock, comment, publication, row::Columns};

/// How it was before it was hidden.
#[derive(Default)]
struct Before {
    /// When a story that was out was published.
    published_at: Option<i64>,
    /// Whether readers had the chapter.
    published: bool,
}

impl Store {
    /// Hides something that everybody finds, or that was reported. Its author is told why.
    pub async fn hide_thing(
        &self,
        manager: UserId,
        what: Reportable,
        told: Grounds,
        note: Note,
    ) -> Result<Changed<()>> {
        let mut tx = self.begin().await?;
        access::manager(&mut *tx, manager).await?;
        let seen = thing::reported(&mut tx, what).await?;
        let (placed, before) = match what {
            Reportable::Story(story) => hide_story(&mut tx, story).await?,
            Reportable::Chapter(chapter) => hide_chapter(&mut tx, chapter).await?,
            Reportable::Post(post) => (mark_post(&mut tx, post, true).await?, Before::default()),
            Reportable::Comment(comment) => (mark_comment(&mut tx, comment, true).await?, Before::default()),
        };
        let hidden = sqlx::query(
            "insert into hidden (kind, thing_id, author_id, title, text, at, published_at, published)
             values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing",
        )
        .bind(what.noun())
        .bind(what.id())
        .bind(placed.author().to_string())
        .bind(&seen.title)
        .bind(&seen.text)
        .bind(clock::tick().0)
        .bind(before.published_at)
        .bind(i64::from(before.published))
        .execute(&mut *tx)
        .await?;
        crate::row::one(&hidden)?;
        report::close(&mut tx, what).await?;
        let act =
            NewAct::new(ActKind::Hide, manager).about(placed.author()).on(what, &seen).telling(&told).noting(&note);
        act.record(&mut tx).await?;
        tx.commit(Change::Hidden(placed), ()).await
    }

    /// Lets everybody find something again that was hidden. What its author deleted meanwhile stays deleted.
    pub async fn restore_hidden(&self, manager: UserId, what: Reportable, note: Note) -> Result<Changed<()>> {
        let mut tx = self.begin().await?;
        access::manager(&mut *tx, manager).await?;
        let row = sqlx::query(
            "delete from hidden where kind = $1 and thing_id = $2
             returning author_id, title, text, published_at, published",
        )
        .bind(what.noun())
        .bind(what.id())
        .fetch_one(&mut *tx)
        .await?;
        let before =
            Before { published_at: row.maybe_number("published_at")?, published: row.number("published")? == 1 };
        let author: UserId = row.parsed("author_id")?;
        let placed = match what {
            Reportable::Story(story) => show_story(&mut tx, story, before.published_at).await,
            Reportable::Chapter(chapter) => show_chapter(&mut tx, chapter, before.published).await,
            Reportable::Post(post) => mark_post(&mut tx, post, false).await,
            Reportable::Comment(comment) => mark_comment(&mut tx, comment, false).await,
        };
        let change = match placed {
            Ok(placed) => Change::Shown(placed),
            Err(Error::NotFound) => Change::Recorded(Some(author)),
            Err(error) => return Err(error),
        };
        let (title, text) = (row.text("title")?, row.text("text")?);
        let act = NewAct::new(ActKind::Restore, manager).about(author).on_text(what, &title, &text).noting(&note);
        act.record(&mut tx).await?;
        tx.commit(change, ()).await
    }
}

/// Whether managers hid a story or a chapter: then its author can't publish it.
pub(crate) async fn is_hidden(db: &mut Writing, what: Reportable) -> Result<bool> {
    let hidden: i64 = sqlx::query_scalar("select count(*) from hidden where kind = $1 and thing_id = $2")
        .bind(what.noun())
        .bind(what.id())
        .fetch_one(db)
        .await?;
    Ok(hidden > 0)
}

/// Holds the row of a story, and says where the public finds it.
async fn hold(db: &mut Writing, statement: &'static str, id: String) -> Result<(StoryPath, Listing, AnyRow)> {
    let row = sqlx::query(statement).bind(id).fetch_one(db).await?;
    Ok((StoryPath { author: row.parsed("author_id")?, story: row.parsed("id")? }, row.listing()?, row))
}

const OF_STORY: &str = "update stories set updated_at = updated_at where id = $1
     returning id, author_id, format, genre, published_at";
const OF_CHAPTER: &str = "update stories set updated_at = updated_at
     where id = (select story_id from chapters where id = $1)
     returning id, author_id, format, genre, published_at";

async fn hide_story(db: &mut Writing, story: StoryId) -> Result<(Placed, Before)> {
    let (at, listing, row) = hold(db, OF_STORY, story.to_string()).await?;
    sqlx::query("update stories set published_at = null where id = $1").bind(story.to_string()).execute(db).await?;
    let before = Before { published_at: row.maybe_number("published_at")?, ..Before::default() };
    Ok((Placed::Story(at, listing), before))
}

async fn show_story(db: &mut Writing, story: StoryId, published_at: Option<i64>) -> Result<Placed> {
    let (at, ..) = hold(db, OF_STORY, story.to_string()).await?;
    let row = sqlx::query(
        "update stories set published_at = coalesce($1, published_at) where id = $2
         returning format, genre, published_at",
    )
    .bind(published_at)
    .bind(story.to_string())
    .fetch_one(db)
    .await?;
    Ok(Placed::Story(at, row.listing()?))
}

async fn hide_chapter(db: &mut Writing, chapter: ChapterId) -> Result<(Placed, Before)> {
    let (at, listing, published) = chapter_of(db, chapter).await?;
    set_published(db, chapter, false).await?;
    publication::forget_schedule(db, chapter).await?;
    let before = Before { published, ..Before::default() };
    Ok((Placed::Chapter(at, listing.of_part(published)), before))
}

async fn show_chapter(db: &mut Writing, chapter: ChapterId, published: bool) -> Result<Placed> {
    let (at, listing, _) = chapter_of(db, chapter).await?;
    // One that lost its words meanwhile is a draft.
    let published = published && publication::has_words(db, chapter).await?;
    set_published(db, chapter, published).await?;
    Ok(Placed::Chapter(at, listing.of_part(published)))
}

async fn chapter_of(db: &mut Writing, chapter: ChapterId) -> Result<(ChapterPath, Listing, bool)> {
    let (story, listing, _) = hold(db, OF_CHAPTER, chapter.to_string()).await?;
    let row = sqlx::query("select part_id, published from chapters where id = $1")
        .bind(chapter.to_string())
        .fetch_one(db)
        .await?;
    Ok((story.part(row.parsed("part_id")?).chapter(chapter), listing, row.number("published")? == 1))
}

async fn set_published(db: &mut Writing, chapter: ChapterId, published: bool) -> Result<()> {
    sqlx::query("update chapters set published = $1 where id = $2")
        .bind(i64::from(published))
        .bind(chapter.to_string())
        .execute(db)
        .await?;
    Ok(())
}

async fn mark_post(db: &mut Writing, post: PostId, hidden: bool) -> Result<Placed> {
    let row = sqlx::query("update posts set hidden = $1 where id = $2 returning author_id, about_story, about_chapter")
        .bind(i64::from(hidden))
        .bind(post.to_string())
        .fetch_one(db)
        .await?;
    Ok(Placed::Post(post, row.parsed("author_id")?, row.subject()?))
}

async fn mark_comment(db: &mut Writing, comment: CommentId, hidden: bool) -> Result<Placed> {
    let row = sqlx::query("update comments set hidden = $1 where id = $2 and deleted = 0 returning post_id, author_id")
        .bind(i64::from(hidden))
        .bind(comment.to_string())
        .fetch_one(&mut *db)
        .await?;
    let to = comment::concerned(db, comment).await?;
    Ok(Placed::Comment(row.parsed("post_id")?, row.parsed("author_id")?, to))
}
