//! What leaves the trash for good: when its author says so, or after 30 days.

use domain::{Change, Changed, KEPT_IN_TRASH, Millis, Trashed, UserId};

use super::{forget, story_of, trashed};
use crate::{Error, Result, Store, Writing, clock, row::Columns};

/// How many are looked at in one go.
const BATCH: i64 = 50;

impl Store {
    /// Deletes something in the trash for good, with its versions. With a story goes what was thrown away from it
    /// before: there is nothing left to put that back into.
    pub async fn delete_trashed(&self, author: UserId, what: Trashed) -> Result<Changed<()>> {
        let mut tx = self.begin().await?;
        delete(&mut tx, author, what).await?;
        tx.commit(Change::TrashedDeleted(author), ()).await
    }

    /// Deletes for good what was in the trash for 30 days. Says how many things. Of several nodes that do it at once
    /// each deletes what is still there.
    pub async fn empty_trash(&self) -> Result<u64> {
        self.empty_trash_at(clock::now()).await
    }

    /// The same, as if it were that moment.
    pub async fn empty_trash_at(&self, now: Millis) -> Result<u64> {
        let mut gone = 0;
        loop {
            let old = sqlx::query(
                "select kind, id, author_id from trash where deleted_at <= $1 order by deleted_at limit $2",
            )
            .bind(now.0 - KEPT_IN_TRASH)
            .bind(BATCH)
            .fetch_all(&mut *self.database.begin_reading().await?)
            .await?;
            if old.is_empty() {
                return Ok(gone);
            }
            for row in &old {
                let (author, what) = (row.parsed("author_id")?, trashed(row)?);
                let mut tx = self.begin_each_time().await?;
                match delete(&mut tx, author, what).await {
                    Ok(()) => {
                        tx.commit(Change::TrashedDeleted(author), ()).await?;
                        gone += 1;
                    }
                    // Another node was faster, or its author.
                    Err(Error::NotFound) => {}
                    Err(error) => return Err(error),
                }
            }
        }
    }
}

async fn delete(db: &mut Writing, author: UserId, what: Trashed) -> Result<()> {
    let story = story_of(db, author, what).await?;
    let with_it = match what {
        Trashed::Story(_) => {
            let rows = sqlx::query("select kind, id from trash where story_id = $1")
                .bind(story.to_string())
                .fetch_all(&mut *db)
                .await?;
            rows.iter().map(trashed).collect::<Result<Vec<_>>>()?
        }
        Trashed::Part(_) | Trashed::Chapter(_) | Trashed::Scene(_) | Trashed::Character(_) | Trashed::Setting(_) => {
            vec![what]
        }
    };
    for what in with_it {
        sqlx::query(
            "delete from scene_versions where scene_id in (
                 select row_id from trash_rows where kind = $1 and id = $2 and table_name = 'scenes'
             )",
        )
        .bind(what.noun())
        .bind(what.id())
        .execute(&mut *db)
        .await?;
        forget(db, what).await?;
    }
    Ok(())
}
