//! Clocks that lie: of two, one at a time. Side by side with `abreast_core::Clocks`, which both halves of the
//! product read their leases by.

use abreast_core::{Clocks, Millis};

use crate::broken::Broken;

/// Whose two clocks they are: a browser's or a node's.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Watch {
    /// How far the wall clock is off, in milliseconds: it may be set forward and back.
    wall: i64,
    /// How far behind the monotonic clock is: it may stand still, as while a machine sleeps.
    slept: i64,
    /// Which of them stands still, and since when.
    still: Option<(Clock, Millis)>,
}

/// One of two clocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Clock {
    /// The one that people set.
    Wall,
    /// The one that can't be set.
    Monotonic,
}

impl Watch {
    /// What they say at this moment.
    pub fn read(&self, now: Millis, broken: Option<Broken>) -> Clocks {
        let stood = |clock| match self.still {
            Some((still, since)) if still == clock => now.since(since),
            Some(_) | None => 0,
        };
        let wall = Millis(now.0 + self.wall - stood(Clock::Wall));
        let monotonic = Millis(now.0 - self.slept - stood(Clock::Monotonic));
        match broken {
            Some(Broken::WallClockAlone) => Clocks { wall, monotonic: wall },
            Some(Broken::MonotonicClockAlone) => Clocks { wall: monotonic, monotonic },
            _ => Clocks { wall, monotonic },
        }
    }

    /// The wall clock is set so much forward, or back.
    pub fn set_by(&mut self, milliseconds: i64) {
        self.wall += milliseconds;
    }

    /// One of them stands still from now on.
    pub fn stop(&mut self, clock: Clock, now: Millis) {
        self.go_on(now);
        self.still = Some((clock, now));
    }

    /// Both go again.
    pub fn go_on(&mut self, now: Millis) {
        match self.still.take() {
            Some((Clock::Wall, since)) => self.wall -= now.since(since),
            Some((Clock::Monotonic, since)) => self.slept += now.since(since),
            None => {}
        }
    }
}
