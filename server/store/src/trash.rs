//! The trash: what was deleted, until it is restored or 30 days have passed.
//!
//! Deleting moves rows out of their tables, and does not mark them. So what is in the trash can't be shown, counted,
//! published or commented on by any statement, today's or a later one's: it is not there. The price is that restoring
//! has to put rows back; `restore` does that.

mod branch;
mod purge;
mod restore;
mod stored;

use domain::{StoryId, StoryPath, Trash, TrashItem, TrashPage, Trashed, UserId};
use sqlx::any::AnyRow;

pub(crate) use self::branch::{branch_of_chapter, branch_of_part, branch_of_story};
use self::stored::StoredRow;
use crate::{Error, Load, Reader, Result, Writing, clock, row::Columns};

/// How many things are on a page.
const PAGE: u32 = 50;

impl Load for Trash {
    async fn load(&self, reader: &mut Reader) -> Result<TrashPage> {
        // One more than the page holds tells whether there are older ones.
        let rows = sqlx::query(
            "select kind, id, title, story_title, words, deleted_at from trash
             where author_id = $1 order by deleted_at desc, kind, id limit $2 offset $3",
        )
        .bind(self.viewer.to_string())
        .bind(i64::from(PAGE) + 1)
        .bind(i64::from(self.page) * i64::from(PAGE))
        .fetch_all(&mut **reader)
        .await?;
        let mut items = rows.iter().map(item).collect::<Result<Vec<_>>>()?;
        let page = usize::try_from(PAGE).unwrap_or(usize::MAX);
        let more = items.len() > page;
        items.truncate(page);
        Ok(TrashPage { items, more })
    }
}

fn item(row: &AnyRow) -> Result<TrashItem> {
    Ok(TrashItem {
        what: trashed(row)?,
        title: row.text("title")?,
        story_title: row.maybe_text("story_title")?,
        words: row.count("words")?,
        deleted_at: row.millis("deleted_at")?,
    })
}

/// What it is, from `kind` and `id`.
fn trashed(row: &AnyRow) -> Result<Trashed> {
    format!("{}:{}", row.text("kind")?, row.text("id")?).parse().map_err(Error::corrupt)
}

/// Moves the author's own thing, with all that is in it, into the trash. Its story is held until
/// the commit, or the row itself.
pub(crate) async fn throw_away(db: &mut Writing, at: StoryPath, what: Trashed) -> Result<()> {
    let story_title: String = sqlx::query_scalar("select title from stories where id = $1")
        .bind(at.story.to_string())
        .fetch_one(&mut *db)
        .await?;
    let story_title = (!matches!(what, Trashed::Story(_))).then_some(story_title);
    let rows = stored::read(db, what).await?;
    // Another request was faster.
    let own = rows.first().ok_or(Error::NotFound)?;
    let title = own.text("title").or_else(|| own.text("name")).unwrap_or_default();
    let words: i64 = rows.iter().filter(|row| row.table == "scenes").filter_map(|row| row.number("words")).sum();
    sqlx::query(
        "insert into trash (kind, id, author_id, story_id, title, story_title, words, deleted_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(what.noun())
    .bind(what.id())
    .bind(at.author.to_string())
    .bind(at.story.to_string())
    .bind(title)
    .bind(story_title)
    .bind(words)
    .bind(clock::tick().0)
    .execute(&mut *db)
    .await?;
    stored::write(db, what, &rows).await?;
    // What belongs to the row goes from its table with it.
    sqlx::query(own_row(what)).bind(what.id()).execute(db).await?;
    Ok(())
}

/// Takes the row itself away.
const fn own_row(what: Trashed) -> &'static str {
    match what {
        Trashed::Story(_) => "delete from stories where id = $1",
        Trashed::Part(_) => "delete from parts where id = $1",
        Trashed::Chapter(_) => "delete from chapters where id = $1",
        Trashed::Scene(_) => "delete from scenes where id = $1",
        Trashed::Character(_) => "delete from characters where id = $1",
        Trashed::Setting(_) => "delete from settings where id = $1",
    }
}

/// The story that something in this author's trash was in. Holds it until the commit: it comes back once.
async fn story_of(db: &mut Writing, author: UserId, what: Trashed) -> Result<StoryId> {
    sqlx::query("update trash set words = words where kind = $1 and id = $2 and author_id = $3 returning story_id")
        .bind(what.noun())
        .bind(what.id())
        .bind(author.to_string())
        .fetch_one(db)
        .await?
        .parsed("story_id")
}

/// Takes it out of the trash.
async fn forget(db: &mut Writing, what: Trashed) -> Result<()> {
    for statement in
        ["delete from trash_rows where kind = $1 and id = $2", "delete from trash where kind = $1 and id = $2"]
    {
        sqlx::query(statement).bind(what.noun()).bind(what.id()).execute(&mut *db).await?;
    }
    Ok(())
}

impl StoredRow {
    /// A text of it.
    fn text(&self, column: &str) -> Option<&str> {
        self.content.get(column)?.as_str()
    }

    /// A number of it.
    fn number(&self, column: &str) -> Option<i64> {
        self.content.get(column)?.as_i64()
    }
}
