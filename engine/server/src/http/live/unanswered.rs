//! The beats that a connection has not answered.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

/// How many beats in a row a connection has not answered, and whether that ended it.
#[derive(Default)]
pub(super) struct Unanswered {
    beats: AtomicU32,
    ended: AtomicBool,
}

impl Unanswered {
    /// Counts one more beat. Whether too many before it were left unanswered, which ends the connection.
    pub(super) fn is_too_many(&self, most: u32) -> bool {
        let is_silent = self.beats.fetch_add(1, Ordering::Relaxed) >= most;
        self.ended.fetch_or(is_silent, Ordering::Relaxed);
        is_silent
    }

    /// The connection has answered.
    pub(super) fn forget(&self) {
        self.beats.store(0, Ordering::Relaxed);
    }

    /// Whether it was ended because it did not answer.
    pub(super) fn has_ended(&self) -> bool {
        self.ended.load(Ordering::Relaxed)
    }
}
