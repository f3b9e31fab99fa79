//! What the sampler found, and what it needs to know to find it.

use std::{
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use abreast_core::{
    Millis,
    observe::sample::{Between, ContentHash, Evidence, Finding, NodeTime, Samples, Shown},
};

use super::{
    recheck::{Recheck, Row},
    sightings::Sightings,
};
use crate::{App, clock, nouns::Tag};

/// What was found so far.
pub(super) struct Book<A: App> {
    /// Tells this node's time from another's.
    node: u64,
    started: Instant,
    samples: Mutex<Samples<Tag<A>>>,
    dropped: AtomicU64,
    sightings: Mutex<Sightings>,
}

/// When an answer was given.
pub(super) struct When {
    /// By this node's clock, and not too early.
    pub(super) wall: Millis,
    /// By this node's watch, and not too late; nothing if that can't be told.
    pub(super) no_sooner_than: Option<Instant>,
}

impl<A: App> Default for Book<A> {
    fn default() -> Self {
        Self {
            node: clock::new_bits(),
            started: Instant::now(),
            samples: Mutex::default(),
            dropped: AtomicU64::new(0),
            sightings: Mutex::default(),
        }
    }
}

impl<A: App> Book<A> {
    /// Judges an answer, and keeps what was found. `None` if nothing can be said.
    pub(super) fn record(&self, shown: Shown<Tag<A>>, when: When, recheck: Recheck<A>) -> Option<Finding<Tag<A>>> {
        let Some(rows) = recheck.rows else {
            self.skip();
            return None;
        };
        let rows = rows.into_iter().map(|row| self.between(row, &when)).collect();
        let finding = Finding::of(&shown, &Evidence { as_of: recheck.as_of, same: recheck.same, rows });
        if let Finding::Violated(violation) = &finding {
            let Shown { key, tier, as_of, watermark, seen, .. } = &shown;
            if tier.is_in_browser() {
                tracing::warn!(%key, ?tier, %as_of, %seen, ?violation, "a browser says that it showed this");
            } else {
                tracing::error!(%key, ?tier, %as_of, %watermark, %seen, ?violation, "this should not have been served");
            }
        }
        lock(&self.samples).record(clock::now(), shown, finding.clone());
        Some(finding)
    }

    /// Nothing can be said of an answer.
    pub(super) fn skip(&self) {
        lock(&self.samples).skip();
    }

    /// An answer was not looked at.
    pub(super) fn drop_one(&self) {
        self.dropped.fetch_add(1, Ordering::Relaxed);
    }

    /// What was found so far.
    pub(super) fn samples(&self) -> Samples<Tag<A>> {
        let mut samples = lock(&self.samples).clone();
        samples.drop_some(self.dropped.load(Ordering::Relaxed));
        samples
    }

    /// Forgets it.
    pub(super) fn clear(&self) {
        *lock(&self.samples) = Samples::default();
        self.dropped.store(0, Ordering::Relaxed);
    }

    /// When which position was seen.
    pub(super) fn sightings(&self) -> MutexGuard<'_, Sightings> {
        lock(&self.sightings)
    }

    /// Now, for a browser to remember.
    pub(super) fn node_time(&self) -> NodeTime {
        NodeTime { node: self.node, at: millis(self.started.elapsed()) }
    }

    /// A moment so long after a time of this node.
    pub(super) fn moment_after(&self, time: NodeTime, later: i64) -> Option<Instant> {
        let since = u64::try_from(time.at.checked_add(later)?).ok()?;
        let moment = self.started.checked_add(Duration::from_millis(since))?;
        // No answer was shown in the future.
        (time.node == self.node && moment <= Instant::now()).then_some(moment)
    }

    fn between(&self, Row { row, change }: Row<A>, when: &When) -> Between<Tag<A>> {
        let seen = self.sightings().of(row.receipt.seq);
        let known_for =
            seen.zip(when.no_sooner_than).map(|(seen, shown)| millis(shown.saturating_duration_since(seen)));
        // A Change of a newer program can't be read; its ids can.
        let owed = serde_json::from_str(&change).map(|change| A::directives(&change)).unwrap_or_default();
        Between {
            seq: row.receipt.seq,
            age: when.wall.0.saturating_sub(row.receipt.at.0),
            known_for: known_for.unwrap_or_default(),
            directives: row.receipt.directives,
            owed,
            change,
        }
    }
}

/// How an answer reads.
pub(super) fn hash(value: &impl serde::Serialize) -> ContentHash {
    ContentHash::of(&serde_json::to_string(value).unwrap_or_default())
}

fn millis(time: Duration) -> i64 {
    i64::try_from(time.as_millis()).unwrap_or(i64::MAX)
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
