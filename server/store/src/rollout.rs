//! For which areas this node keeps answers: looked at by each read, changed while it runs.

use std::sync::atomic::{AtomicU8, Ordering};

use domain::Areas;

/// A set of areas that threads share.
pub(crate) struct Rollout(AtomicU8);

impl Rollout {
    pub(crate) const fn new(areas: Areas) -> Self {
        Self(AtomicU8::new(areas.to_bits()))
    }

    pub(crate) fn areas(&self) -> Areas {
        Areas::from_bits(self.0.load(Ordering::Relaxed))
    }

    pub(crate) fn set(&self, areas: Areas) {
        self.0.store(areas.to_bits(), Ordering::Relaxed);
    }
}
