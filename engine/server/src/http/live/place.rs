//! A connection's place among the listeners.

use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicU32, Ordering},
};

use super::listeners::Listeners;
use crate::{
    App,
    nouns::{Tag, Viewer},
};

/// A connection's place among the listeners; it is given up when this is dropped.
pub(super) struct Place<A: App> {
    listeners: Arc<Listeners<A>>,
    id: u64,
    unanswered: Arc<Unanswered>,
}

/// How many beats in a row a connection has not answered, and whether that ended it.
#[derive(Default)]
pub(super) struct Unanswered {
    beats: AtomicU32,
    ended: AtomicBool,
}

impl<A: App> Place<A> {
    pub(super) const fn new(listeners: Arc<Listeners<A>>, id: u64, unanswered: Arc<Unanswered>) -> Self {
        Self { listeners, id, unanswered }
    }

    /// What this connection holds from now on.
    pub(super) fn hold(&self, tags: &[Tag<A>]) {
        self.listeners.lock().hold(self.id, tags);
    }

    /// The other end is there.
    pub(super) fn speaks(&self) {
        self.unanswered.beats.store(0, Ordering::Relaxed);
    }

    /// Whether it was cut off because it was not.
    pub(super) fn is_silent(&self) -> bool {
        self.unanswered.ended.load(Ordering::Relaxed)
    }

    /// The viewer at the other end.
    pub(super) fn viewer(&self) -> Option<Viewer<A>> {
        self.listeners.lock().viewer(self.id)
    }
}

impl<A: App> Drop for Place<A> {
    fn drop(&mut self) {
        self.listeners.lock().remove(self.id);
    }
}

impl Unanswered {
    /// Counts one more beat. Whether too many before it were left unanswered, which ends the connection.
    pub(super) fn is_too_many(&self, most: u32) -> bool {
        let is_silent = self.beats.fetch_add(1, Ordering::Relaxed) >= most;
        self.ended.fetch_or(is_silent, Ordering::Relaxed);
        is_silent
    }
}
