//! The memory tier: this node's decoded answers, bounded by weight.
//!
//! Directives never walk it: they reach the follower, and the judgement finds on the next read
//! what they made old. Only what was evicted is swept out, in the background, so that nothing of a
//! withdrawn story stays in memory.

use std::{
    any::Any,
    sync::{Arc, Weak},
};

use domain::{Entry, Key, Millis, Policy, Seq, Tags};
use quick_cache::{
    Weighter,
    sync::{Cache, EntryAction, EntryResult},
};
use tokio::sync::broadcast;

use crate::{
    Error, Result,
    node::{Heard, Node},
};

/// Beside its answer an Entry costs its key, its tags and its place in the map: about this much.
const OVERHEAD: u64 = 256;

/// An Entry whose value is of some type or other.
pub(crate) trait AnyEntry: Any + Send + Sync {
    fn tags(&self) -> &Tags;
    fn as_of(&self) -> Seq;
    fn stored_at(&self) -> Millis;
}

impl<T: Send + Sync + 'static> AnyEntry for Entry<T> {
    fn tags(&self) -> &Tags {
        &self.tags
    }
    fn as_of(&self) -> Seq {
        self.as_of
    }
    fn stored_at(&self) -> Millis {
        self.stored_at
    }
}

/// The Entry as what it is. Keys begin with the query's name, so only two queries of one name
/// could ever disagree here.
pub(crate) fn recognise<T: Send + Sync + 'static>(entry: Arc<dyn AnyEntry>) -> Result<Arc<Entry<T>>> {
    let entry: Arc<dyn Any + Send + Sync> = entry;
    entry.downcast().map_err(|_| Error::Internal("two queries share a name".into()))
}

/// An Entry and what it weighs.
#[derive(Clone)]
struct Held {
    entry: Arc<dyn AnyEntry>,
    bytes: u64,
    keep_for: i64,
}

#[derive(Clone)]
struct ByBytes;

impl Weighter<Key, Held> for ByBytes {
    fn weight(&self, _: &Key, held: &Held) -> u64 {
        held.bytes
    }
}

/// An Entry that memory holds.
pub(crate) struct Found<T> {
    pub(crate) entry: Arc<Entry<T>>,
    /// What it weighs.
    pub(crate) bytes: u64,
}

/// The node's answers.
pub(crate) struct Memory(Cache<Key, Held, ByBytes>);

impl Memory {
    /// Empty, with room for so many bytes.
    pub(crate) fn new(budget: u64) -> Self {
        let entries = usize::try_from(budget / (OVERHEAD * 16)).unwrap_or(usize::MAX);
        Self(Cache::with_weighter(entries, budget, ByBytes))
    }

    /// The Entry of this key, valid or not, within its lifetime.
    pub(crate) fn get<T: Send + Sync + 'static>(&self, key: &Key, now: Millis) -> Option<Found<T>> {
        let held = self.0.get(key)?;
        if now.since(held.entry.stored_at()) > held.keep_for {
            return None;
        }
        Some(Found { entry: recognise(held.entry).ok()?, bytes: held.bytes })
    }

    /// Keeps an Entry, unless a newer one is here (rule 4).
    pub(crate) fn offer<T>(&self, key: &Key, entry: &Arc<Entry<T>>, policy: Policy)
    where
        T: serde::Serialize + Send + Sync + 'static,
    {
        let held = Held { entry: Arc::clone(entry) as _, bytes: weigh(&entry.value), keep_for: policy.keep_for };
        let place = self.0.entry(key, None, |_, current| {
            if entry.may_replace(current.entry.as_of()) {
                EntryAction::ReplaceWithGuard
            } else {
                EntryAction::Retain(())
            }
        });
        match place {
            // The place can be taken from under the guard only by somebody as new: nothing is lost.
            EntryResult::Vacant(place) | EntryResult::Replaced(place, _) => drop(place.insert(held)),
            EntryResult::Retained(()) | EntryResult::Removed(..) | EntryResult::Timeout => {}
        }
    }

    /// Forgets what must never be shown again, off the asker's path: it is judged away already, this
    /// gives the memory back. Ends with the node.
    pub(crate) async fn sweep_for(self: Arc<Self>, node: Weak<Node>, mut heard: broadcast::Receiver<Heard>) {
        while Heard::eviction(&mut heard).await {
            let (memory, node) = (Arc::clone(&self), node.clone());
            let swept = tokio::task::spawn_blocking(move || node.upgrade().map(|node| memory.sweep(&node)));
            if swept.await.is_err() {
                tracing::error!("the memory tier was not swept");
            }
        }
    }

    fn sweep(&self, node: &Node) {
        self.0.retain(|_, held| match node.judge(held.entry.tags(), held.entry.as_of()) {
            domain::Judgement::Fresh | domain::Judgement::Stale(_) => true,
            domain::Judgement::Evicted(_) => false,
        });
    }

    /// Forgets everything.
    pub(crate) fn clear(&self) {
        self.0.clear();
    }

    /// Entries, and bytes of encoded answers.
    pub(crate) fn size(&self) -> (usize, u64) {
        (self.0.len(), self.0.weight())
    }

    /// How many bytes it may hold.
    pub(crate) fn budget(&self) -> u64 {
        self.0.capacity()
    }

    /// Every key held, for tests and the debug page.
    pub(crate) fn keys(&self) -> Vec<Key> {
        self.0.iter().map(|(key, _)| key).collect()
    }
}

/// About how many bytes a value takes: as many as when it is encoded. Counted without encoding it:
/// a chapter in half a microsecond, not in forty as with JSON.
fn weigh(value: &impl serde::Serialize) -> u64 {
    let bytes = postcard::experimental::serialized_size(value).unwrap_or_default();
    OVERHEAD + u64::try_from(bytes).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use domain::Tag;

    use super::*;

    fn entry(value: u32, as_of: u64) -> Arc<Entry<u32>> {
        Arc::new(Entry { value, tags: Tags::of(Tag::Feed, []), as_of: Seq(as_of), stored_at: Millis(0) })
    }

    fn held(memory: &Memory, now: i64) -> Option<u32> {
        memory.get(&Key::from_text("feed.1"), Millis(now)).map(|found| found.entry.value)
    }

    /// Rule 4: a load that began earlier and ends later takes nothing back.
    #[test]
    fn never_back() {
        let memory = Memory::new(1 << 20);
        for (value, as_of, expected) in [(1, 5, 1), (2, 3, 1), (3, 5, 3), (4, 6, 4), (5, 5, 4)] {
            memory.offer(&Key::from_text("feed.1"), &entry(value, as_of), Policy::TALK);
            assert_eq!(held(&memory, 0), Some(expected), "{value} at {as_of}");
        }
    }

    #[test]
    fn nothing_is_kept_for_longer_than_its_policy_says() {
        let memory = Memory::new(1 << 20);
        memory.offer(&Key::from_text("feed.1"), &entry(1, 5), Policy::TALK);
        assert_eq!(held(&memory, Policy::TALK.keep_for), Some(1));
        assert_eq!(held(&memory, Policy::TALK.keep_for + 1), None);
    }
}
