//! How pages that may be kept were answered, counted.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

/// How a page was answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageAnswer {
    /// As it was kept.
    Kept,
    /// From a kept body, with a member's fragments in its places.
    Filled,
    /// It was made.
    Made,
}

impl PageAnswer {
    const ALL: [Self; 3] = [Self::Kept, Self::Filled, Self::Made];

    /// As metrics name it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Filled => "filled",
            Self::Made => "made",
        }
    }
}

/// The counts since the node started. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct PageCounts(Arc<[AtomicU64; 3]>);

impl PageCounts {
    /// How many pages were answered in each way.
    pub fn all(&self) -> [(PageAnswer, u64); 3] {
        PageAnswer::ALL.map(|answer| (answer, self.of(answer).load(Ordering::Relaxed)))
    }

    pub(super) fn note(&self, answer: PageAnswer) {
        self.of(answer).fetch_add(1, Ordering::Relaxed);
    }

    fn of(&self, answer: PageAnswer) -> &AtomicU64 {
        let [kept, filled, made] = &*self.0;
        match answer {
            PageAnswer::Kept => kept,
            PageAnswer::Filled => filled,
            PageAnswer::Made => made,
        }
    }
}
