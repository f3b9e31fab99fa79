//! A question asked again, past every cache, and the log between the two answers: in one snapshot.

use std::pin::Pin;

use abreast_core::{Query, Seq};
use tokio::time::timeout;

use crate::{
    App, Database, Error, Load, Reader, Result,
    database::READ_TIMEOUT,
    log::{self, Missed},
    nouns::{LogRow, Viewer},
};

/// How a question is asked again.
pub(super) type Reread<A> =
    Box<dyn FnOnce(Database) -> Pin<Box<dyn Future<Output = Result<Recheck<A>>> + Send>> + Send>;

/// What the database says a moment later.
pub(super) struct Recheck<A: App> {
    /// The log's head.
    pub(super) as_of: Seq,
    /// Whether the answer is the same; nothing if it was not asked for.
    pub(super) same: Option<bool>,
    /// The log since; nothing if it does not reach back that far.
    pub(super) rows: Option<Vec<Row<A>>>,
}

/// A row of the log, with its Change as it was written down if the answer is another.
pub(super) struct Row<A: App> {
    pub(super) row: LogRow<A>,
    pub(super) change: String,
}

impl<A: App> Recheck<A> {
    /// The same without what this viewer may not know of the log: no more is told to their browser.
    pub(super) fn known_to(mut self, viewer: Option<Viewer<A>>) -> Self {
        if let Some(rows) = &mut self.rows {
            rows.retain(|row| row.row.audience.includes(viewer));
        }
        self
    }
}

/// Asks the question, and compares.
pub(super) async fn read_same<A: Load<Q>, Q: Query<Nouns = A::Nouns>>(
    database: &Database,
    query: &Q,
    since: Seq,
    same: impl FnOnce(&Q::Output) -> bool,
) -> Result<Recheck<A>> {
    in_time(async {
        let mut reader = database.begin_reading().await?;
        let same = match A::load(query, &mut reader).await.map_err(Into::into) {
            Ok(value) => same(&value),
            // It is gone, and so not the same.
            Err(Error::NotFound | Error::NotThere { .. }) => false,
            Err(error) => return Err(error),
        };
        between(reader, since, Some(same)).await
    })
    .await
}

/// Only what the log says.
pub(super) async fn read_between<A: App>(database: &Database, since: Seq) -> Result<Recheck<A>> {
    in_time(async { between(database.begin_reading().await?, since, None).await }).await
}

async fn between<A: App>(mut reader: Reader, since: Seq, same: Option<bool>) -> Result<Recheck<A>> {
    let as_of = reader.as_of();
    let rows = match log::missed_in(&mut reader, since).await? {
        Missed::Lost { .. } | Missed::Replaced { .. } => None,
        Missed::Rows { rows, .. } => {
            // Seldom, so a question of its own.
            let mut changes =
                if same == Some(false) { log::written_since(&mut reader, since).await? } else { vec![] }.into_iter();
            let with_change = |row| Row { row, change: changes.next().unwrap_or_default() };
            Some(rows.into_iter().map(with_change).collect())
        }
    };
    Ok(Recheck { as_of, same, rows })
}

async fn in_time<A: App>(read: impl Future<Output = Result<Recheck<A>>>) -> Result<Recheck<A>> {
    timeout(READ_TIMEOUT, read).await.unwrap_or_else(|_| Err(Error::silence().into()))
}
