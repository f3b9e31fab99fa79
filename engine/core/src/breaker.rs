//! The circuit breaker: after some failures in a row a helper is not asked for a while, and then one asker tries
//! whether it is back. Its callers must work without it.
//!
//! Time comes in as a value: how long ago whatever began, by a clock that never goes back.

use std::time::Duration;

/// So many failures in a row, and it is left alone.
const FAILURES: u32 = 3;

/// For so long.
const PAUSE: Duration = Duration::from_secs(1);

/// Whether a helper is worth asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Breaker {
    /// It is, although it failed this often in a row.
    Closed(u32),
    /// It is not, until this moment.
    Open(Duration),
    /// One asker is trying; without a result from it, another may try from this moment on.
    HalfOpen(Duration),
}

impl Default for Breaker {
    fn default() -> Self {
        Self::Closed(0)
    }
}

impl Breaker {
    /// Whether to ask now. Who is told so reports what came of it.
    pub fn admits(&mut self, now: Duration) -> bool {
        match *self {
            Self::Closed(_) => true,
            Self::Open(until) | Self::HalfOpen(until) => {
                let may_try = now >= until;
                if may_try {
                    *self = Self::HalfOpen(now + PAUSE);
                }
                may_try
            }
        }
    }

    /// It did its work.
    pub fn succeeded(&mut self) {
        match self {
            Self::Closed(_) | Self::HalfOpen(_) => *self = Self::Closed(0),
            // A late answer to a question from before proves little.
            Self::Open(_) => {}
        }
    }

    /// It did not. Answers whether it is left alone from now on.
    pub fn failed(&mut self, now: Duration) -> bool {
        let failures = match *self {
            Self::Closed(failures) => failures + 1,
            Self::HalfOpen(_) => FAILURES,
            Self::Open(_) => return false,
        };
        let opens = failures >= FAILURES;
        *self = if opens { Self::Open(now + PAUSE) } else { Self::Closed(failures) };
        opens
    }

    /// Whether it is asked as usual.
    pub const fn is_closed(self) -> bool {
        match self {
            Self::Closed(_) => true,
            Self::Open(_) | Self::HalfOpen(_) => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Breaker::*, *};

    #[derive(Debug, Clone, Copy)]
    enum Event {
        /// An asker comes, and is let through or not.
        Ask(bool),
        Well,
        Badly,
    }

    /// What becomes of a fresh breaker, each event at its moment in milliseconds.
    fn check(events: &[(u64, Event)], expected: Breaker) {
        let mut breaker = Breaker::default();
        for &(at, event) in events {
            let now = Duration::from_millis(at);
            match event {
                Event::Ask(expected) => assert_eq!(breaker.admits(now), expected, "at {at} in {events:?}"),
                Event::Well => breaker.succeeded(),
                Event::Badly => drop(breaker.failed(now)),
            }
        }
        assert_eq!(breaker, expected, "{events:?}");
    }

    fn at(millis: u64) -> Duration {
        Duration::from_millis(millis)
    }

    #[test]
    fn breaker() {
        use Event::{Ask, Badly, Well};
        let opened = [(0, Badly), (1, Badly), (2, Badly)];
        let then = |more: &[(u64, Event)]| [&opened[..], more].concat();
        check(&[(0, Ask(true)), (1, Well)], Closed(0));
        check(&[(0, Badly), (1, Badly), (2, Ask(true))], Closed(2));
        // In a row: one success forgets the failures.
        check(&[(0, Badly), (1, Badly), (2, Well), (3, Badly)], Closed(1));
        check(&opened, Open(at(1_002)));
        check(&then(&[(3, Ask(false)), (1_001, Ask(false))]), Open(at(1_002)));
        // One may try, not all at once.
        check(&then(&[(1_002, Ask(true)), (1_003, Ask(false))]), HalfOpen(at(2_002)));
        check(&then(&[(1_002, Ask(true)), (1_003, Well), (1_004, Ask(true))]), Closed(0));
        check(&then(&[(1_002, Ask(true)), (1_050, Badly), (1_051, Ask(false))]), Open(at(2_050)));
        // Who tried went away without a word: the next may.
        check(&then(&[(1_002, Ask(true)), (2_002, Ask(true))]), HalfOpen(at(3_002)));
        // Those who asked before it was left alone neither prolong that nor end it.
        check(&then(&[(50, Badly)]), Open(at(1_002)));
        check(&then(&[(50, Well)]), Open(at(1_002)));
    }
}
