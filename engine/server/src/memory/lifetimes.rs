//! How the lifetimes of memory's answers end, which advice is made of.
//!
//! Only a lifetime that no change had ended says anything: it was over, or there was no more room.

use std::{
    sync::{
        Arc, Weak,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use abreast_core::{Key, Millis, Noun, Seq, Tags, observe::advice::Missed};
use quick_cache::Lifecycle;

use super::{Memory, held::Held};
use crate::{
    clock,
    housekeeping::do_aside,
    lifetime_stats::{EntryLifetime, Kind, LifetimeStats},
};

/// Of so many answers, the life of one is watched. A hit of those takes one more reference and stores a time,
/// which not every hit should pay for.
const WATCHED: u32 = 8;

/// How often lives that are over are counted.
const PAUSE: Duration = Duration::from_mins(1);

/// Whether what depends on these tags, and was true there, still is.
pub(super) type Judge<T> = Arc<dyn Fn(&Tags<T>, Seq) -> bool + Send + Sync>;

/// Which lifetimes are watched, and what became of them.
pub(super) struct LifetimeTracker<T: Noun> {
    stats: LifetimeStats,
    judge: Judge<T>,
    /// Of how many the life of one is watched, and how many there were.
    watched: u32,
    offered: AtomicU32,
}

impl<T: Noun> LifetimeTracker<T> {
    /// Of an empty memory.
    pub(super) fn new(judge: Judge<T>) -> Self {
        Self { stats: LifetimeStats::default(), judge, watched: WATCHED, offered: AtomicU32::new(0) }
    }

    /// How long the answers were of use.
    pub(super) const fn lifetime_stats(&self) -> &LifetimeStats {
        &self.stats
    }

    /// Whether nothing it depends on has changed.
    pub(super) fn is_true(&self, held: &Held<T>) -> bool {
        (self.judge)(held.entry.tags(), held.entry.as_of())
    }

    /// A life begins, which may be one of those that are watched.
    pub(super) fn begin(&self, kind: Kind, keep_for: i64, stored_at: Millis, bytes: u64) -> Option<Arc<EntryLifetime>> {
        let is_watched = self.offered.fetch_add(1, Ordering::Relaxed).is_multiple_of(self.watched);
        is_watched.then(|| Arc::new(EntryLifetime::begin(kind, keep_for, stored_at, bytes)))
    }

    /// Notes why an answer has to be loaded; this entry was held of it.
    pub(super) fn missed(&self, held: Option<&Held<T>>, kind: Kind, now: Millis) {
        let why = match held {
            None => Missed::NeverHeld,
            Some(held) if !self.is_true(held) => Missed::Invalidated,
            Some(held) if held.is_over(now) => {
                if let Some(lifetime) = &held.lifetime {
                    self.stats.ended(lifetime, now);
                }
                Missed::Expired { age: now.since(held.entry.stored_at()) }
            }
            // Another reader loaded it meanwhile.
            Some(_) => return,
        };
        self.stats.missed(kind, why);
    }

    /// Notes the end of a life that is over, or for which there was no more room.
    fn ended(&self, held: &Held<T>, now: Millis) {
        if let Some(lifetime) = held.lifetime.as_ref().filter(|lifetime| !lifetime.is_counted())
            && self.is_true(held)
        {
            self.stats.ended(lifetime, now);
        }
    }
}

/// Is told of each entry that the cache evicts for want of room.
pub(super) struct EvictionListener<T: Noun>(pub(super) Arc<LifetimeTracker<T>>);

impl<T: Noun> Clone for EvictionListener<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T: Noun> Lifecycle<Key, Held<T>> for EvictionListener<T> {
    type RequestState = ();

    fn on_evict(&self, (): &mut (), _: Key, held: Held<T>) {
        self.0.ended(&held, clock::now());
    }
}

impl<T: Noun> Memory<T> {
    /// Counts, once a minute, the lives that are over and that no reader has asked about: memory holds
    /// them until one does, or room is wanted. Ends with the memory.
    pub(crate) async fn count_lifetimes_for(memory: Weak<Self>) {
        loop {
            tokio::time::sleep(PAUSE).await;
            let Some(memory) = memory.upgrade() else { return };
            // Clones an `Arc` or two of each entry: with a million of them nothing for a thread that serves.
            do_aside("the count of the memory tier's lifetimes", move || memory.count_lifetimes(clock::now())).await;
        }
    }

    fn count_lifetimes(&self, now: Millis) {
        for (_, held) in self.held.iter().filter(|(_, held)| held.is_over(now)) {
            self.lifetimes.ended(&held, now);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::memory::tests::{LIST, entry, held, key, lifetime, memory};

    /// Why a load was necessary, at some age of what is held.
    #[test]
    fn misses_are_told_apart() {
        for (held, age, expected) in [
            (None, 0, (1, 0, 0)),
            (Some(4), 0, (0, 1, 0)),
            (Some(4), 2 * lifetime(1), (0, 1, 0)),
            (Some(5), 2 * lifetime(1), (0, 0, 1)),
            (Some(5), lifetime(1), (0, 0, 0)),
        ] {
            let memory = memory(5);
            if let Some(as_of) = held {
                memory.offer(&key(1), &entry(1, as_of), LIST);
            }
            memory.note_miss(&key(1), LIST, Millis(age));
            let seen = memory.lifetime_stats().of_query("list");
            assert_eq!((seen.never_held, seen.invalidated, seen.expired.count()), expected, "{held:?} at {age}");
        }
    }

    /// A life is counted once, with the age at which it was of use last, unless a change ended it.
    #[test]
    fn lives_end_by_their_lifetime_or_for_want_of_room() {
        const MINUTE: i64 = 60_000;
        let memory = Memory::with(
            1 << 20,
            LifetimeTracker { watched: 1, ..LifetimeTracker::new(Arc::new(|_, as_of| as_of >= Seq(5))) },
        );
        for (number, as_of) in [(1, 5), (2, 5), (3, 4)] {
            memory.offer(&key(number), &entry(number, as_of), LIST);
        }
        assert_eq!(held(&memory, 4 * MINUTE), Some(1));
        let (first, last) = (lifetime(1).min(lifetime(2)), lifetime(1).max(lifetime(2)));
        memory.count_lifetimes(Millis(first));
        assert_eq!(memory.lifetime_stats().of_query("list").ended.count(), 0);
        for _ in 0..2 {
            memory.count_lifetimes(Millis(last + 1));
            memory.note_miss(&key(1), LIST, Millis(last + MINUTE));
        }
        let ended = memory.lifetime_stats().of_query("list").ended;
        assert_eq!((ended.up_to(10_000), ended.up_to(3 * MINUTE), ended.up_to(5 * MINUTE)), (1, 1, 2));
        // For most of what comes then there is no room; of every second one a change had ended its life.
        memory.clear();
        (0..10_000).for_each(|number| memory.offer(&key(number), &entry(number, 4 + u64::from(number % 2)), LIST));
        let pushed_out = memory.lifetime_stats().of_query("list").ended.count() - 2;
        let left = (0..10_000).filter(|number| number % 2 == 1 && memory.peek(&key(*number)).is_some()).count();
        assert!(left < 5_000);
        assert_eq!(pushed_out, 5_000 - left as u64);
    }
}
