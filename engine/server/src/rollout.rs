//! For which areas this node keeps answers: looked at by each read, changed while it runs.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::{App, Engine, nouns::Area};

/// A set of areas that threads share, a bit for each.
pub(crate) struct Rollout(AtomicU64);

impl Rollout {
    pub(crate) const fn new(areas: u64) -> Self {
        Self(AtomicU64::new(areas))
    }
}

impl<A: App> Engine<A> {
    /// For which areas answers are kept: a bit for each, at its [`App::place_of`].
    pub fn kept_areas(&self) -> u64 {
        self.rollout.0.load(Ordering::Relaxed)
    }

    /// Keeps answers of these areas from now on, and of no others. What is held of the others stays,
    /// and is judged like everything else should they come back.
    pub fn keep_areas(&self, areas: u64) {
        self.rollout.0.store(areas, Ordering::Relaxed);
    }

    /// Whether answers of this area are kept.
    pub(crate) fn keeps(&self, area: Area<A>) -> bool {
        self.kept_areas() & (1 << A::place_of(area)) != 0
    }
}
