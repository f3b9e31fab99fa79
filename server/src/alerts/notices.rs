//! What became of the notices of alerts, counted since the start: in `/metrics`, and in the log once their
//! receiver is back.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

/// What became of a notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It was taken.
    Sent,
    /// It was not taken, however often it was sent.
    Failed,
    /// Too many waited already.
    Dropped,
}

impl Fate {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Sent, Self::Failed, Self::Dropped];

    /// Its name in metrics.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Failed => "failed",
            Self::Dropped => "dropped",
        }
    }
}

/// How many notices there were of each fate. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Notices(Arc<[AtomicU64; Fate::ALL.len()]>);

impl Notices {
    /// One more.
    pub(super) fn count(&self, fate: Fate) {
        self.0[fate as usize].fetch_add(1, Ordering::Relaxed);
    }

    /// How many of this fate.
    pub fn of(&self, fate: Fate) -> u64 {
        self.0[fate as usize].load(Ordering::Relaxed)
    }

    /// How many will never be delivered.
    pub fn lost(&self) -> u64 {
        self.of(Fate::Failed) + self.of(Fate::Dropped)
    }
}
