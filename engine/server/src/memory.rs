//! The memory tier: this node's decoded answers, bounded by weight.
//!
//! Directives never walk it: they reach the follower, and the judgement finds on the next read
//! what they made old. Only what was evicted is swept out, in the background, so that nothing of a
//! withdrawn page stays in memory.

mod lifetimes;
mod held;

use std::sync::{Arc, Weak};

use abreast_core::{Entry, Judgement, Key, Millis, Noun, Seq, Tags};
use quick_cache::{
    DefaultHashBuilder,
    sync::{Cache, EntryAction, EntryResult},
};
use tokio::sync::broadcast;

pub(crate) use self::held::{AnyEntry, recognise};
use self::{
    held::{ByBytes, Held, OVERHEAD, weigh},
    lifetimes::{EvictionListener, Judge, LifetimeTracker},
};
use crate::{
    App, Heard,
    housekeeping::do_aside,
    lifetime_stats::{Kind, LifetimeStats},
    node::Node,
    nouns::{Nouns, Tag},
};

/// An Entry that memory holds.
pub(crate) struct Found<V, T: Noun> {
    pub(crate) entry: Arc<Entry<V, T>>,
    /// What it weighs.
    pub(crate) bytes: u64,
}

/// What became of an answer since it was loaded.
pub(crate) struct EntryStatus {
    /// Nothing it depends on has changed.
    pub(crate) is_true: bool,
    /// A reader asked for it.
    pub(crate) is_read: bool,
}

/// All that is judged of an Entry.
pub(crate) struct EntryMeta<T> {
    pub(crate) tags: Tags<T>,
    pub(crate) as_of: Seq,
    pub(crate) stored_at: Millis,
    pub(crate) keep_for: i64,
}

/// The node's answers.
pub(crate) struct Memory<T: Noun> {
    held: Cache<Key, Held<T>, ByBytes, DefaultHashBuilder, EvictionListener<T>>,
    lifetimes: Arc<LifetimeTracker<T>>,
}

impl<T: Noun> Memory<T> {
    /// Empty, with room for so many bytes.
    pub(crate) fn new(budget: u64, judge: Judge<T>) -> Self {
        Self::with(budget, LifetimeTracker::new(judge))
    }

    fn with(budget: u64, lifetimes: LifetimeTracker<T>) -> Self {
        let entries = usize::try_from(budget / (OVERHEAD * 16)).unwrap_or(usize::MAX);
        let lifetimes = Arc::new(lifetimes);
        let listener = EvictionListener(Arc::clone(&lifetimes));
        let held = Cache::with(entries, budget, ByBytes, DefaultHashBuilder::default(), listener);
        Self { held, lifetimes }
    }

    /// The Entry of this key, valid or not, within its lifetime.
    pub(crate) fn get<V: Send + Sync + 'static>(&self, key: &Key, now: Millis) -> Option<Found<V, T>> {
        let held = self.held.get(key)?;
        if held.is_over(now) {
            return None;
        }
        held.read(now);
        Some(Found { entry: recognise(held.entry).ok()?, bytes: held.bytes })
    }

    /// Notes why this key has to be loaded, which is the evidence for another lifetime. The one that loads
    /// says so; those that wait for the same load do not.
    pub(crate) fn note_miss(&self, key: &Key, kind: Kind, now: Millis) {
        self.lifetimes.missed(self.held.peek(key).as_ref(), kind, now);
    }

    /// How long its answers are of use.
    pub(crate) fn lifetime_stats(&self) -> &LifetimeStats {
        self.lifetimes.lifetime_stats()
    }

    /// What is held of this key, without its value, however old. Doesn't count as a use.
    pub(crate) fn peek(&self, key: &Key) -> Option<EntryMeta<T>> {
        let held = self.held.peek(key)?;
        let (tags, as_of, stored_at) = (held.entry.tags().clone(), held.entry.as_of(), held.entry.stored_at());
        Some(EntryMeta { tags, as_of, stored_at, keep_for: held.keep_for })
    }

    /// Keeps an Entry, unless a newer one is here (rule 4).
    pub(crate) fn offer<V>(&self, key: &Key, entry: &Arc<Entry<V, T>>, kind: Kind)
    where
        V: serde::Serialize + Send + Sync + 'static,
    {
        let bytes = weigh(&entry.value);
        let keep_for = kind.policy.lifetime(key);
        let lifetime = self.lifetimes.begin(kind, keep_for, entry.stored_at, bytes);
        let held = Held { entry: Arc::clone(entry) as _, bytes, keep_for, lifetime, ahead: None };
        let place = self.held.entry(key, None, |_, current| {
            if entry.may_replace(current.entry.as_of()) {
                EntryAction::ReplaceWithGuard
            } else {
                EntryAction::Retain(())
            }
        });
        match place {
            // The place can be taken from under the guard only by an entry as new: nothing is lost.
            EntryResult::Vacant(place) | EntryResult::Replaced(place, _) => drop(place.insert(held)),
            EntryResult::Retained(()) | EntryResult::Removed(..) | EntryResult::Timeout => {}
        }
    }

    /// What became of a key, without asking for it.
    pub(crate) fn status(&self, key: &Key, now: Millis) -> Option<EntryStatus> {
        let held = self.held.peek(key).filter(|held| !held.is_over(now))?;
        Some(EntryStatus { is_true: self.lifetimes.is_true(&held), is_read: held.is_read() })
    }

    /// The answer of that position was loaded ahead.
    pub(crate) fn came_ahead(&self, key: &Key, as_of: Seq) {
        // A hit on any other answer is spared the counting that sharing this mark costs.
        let place = self.held.entry(key, None, |_, held| {
            if held.entry.as_of() == as_of {
                held.ahead = Some(Arc::default());
            }
            EntryAction::<()>::Retain(())
        });
        // There may have been no room for it: then it is nowhere, as before.
        drop(place);
    }

    fn sweep(&self, judge: impl Fn(&Tags<T>, Seq) -> Judgement<T>) {
        self.held.retain(|_, held| match judge(held.entry.tags(), held.entry.as_of()) {
            Judgement::Fresh | Judgement::Stale(_) => true,
            Judgement::Evicted(_) => false,
        });
    }

    /// Forgets everything.
    pub(crate) fn clear(&self) {
        self.held.clear();
    }

    /// Entries, and bytes of encoded answers.
    pub(crate) fn size(&self) -> (usize, u64) {
        (self.held.len(), self.held.weight())
    }

    /// How many bytes it may hold.
    pub(crate) fn budget(&self) -> u64 {
        self.held.capacity()
    }

    /// Every key held, for tests and the debug page.
    pub(crate) fn keys(&self) -> Vec<Key> {
        self.held.iter().map(|(key, _)| key).collect()
    }
}

/// Forgets what must never be shown again, off the asker's path: it is judged away already, this
/// gives the memory back. Ends with the node.
pub(crate) async fn sweep_for<A: App>(
    memory: Arc<Memory<Tag<A>>>,
    node: Weak<Node<A>>,
    mut heard: broadcast::Receiver<Heard<Nouns<A>>>,
) {
    while Heard::eviction(&mut heard).await {
        let (memory, node) = (Arc::clone(&memory), Weak::clone(&node));
        do_aside("the sweep of the memory tier", move || {
            if let Some(node) = node.upgrade() {
                memory.sweep(|tags, as_of| node.judge(tags, as_of));
            }
        })
        .await;
    }
}

#[cfg(test)]
mod tests {
    use abreast_core::Policy;

    use super::*;
    use crate::example::Tag;

    pub(super) const LIST: Kind = Kind { name: "list", policy: Policy::minutes(10) };

    /// A memory whose entries are true from this position on.
    pub(super) fn memory(from: u64) -> Memory<Tag> {
        Memory::new(1 << 20, Arc::new(move |_, as_of| as_of >= Seq(from)))
    }

    pub(super) fn entry(value: u32, as_of: u64) -> Arc<Entry<u32, Tag>> {
        Arc::new(Entry { value, tags: Tags::of(Tag::List, []), as_of: Seq(as_of), stored_at: Millis(0) })
    }

    pub(super) fn key(number: u32) -> Key {
        Key::from_text(&format!("list.{number}"))
    }

    pub(super) fn lifetime(number: u32) -> i64 {
        LIST.policy.lifetime(&key(number))
    }

    pub(super) fn held(memory: &Memory<Tag>, now: i64) -> Option<u32> {
        memory.get(&key(1), Millis(now)).map(|found| found.entry.value)
    }

    /// Rule 4: a load that began earlier and ends later takes nothing back.
    #[test]
    fn never_back() {
        let memory = memory(0);
        for (value, as_of, expected) in [(1, 5, 1), (2, 3, 1), (3, 5, 3), (4, 6, 4), (5, 5, 4)] {
            memory.offer(&key(1), &entry(value, as_of), LIST);
            assert_eq!(held(&memory, 0), Some(expected), "{value} at {as_of}");
        }
    }

    #[test]
    fn nothing_is_kept_for_longer_than_its_policy_says() {
        let memory = memory(0);
        memory.offer(&key(1), &entry(1, 5), LIST);
        assert_eq!(held(&memory, lifetime(1)), Some(1));
        assert_eq!(held(&memory, lifetime(1) + 1), None);
    }
}
