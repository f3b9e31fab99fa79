//! The sampler's throttle: it asks one thing after the other, and of all the database's time it takes a twentieth.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use abreast_core::observe::sample::Shown;
use tokio::{
    sync::{Mutex, MutexGuard, mpsc},
    time::{sleep, sleep_until, timeout},
};

use super::{
    book::{Book, When},
    recheck::Reread,
};
use crate::{App, Database, nouns::Tag};

/// After a look that took so long, nothing is looked at for so many times as long: of all the time the
/// database has, one part in twenty is the sampler's at most.
const REST: u32 = 19;

/// How long a browser's question may wait for its turn.
const TURN_TIMEOUT: Duration = Duration::from_secs(1);

/// An answer that waits to be looked at again.
pub(super) struct Sample<A: App> {
    pub(super) shown: Shown<Tag<A>>,
    pub(super) when: When,
    pub(super) due: Instant,
    pub(super) reread: Reread<A>,
}

/// Looks at what comes through the queue, until the queue has no sender left.
pub(super) async fn check_all<A: App>(database: Database, book: Arc<Book<A>>, mut queue: mpsc::Receiver<Sample<A>>) {
    while let Some(Sample { shown, when, due, reread }) = queue.recv().await {
        sleep_until(due.into()).await;
        let began = Instant::now();
        match reread(database.clone()).await {
            Ok(recheck) => {
                book.record(shown, when, recheck);
            }
            Err(error) => {
                tracing::debug!(key = %shown.key, %error, "nothing can be said of this answer");
                book.skip();
            }
        }
        sleep(began.elapsed() * REST).await;
    }
}

/// Browsers' questions wait here for their turn; it holds when the next may be asked.
#[derive(Default)]
pub(super) struct Throttle(Mutex<Option<Instant>>);

/// A turn. Its end decides when the next begins.
pub(super) struct Turn<'a> {
    next: MutexGuard<'a, Option<Instant>>,
    began: Instant,
}

impl Throttle {
    /// Waits for a turn; not for long.
    pub(super) async fn wait(&self) -> Option<Turn<'_>> {
        let wait = async {
            let next = self.0.lock().await;
            if let Some(next) = *next {
                sleep_until(next.into()).await;
            }
            Turn { next, began: Instant::now() }
        };
        timeout(TURN_TIMEOUT, wait).await.ok()
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        *self.next = Some(Instant::now() + self.began.elapsed() * REST);
    }
}
