//! When positions of the log were seen in the database.
//!
//! A row's own time is taken before its commit, by the clock of the node that commits; a commit may
//! take long, and clocks differ. What was seen was there. The follower's own look at the log will not
//! do: whether it looks often enough is what is to be found out.

use std::{
    collections::VecDeque,
    sync::Weak,
    time::{Duration, Instant},
};

use abreast_core::Seq;

use super::book::Book;
use crate::{App, Database, Result, log};

/// How often the head is looked at.
const EVERY: Duration = Duration::from_millis(250);

/// How many moments are remembered.
const MOMENTS: usize = 256;

/// Moments, each with the head that was seen by then; both ascending.
#[derive(Default)]
pub(super) struct Sightings(VecDeque<(Instant, Seq)>);

impl Sightings {
    /// The head was seen, by now.
    pub(super) fn note(&mut self, now: Instant, head: Seq) {
        if self.0.back().is_none_or(|(_, last)| *last < head) {
            if self.0.len() == MOMENTS {
                self.0.pop_front();
            }
            self.0.push_back((now, head));
        }
    }

    /// By when this position had been seen.
    pub(super) fn of(&self, seq: Seq) -> Option<Instant> {
        self.0.get(self.0.partition_point(|(_, head)| *head < seq)).map(|(at, _)| *at)
    }
}

/// Looks at the head for as long as a sample waits for it. While it can't be seen, nothing is.
pub(super) async fn watch_head<A: App>(database: Database, book: Weak<Book<A>>) {
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
    Ok(log::head(&mut *database.begin_reading().await?).await?.seq)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_position_was_seen_when_the_head_was_there_or_beyond() {
        let began = Instant::now();
        let after = |millis| began + Duration::from_millis(millis);
        let mut sightings = Sightings::default();
        for (millis, head) in [(0, 5), (250, 5), (500, 8)] {
            sightings.note(after(millis), Seq(head));
        }
        for (seq, expected) in [(1, Some(0)), (5, Some(0)), (6, Some(500)), (8, Some(500)), (9, None)] {
            assert_eq!(sightings.of(Seq(seq)), expected.map(after), "{seq}");
        }
        for number in 0..1_000 {
            sightings.note(after(1_000 + number), Seq(9 + number));
        }
        assert_eq!(sightings.0.len(), MOMENTS);
    }
}
