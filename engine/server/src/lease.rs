//! A node's lease: how long it is since the log's head was asked for, by clocks that must agree.

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use abreast_core::{Clocks, NODE_LEASE};

/// When a question about the log's head was sent.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asked {
    /// Microseconds from the lease's beginning: of two questions, the later has more. No lease is read by it,
    /// because it may not count the time that the machine slept.
    order: u64,
    /// For the lease that begins with it.
    clocks: Clocks,
}

/// When the head was last confirmed.
pub(crate) struct Lease {
    clocks: fn() -> Clocks,
    started: Instant,
    known: Mutex<Known>,
}

#[derive(Debug, Default)]
struct Known {
    /// When it was last asked for, if it was answered.
    confirmed: Option<Asked>,
    /// When it was last revoked: what was asked before that counts for nothing, also if it is only noted
    /// afterwards.
    revoked: Option<u64>,
}

impl Lease {
    /// One that has run out, read by these clocks.
    pub(crate) fn new(clocks: fn() -> Clocks) -> Self {
        Self { clocks, started: Instant::now(), known: Mutex::default() }
    }

    /// A question is sent now.
    pub(crate) fn ask(&self) -> Asked {
        Asked { order: self.elapsed(), clocks: (self.clocks)() }
    }

    /// A question that was sent then has been answered.
    pub(crate) fn confirm(&self, asked: Asked) {
        let mut known = self.known();
        if known.confirmed.is_none_or(|confirmed| confirmed.order <= asked.order) {
            known.confirmed = Some(asked);
        }
    }

    /// What was asked before now counts for nothing.
    pub(crate) fn revoke(&self) {
        let now = Some(self.elapsed());
        let mut known = self.known();
        known.revoked = known.revoked.max(now);
    }

    /// Whether it runs. Time that can't be known has run out.
    pub(crate) fn runs(&self) -> bool {
        self.confirmed().is_some_and(|confirmed| (self.clocks)().is_within(NODE_LEASE, confirmed.clocks))
    }

    /// Whether it runs for so much longer.
    pub(crate) fn runs_for(&self, ahead: Duration) -> bool {
        let end = NODE_LEASE.saturating_sub(i64::try_from(ahead.as_millis()).unwrap_or(i64::MAX));
        self.confirmed_ago().is_some_and(|ago| ago < end)
    }

    /// Whether a question was answered that was sent after this one.
    pub(crate) fn was_confirmed_after(&self, asked: Asked) -> bool {
        self.confirmed().is_some_and(|confirmed| confirmed.order > asked.order)
    }

    /// Milliseconds since the head was asked for; `None` if that can't be known.
    pub(crate) fn confirmed_ago(&self) -> Option<i64> {
        (self.clocks)().elapsed_since(self.confirmed()?.clocks)
    }

    /// Microseconds since its beginning.
    pub(crate) fn elapsed(&self) -> u64 {
        u64::try_from(self.started.elapsed().as_micros()).unwrap_or(u64::MAX)
    }

    fn confirmed(&self) -> Option<Asked> {
        let known = self.known();
        let (confirmed, revoked) = (known.confirmed?, known.revoked);
        drop(known);
        revoked.is_none_or(|revoked| confirmed.order > revoked).then_some(confirmed)
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicI64, Ordering};

    use abreast_core::Millis;

    use super::*;
    use crate::clock;

    static WALL: AtomicI64 = AtomicI64::new(0);
    static SLEPT: AtomicI64 = AtomicI64::new(0);

    fn clocks() -> Clocks {
        let now = clock::clocks();
        let shifted = |millis: Millis, by: &AtomicI64| Millis(millis.0 + by.load(Ordering::Relaxed));
        Clocks { wall: shifted(now.wall, &WALL), monotonic: shifted(now.monotonic, &SLEPT) }
    }

    /// Rule 7: whatever one of the clocks does, it does not make a lease run longer.
    #[test]
    fn a_clock_that_lies_does_not_make_a_lease_run() {
        let lease = Lease::new(clocks);
        assert!(!lease.runs(), "nothing was asked yet");
        // The wall clock is set back and forward; the machine sleeps, and only one of the clocks counts it.
        for (wall, slept) in [(-3_600_000, 0), (-30_000, 0), (3_600_000, 0), (0, 3_400), (3_400, 0), (-1_000, 3_400)] {
            lease.confirm(lease.ask());
            assert!(lease.runs());
            WALL.fetch_add(wall, Ordering::Relaxed);
            SLEPT.fetch_add(slept, Ordering::Relaxed);
            assert!(!lease.runs(), "wall {wall}, slept {slept}");
        }
        lease.confirm(lease.ask());
        assert!(lease.runs(), "and one look at the log heals it");
    }

    #[test]
    fn how_much_longer_it_runs() {
        let lease = Lease::new(clock::clocks);
        assert!(!lease.runs_for(Duration::ZERO), "nothing was asked yet");
        lease.confirm(lease.ask());
        let whole = Duration::from_millis(NODE_LEASE.unsigned_abs());
        for (ahead, runs) in [(Duration::ZERO, true), (whole / 2, true), (whole, false), (Duration::MAX, false)] {
            assert_eq!(lease.runs_for(ahead), runs, "{ahead:?}");
        }
        lease.revoke();
        assert!(!lease.runs_for(Duration::ZERO));
    }

    #[test]
    fn the_clock_that_counts_sleep_goes_on() {
        let (before, began) = (clock::clocks(), Instant::now());
        std::thread::sleep(std::time::Duration::from_millis(20));
        let passed = clock::clocks().elapsed_since(before).expect("clocks that agree");
        let by_instant = i64::try_from(began.elapsed().as_millis()).expect("a moment");
        assert!((19..=by_instant + 2).contains(&passed), "{passed} ms");
    }
}
