//! Each connection's subscription, found by tag.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use abreast_core::Subscription;
use axum::extract::ws::Utf8Bytes;
use tokio::sync::mpsc;

use super::unanswered::Unanswered;
use crate::{
    App,
    nouns::{LogRow, Nouns, Tag, Viewer},
};

/// The connections of one node.
pub(super) struct Registry<A: App> {
    next: u64,
    listeners: HashMap<u64, Listener<A>>,
    by_tag: HashMap<Tag<A>, HashSet<u64>>,
}

/// One of them.
pub(super) struct Listener<A: App> {
    pub(super) subscription: Subscription<Nouns<A>>,
    pub(super) line: mpsc::Sender<Utf8Bytes>,
    pub(super) unanswered: Arc<Unanswered>,
}

impl<A: App> Registry<A> {
    /// Takes in one more, and says under which number.
    pub(super) fn add(&mut self, listener: Listener<A>) -> u64 {
        let id = self.next;
        self.next += 1;
        self.listeners.insert(id, listener);
        id
    }

    /// What one of them holds from now on.
    pub(super) fn hold(&mut self, id: u64, tags: &[Tag<A>]) {
        self.let_go(id);
        let Some(listener) = self.listeners.get_mut(&id) else { return };
        listener.subscription.hold(tags);
        for &tag in tags {
            self.by_tag.entry(tag).or_default().insert(id);
        }
    }

    pub(super) fn remove(&mut self, id: u64) {
        self.let_go(id);
        self.listeners.remove(&id);
    }

    pub(super) fn get(&self, id: u64) -> Option<&Listener<A>> {
        self.listeners.get(&id)
    }

    /// The viewer at the other end.
    pub(super) fn viewer(&self, id: u64) -> Option<Viewer<A>> {
        self.get(id).and_then(|listener| listener.subscription.viewer())
    }

    /// All with their numbers.
    pub(super) fn iter(&self) -> impl Iterator<Item = (u64, &Listener<A>)> {
        self.listeners.iter().map(|(id, listener)| (*id, listener))
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.listeners.len()
    }

    /// The connections that hold one of a row's tags.
    pub(super) fn holders(&self, row: &LogRow<A>) -> HashSet<u64> {
        let tags = row.receipt.directives.iter().map(|directive| directive.tag());
        tags.filter_map(|tag| self.by_tag.get(&tag)).flatten().copied().collect()
    }

    fn let_go(&mut self, id: u64) {
        let Some(listener) = self.listeners.get(&id) else { return };
        for tag in listener.subscription.tags() {
            if let Some(holders) = self.by_tag.get_mut(&tag) {
                holders.remove(&id);
                if holders.is_empty() {
                    self.by_tag.remove(&tag);
                }
            }
        }
    }
}

impl<A: App> Default for Registry<A> {
    fn default() -> Self {
        Self { next: 0, listeners: HashMap::new(), by_tag: HashMap::new() }
    }
}

#[cfg(test)]
impl<A: App> Registry<A> {
    /// How many tags are held.
    pub(super) fn count_tags(&self) -> usize {
        self.by_tag.len()
    }
}
