//! The log's head, looked at for as long as the book is open.

use std::{
    sync::Weak,
    time::{Duration, Instant},
};

use abreast_core::Seq;

use super::book::Book;
use crate::{App, Database, Result};

/// How often the head is looked at.
const EVERY: Duration = Duration::from_millis(250);

/// Looks at the head for as long as a sample waits for it. While it can't be seen, nothing is.
pub(super) async fn watch<A: App>(database: Database, book: Weak<Book<A>>) {
    let mut every = tokio::time::interval(EVERY);
    loop {
        every.tick().await;
        let head = see_head(&database).await;
        let Some(book) = book.upgrade() else { return };
        match head {
            Ok(head) => book.sightings().note(Instant::now(), head),
            Err(error) => tracing::debug!(%error, "the log's head can't be seen just now"),
        }
    }
}

async fn see_head(database: &Database) -> Result<Seq> {
    Ok(database.begin_reading().await?.as_of())
}
