//! How far the log was that an answer shows.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use abreast_core::Seq;

/// The highest position that an answer shows, or at which it says "not there". The layer that raises Seen puts it
/// among a request's extensions.
#[derive(Debug, Clone, Default)]
pub struct Shown(Arc<Positions>);

#[derive(Debug, Default)]
struct Positions {
    shown: AtomicU64,
    told: AtomicU64,
}

impl Shown {
    /// Something of this position is in the answer.
    pub fn note(&self, seq: Seq) {
        self.0.shown.fetch_max(seq.0, Ordering::Relaxed);
        self.note_told(seq);
    }

    /// The answer says that the log was as far, and the app's script raises Seen by it.
    pub fn note_told(&self, seq: Seq) {
        self.0.told.fetch_max(seq.0, Ordering::Relaxed);
    }

    /// The highest position of all that it shows.
    pub(super) fn highest(&self) -> Seq {
        Seq(self.0.shown.load(Ordering::Relaxed))
    }

    /// The highest of all that it says anything of.
    pub(super) fn highest_told(&self) -> Seq {
        Seq(self.0.told.load(Ordering::Relaxed))
    }
}
