//! A connection's place among the listeners.

use std::sync::Arc;

use axum::extract::ws::Utf8Bytes;
use tokio::sync::mpsc;

use super::{listeners::Listeners, unanswered::Unanswered};
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

impl<A: App> Place<A> {
    /// A place for a new connection, and what will be said to it; `None` if there are too many. The receiver ends when
    /// the connection is to be cut.
    pub(super) fn take(
        listeners: &Arc<Listeners<A>>,
        viewer: Option<Viewer<A>>,
    ) -> Option<(Self, mpsc::Receiver<Utf8Bytes>)> {
        let unanswered = Arc::<Unanswered>::default();
        let (id, said) = listeners.add(viewer, Arc::clone(&unanswered))?;
        Some((Self { listeners: Arc::clone(listeners), id, unanswered }, said))
    }

    /// What this connection holds from now on.
    pub(super) fn hold(&self, tags: &[Tag<A>]) {
        self.listeners.lock().hold(self.id, tags);
    }

    /// The other end is there.
    pub(super) fn speaks(&self) {
        self.unanswered.forget();
    }

    /// Whether it was cut off because it was not.
    pub(super) fn is_silent(&self) -> bool {
        self.unanswered.has_ended()
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
