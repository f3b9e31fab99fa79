//! Reports: a person has one open report of a thing.

use domain::{Change, Changed, Note, Reason, Reportable, UserId};

use super::thing;
use crate::{Result, Store, Writing, access, clock};

impl Store {
    /// Reports something that everybody finds. A person who reports it again, before it is decided, says it anew.
    pub async fn report_thing(&self, by: UserId, what: Reportable, reason: Reason, words: Note) -> Result<Changed<()>> {
        let mut tx = self.begin().await?;
        access::role(&mut tx, by).await?;
        let seen = thing::find(&mut tx, what).await?;
        sqlx::query(
            "insert into reports (reporter_id, kind, thing_id, reason, words, author_id, path, post_id, title, text, at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
             on conflict (reporter_id, kind, thing_id) where closed_at is null
             do update set reason = excluded.reason, words = excluded.words, title = excluded.title,
                           text = excluded.text, at = excluded.at",
        )
        .bind(by.to_string())
        .bind(what.noun())
        .bind(what.id())
        .bind(reason.slug())
        .bind(words.as_str())
        .bind(seen.author.to_string())
        .bind(seen.path)
        .bind(seen.post.map(|post| post.to_string()))
        .bind(seen.title)
        .bind(seen.text)
        .bind(clock::tick().0)
        .execute(&mut *tx)
        .await?;
        tx.commit(Change::Reported, ()).await
    }
}

/// This thing is decided: no report of it is open any more.
pub(super) async fn close(db: &mut Writing, what: Reportable) -> Result<()> {
    sqlx::query("update reports set closed_at = $1 where kind = $2 and thing_id = $3 and closed_at is null")
        .bind(clock::now().0)
        .bind(what.noun())
        .bind(what.id())
        .execute(db)
        .await?;
    Ok(())
}
