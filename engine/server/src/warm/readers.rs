//! The readers that wait for a load: warming stands back until there are none.

use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::sync::Notify;

/// How many wait.
#[derive(Default)]
pub(crate) struct Readers {
    waiting: AtomicUsize,
    gone: Notify,
}

/// One who waits, until it is dropped.
pub(crate) struct Waits<'a>(&'a Readers);

impl Readers {
    /// A reader waits for a load.
    pub(crate) fn wait(&self) -> Waits<'_> {
        self.waiting.fetch_add(1, Ordering::Relaxed);
        Waits(self)
    }

    /// Returns once no reader waits.
    pub(crate) async fn none(&self) {
        loop {
            let gone = self.gone.notified();
            if self.waiting.load(Ordering::Relaxed) == 0 {
                return;
            }
            gone.await;
        }
    }
}

impl Drop for Waits<'_> {
    fn drop(&mut self) {
        if self.0.waiting.fetch_sub(1, Ordering::Relaxed) == 1 {
            self.0.gone.notify_waiters();
        }
    }
}
