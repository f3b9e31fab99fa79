//! How long answers were of use in memory: what advice about lifetimes is made of.

use std::{
    collections::BTreeMap,
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicI64, Ordering},
    },
};

use abreast_core::{
    Millis, Policy,
    observe::advice::{Advice, Life, Missed, QueryAges, advise},
};

/// What a query is called, and how long its answers may be kept.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Kind {
    pub(crate) name: &'static str,
    pub(crate) policy: Policy,
}

/// What was seen of each query's answers.
#[derive(Default)]
pub(crate) struct LifetimeStats(Mutex<BTreeMap<&'static str, (Policy, QueryAges)>>);

/// One answer's life in memory.
pub(crate) struct EntryLifetime {
    kind: Kind,
    keep_for: i64,
    stored_at: Millis,
    bytes: u64,
    used_at: AtomicI64,
    is_counted: AtomicBool,
}

impl EntryLifetime {
    /// A life that begins.
    pub(crate) const fn begin(kind: Kind, keep_for: i64, stored_at: Millis, bytes: u64) -> Self {
        let (used_at, is_counted) = (AtomicI64::new(stored_at.0), AtomicBool::new(false));
        Self { kind, keep_for, stored_at, bytes, used_at, is_counted }
    }

    /// Whether its end was counted.
    pub(crate) fn is_counted(&self) -> bool {
        self.is_counted.load(Ordering::Relaxed)
    }

    /// It was of use.
    pub(crate) fn used(&self, now: Millis) {
        self.used_at.store(now.0, Ordering::Relaxed);
    }
}

impl LifetimeStats {
    /// Memory answered so often.
    pub(crate) fn hit(&self, kind: Kind, hits: u64) {
        self.of(kind, |ages| ages.hit(hits));
    }

    /// Memory did not answer, and a load begins.
    pub(crate) fn missed(&self, kind: Kind, why: Missed) {
        self.of(kind, |ages| ages.missed(why));
    }

    /// A life ended that no change had ended before: it was over, or room was wanted. Counted once.
    pub(crate) fn ended(&self, lifetime: &EntryLifetime, now: Millis) {
        if !lifetime.is_counted.swap(true, Ordering::Relaxed) {
            let life = Life {
                lived: now.since(lifetime.stored_at).min(lifetime.keep_for),
                used_until: Millis(lifetime.used_at.load(Ordering::Relaxed)).since(lifetime.stored_at),
                bytes: lifetime.bytes,
            };
            self.of(lifetime.kind, |ages| ages.ended(life));
        }
    }

    /// What that says about each query's lifetime, by name.
    pub(crate) fn advice(&self) -> Vec<Advice> {
        self.lock().iter().map(|(name, (policy, ages))| advise(name, *policy, ages)).collect()
    }

    /// Begins anew.
    pub(crate) fn clear(&self) {
        self.lock().clear();
    }

    /// What was seen of one query.
    #[cfg(test)]
    pub(crate) fn of_query(&self, name: &str) -> QueryAges {
        self.lock().get(name).map(|(_, ages)| *ages).unwrap_or_default()
    }

    fn of(&self, kind: Kind, change: impl FnOnce(&mut QueryAges)) {
        change(&mut self.lock().entry(kind.name).or_insert_with(|| (kind.policy, QueryAges::default())).1);
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<&'static str, (Policy, QueryAges)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
