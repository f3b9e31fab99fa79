//! Two clocks, so that neither can lie alone.

use serde::{Deserialize, Serialize};

use crate::seq::Millis;

/// What both clocks say at one moment. The wall clock can be set, forward and back; the monotonic one
/// can't, but may stand still while the machine sleeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Clocks {
    /// Milliseconds since 1970, UTC.
    pub wall: Millis,
    /// Milliseconds since some beginning of its own: of this process, of this page.
    pub monotonic: Millis,
}

impl Clocks {
    /// Milliseconds from `earlier` to now, the larger of what the two clocks say; `None` if
    /// either went backwards: then it can't be known how long it was.
    pub fn elapsed_since(self, earlier: Self) -> Option<i64> {
        let wall = self.wall.0.saturating_sub(earlier.wall.0);
        let monotonic = self.monotonic.0.saturating_sub(earlier.monotonic.0);
        match (wall, monotonic) {
            (0.., 0..) => Some(wall.max(monotonic)),
            _ => None,
        }
    }

    /// Whether a lease of so many milliseconds that began at `earlier` still runs. Time that can't be
    /// known has run out.
    pub fn is_within(self, lease: i64, earlier: Self) -> bool {
        matches!(self.elapsed_since(earlier), Some(passed) if passed <= lease)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EARLIER: Clocks = Clocks { wall: Millis(1_000_000), monotonic: Millis(5_000) };

    /// How long it was, if the clocks have moved so far since then; and whether 500 ms still run.
    #[track_caller]
    fn check(wall: i64, monotonic: i64, elapsed: Option<i64>, runs: bool) {
        let now = Clocks { wall: Millis(EARLIER.wall.0 + wall), monotonic: Millis(EARLIER.monotonic.0 + monotonic) };
        assert_eq!(now.elapsed_since(EARLIER), elapsed, "wall {wall}, monotonic {monotonic}");
        assert_eq!(now.is_within(500, EARLIER), runs, "wall {wall}, monotonic {monotonic}");
    }

    #[test]
    fn the_clocks_must_agree_that_a_lease_runs() {
        check(0, 0, Some(0), true);
        check(500, 500, Some(500), true);
        check(501, 501, Some(501), false);
        // The wall clock is set back, by little or by much, or stands still.
        check(-1, 400, None, false);
        check(-30_000, 400, None, false);
        check(-3_600_000, 40_000, None, false);
        check(0, 40_000, Some(40_000), false);
        // It is set forward.
        check(3_600_000, 10, Some(3_600_000), false);
        // The machine slept, and one of the clocks with it.
        check(60_000, 0, Some(60_000), false);
        check(0, 60_000, Some(60_000), false);
        // Another page's clock, or another process's.
        check(100, -4_000, None, false);
        // Not even an overflow runs.
        check(i64::MAX - EARLIER.wall.0, 0, Some(i64::MAX - EARLIER.wall.0), false);
        let far = Clocks { wall: Millis(i64::MIN), monotonic: Millis(i64::MIN) };
        assert!(!EARLIER.is_within(500, far) && !far.is_within(500, EARLIER));
    }
}
