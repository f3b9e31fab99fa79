//! The beats that a connection leaves unanswered.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

/// How many beats in a row a connection has not answered, and whether that ended it.
#[derive(Default)]
pub(super) struct UnansweredBeats {
    beats: AtomicU32,
    ended: AtomicBool,
}

impl UnansweredBeats {
    /// The other end is there.
    pub(super) fn answered(&self) {
        self.beats.store(0, Ordering::Relaxed);
    }

    /// Counts one more beat. Whether too many before it were left unanswered, which ends the connection.
    pub(super) fn is_too_many(&self, most: u32) -> bool {
        let is_silent = self.beats.fetch_add(1, Ordering::Relaxed) >= most;
        self.ended.fetch_or(is_silent, Ordering::Relaxed);
        is_silent
    }

    /// Whether that ended the connection.
    pub(super) fn ended(&self) -> bool {
        self.ended.load(Ordering::Relaxed)
    }
}
