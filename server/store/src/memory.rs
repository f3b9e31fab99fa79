//! The memory tier: this node's decoded answers, bounded by weight.
//!
//! Directives never walk it: they reach the follower, and the judgement finds on the next read
//! what they made old. Only what was evicted is swept out, in the background, so that nothing of a
//! withdrawn story stays in memory.

use std::{
    any::Any,
    sync::{
        Arc, Weak,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
    time::Duration,
};

use domain::{Entry, Key, Millis, Missed, Seq, Tags};
use quick_cache::{
    DefaultHashBuilder, Lifecycle, Weighter,
    sync::{Cache, EntryAction, EntryResult},
};
use tokio::sync::broadcast;

use crate::{
    Error, Result, clock,
    lives::{Kind, Lived, Lives},
    node::{Heard, Node},
};

/// Beside its answer an Entry costs its key, its tags and its place in the map: about this much.
const OVERHEAD: u64 = 256;

/// Of so many answers, the life of one is watched. A hit of those takes one more reference and stores a time,
/// which not every hit should pay for.
const WATCHED: u32 = 8;

/// How often lives that are over are counted.
const CENSUS: Duration = Duration::from_mins(1);

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

/// Whether what depends on these tags, and was true there, still is.
pub(crate) type Judge = Arc<dyn Fn(&Tags, Seq) -> bool + Send + Sync>;

/// An Entry, what it weighs, and its life here if that is watched.
#[derive(Clone)]
struct Held {
    entry: Arc<dyn AnyEntry>,
    bytes: u64,
    keep_for: i64,
    lived: Option<Arc<Lived>>,
    /// Whether somebody asked for it since, if it was loaded before anybody did.
    ahead: Option<Arc<AtomicBool>>,
}

#[derive(Clone)]
struct ByBytes;

impl Weighter<Key, Held> for ByBytes {
    fn weight(&self, _: &Key, held: &Held) -> u64 {
        held.bytes
    }
}

/// Notes the end of a life for which there was no more room.
#[derive(Clone)]
struct PushedOut {
    lives: Arc<Lives>,
    judge: Judge,
}

impl Lifecycle<Key, Held> for PushedOut {
    type RequestState = ();

    fn on_evict(&self, (): &mut (), _: Key, held: Held) {
        if let Some(lived) = held.lived.as_ref().filter(|_| held.is_true(&self.judge)) {
            self.lives.ended(lived, clock::now());
        }
    }
}

/// An Entry that memory holds.
pub(crate) struct Found<T> {
    pub(crate) entry: Arc<Entry<T>>,
    /// What it weighs.
    pub(crate) bytes: u64,
}

/// What became of an answer since it was loaded.
pub(crate) struct Standing {
    /// Nothing it depends on has changed.
    pub(crate) is_true: bool,
    /// Somebody asked for it.
    pub(crate) is_read: bool,
}

/// All that is judged of an Entry.
pub(crate) struct Glimpse {
    pub(crate) tags: Tags,
    pub(crate) as_of: Seq,
    pub(crate) stored_at: Millis,
    pub(crate) keep_for: i64,
}

/// The node's answers.
pub(crate) struct Memory {
    held: Cache<Key, Held, ByBytes, DefaultHashBuilder, PushedOut>,
    lives: Arc<Lives>,
    judge: Judge,
    /// Of how many the life of one is watched, and how many there were.
    watched: u32,
    offered: AtomicU32,
}

impl Memory {
    /// Empty, with room for so many bytes.
    pub(crate) fn new(budget: u64, judge: Judge) -> Self {
        let entries = usize::try_from(budget / (OVERHEAD * 16)).unwrap_or(usize::MAX);
        let lives = Arc::<Lives>::default();
        let pushed_out = PushedOut { lives: Arc::clone(&lives), judge: Arc::clone(&judge) };
        let held = Cache::with(entries, budget, ByBytes, DefaultHashBuilder::default(), pushed_out);
        Self { held, lives, judge, watched: WATCHED, offered: AtomicU32::new(0) }
    }

    /// The Entry of this key, valid or not, within its lifetime.
    pub(crate) fn get<T: Send + Sync + 'static>(&self, key: &Key, now: Millis) -> Option<Found<T>> {
        let held = self.held.get(key)?;
        if held.is_over(now) {
            return None;
        }
        if let Some(lived) = &held.lived {
            lived.used(now);
        }
        if let Some(read) = &held.ahead {
            read.store(true, Ordering::Relaxed);
        }
        Some(Found { entry: recognise(held.entry).ok()?, bytes: held.bytes })
    }

    /// Notes why this key has to be loaded, which is the evidence for another lifetime. Whoever loads says
    /// so; those who wait for the same load do not.
    pub(crate) fn note_miss(&self, key: &Key, kind: Kind, now: Millis) {
        let why = match self.held.peek(key) {
            None => Missed::NeverHeld,
            Some(held) if !held.is_true(&self.judge) => Missed::Invalidated,
            Some(held) if held.is_over(now) => {
                if let Some(lived) = &held.lived {
                    self.lives.ended(lived, now);
                }
                Missed::Expired { age: now.since(held.entry.stored_at()) }
            }
            // It was loaded by somebody else meanwhile.
            Some(_) => return,
        };
        self.lives.missed(kind, why);
    }

    /// How long its answers are of use.
    pub(crate) fn lives(&self) -> &Lives {
        &self.lives
    }

    /// What is held of this key, without its value, however old. Doesn't count as a use.
    pub(crate) fn peek(&self, key: &Key) -> Option<Glimpse> {
        let held = self.held.peek(key)?;
        let (tags, as_of, stored_at) = (held.entry.tags().clone(), held.entry.as_of(), held.entry.stored_at());
        Some(Glimpse { tags, as_of, stored_at, keep_for: held.keep_for })
    }

    /// Keeps an Entry, unless a newer one is here (rule 4).
    pub(crate) fn offer<T>(&self, key: &Key, entry: &Arc<Entry<T>>, kind: Kind)
    where
        T: serde::Serialize + Send + Sync + 'static,
    {
        let bytes = weigh(&entry.value);
        let is_watched = self.offered.fetch_add(1, Ordering::Relaxed).is_multiple_of(self.watched);
        let lived = is_watched.then(|| Arc::new(Lived::begin(kind, entry.stored_at, bytes)));
        let held = Held { entry: Arc::clone(entry) as _, bytes, keep_for: kind.policy.keep_for, lived, ahead: None };
        let place = self.held.entry(key, None, |_, current| {
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

    /// What became of a key, for somebody who does not ask for it.
    pub(crate) fn standing(&self, key: &Key, now: Millis) -> Option<Standing> {
        let held = self.held.peek(key).filter(|held| !held.is_over(now))?;
        let is_read = held.ahead.as_ref().is_none_or(|read| read.load(Ordering::Relaxed));
        Some(Standing { is_true: held.is_true(&self.judge), is_read })
    }

    /// The answer of that position was loaded before anybody asked.
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
        self.held.retain(|_, held| match node.judge(held.entry.tags(), held.entry.as_of()) {
            domain::Judgement::Fresh | domain::Judgement::Stale(_) => true,
            domain::Judgement::Evicted(_) => false,
        });
    }

    /// Counts, once a minute, the lives that are over and that nobody has asked about: memory holds them
    /// until somebody does, or room is wanted. Ends with the memory.
    pub(crate) async fn count_lives_for(memory: Weak<Self>) {
        loop {
            tokio::time::sleep(CENSUS).await;
            let Some(memory) = memory.upgrade() else { return };
            // Clones an `Arc` or two of each entry: with a million of them nothing for a thread that serves.
            if tokio::task::spawn_blocking(move || memory.count_lives(clock::now())).await.is_err() {
                tracing::error!("the memory tier's lives were not counted");
            }
        }
    }

    fn count_lives(&self, now: Millis) {
        for (_, held) in self.held.iter() {
            if let Some(lived) = held.lived.as_ref().filter(|lived| !lived.is_counted())
                && held.is_over(now)
                && held.is_true(&self.judge)
            {
                self.lives.ended(lived, now);
            }
        }
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

impl Held {
    /// Whether its lifetime is over.
    fn is_over(&self, now: Millis) -> bool {
        now.since(self.entry.stored_at()) > self.keep_for
    }

    fn is_true(&self, judge: &Judge) -> bool {
        judge(self.entry.tags(), self.entry.as_of())
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
    use domain::{Policy, Tag};

    use super::*;

    const FEED: Kind = Kind { name: "feed", policy: Policy::TALK };
    const LIFETIME: i64 = Policy::TALK.keep_for;

    /// A memory whose entries are true from this position on.
    fn memory(from: u64) -> Memory {
        Memory::new(1 << 20, Arc::new(move |_, as_of| as_of >= Seq(from)))
    }

    fn entry(value: u32, as_of: u64) -> Arc<Entry<u32>> {
        Arc::new(Entry { value, tags: Tags::of(Tag::Feed, []), as_of: Seq(as_of), stored_at: Millis(0) })
    }

    fn key(number: u32) -> Key {
        Key::from_text(&format!("feed.{number}"))
    }

    fn held(memory: &Memory, now: i64) -> Option<u32> {
        memory.get(&key(1), Millis(now)).map(|found| found.entry.value)
    }

    /// Rule 4: a load that began earlier and ends later takes nothing back.
    #[test]
    fn never_back() {
        let memory = memory(0);
        for (value, as_of, expected) in [(1, 5, 1), (2, 3, 1), (3, 5, 3), (4, 6, 4), (5, 5, 4)] {
            memory.offer(&key(1), &entry(value, as_of), FEED);
            assert_eq!(held(&memory, 0), Some(expected), "{value} at {as_of}");
        }
    }

    #[test]
    fn nothing_is_kept_for_longer_than_its_policy_says() {
        let memory = memory(0);
        memory.offer(&key(1), &entry(1, 5), FEED);
        assert_eq!(held(&memory, LIFETIME), Some(1));
        assert_eq!(held(&memory, LIFETIME + 1), None);
    }

    /// Why a load was necessary, at some age of what is held.
    #[test]
    fn misses_are_told_apart() {
        for (held, age, expected) in [
            (None, 0, (1, 0, 0)),
            (Some(4), 0, (0, 1, 0)),
            (Some(4), 2 * LIFETIME, (0, 1, 0)),
            (Some(5), 2 * LIFETIME, (0, 0, 1)),
            (Some(5), LIFETIME, (0, 0, 0)),
        ] {
            let memory = memory(5);
            if let Some(as_of) = held {
                memory.offer(&key(1), &entry(1, as_of), FEED);
            }
            memory.note_miss(&key(1), FEED, Millis(age));
            let seen = memory.lives.of_query("feed");
            assert_eq!((seen.never_held, seen.invalidated, seen.expired.count()), expected, "{held:?} at {age}");
        }
    }

    /// A life is counted once, with the age at which it was of use last, unless a change ended it.
    #[test]
    fn lives_end_by_their_lifetime_or_for_want_of_room() {
        const MINUTE: i64 = 60_000;
        let mut memory = memory(5);
        memory.watched = 1;
        for (number, as_of) in [(1, 5), (2, 5), (3, 4)] {
            memory.offer(&key(number), &entry(number, as_of), FEED);
        }
        assert_eq!(held(&memory, 4 * MINUTE), Some(1));
        memory.count_lives(Millis(LIFETIME));
        assert_eq!(memory.lives.of_query("feed").ended.count(), 0);
        for _ in 0..2 {
            memory.count_lives(Millis(LIFETIME + 1));
            memory.note_miss(&key(1), FEED, Millis(LIFETIME + MINUTE));
        }
        let ended = memory.lives.of_query("feed").ended;
        assert_eq!((ended.up_to(10_000), ended.up_to(3 * MINUTE), ended.up_to(5 * MINUTE)), (1, 1, 2));
        // For most of what comes then there is no room; of every second one a change had ended its life.
        memory.clear();
        (0..10_000).for_each(|number| memory.offer(&key(number), &entry(number, 4 + u64::from(number % 2)), FEED));
        let pushed_out = memory.lives.of_query("feed").ended.count() - 2;
        let left = (0..10_000).filter(|number| number % 2 == 1 && memory.held.peek(&key(*number)).is_some()).count();
        assert!(left < 5_000);
        assert_eq!(pushed_out, 5_000 - left as u64);
    }
}
