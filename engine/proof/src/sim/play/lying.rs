//! Clocks that lie. Of the two clocks of one browser or node always the same one does: if both lie at once, the time
//! can't be known (`docs/protocol.md`).

use super::Play;
use crate::{clocks::Clock, sim::cast::Happening};

impl Play {
    /// A clock is set or stands still for a while: a browser's or a node's.
    pub(super) fn a_clock_lies(&mut self, browser: usize, node: usize) {
        let (by, still) = (self.chance.millis(-30_000, 30_000), self.chance.millis(50, 3_000));
        let (of_browser, sets) = (self.chance.percent(60), self.chance.percent(50));
        let place = if of_browser { browser } else { node };
        // Those with an even number have a wall clock that lies; the others sleep.
        let clock = if place.is_multiple_of(2) { Clock::Wall } else { Clock::Monotonic };
        let watch = if of_browser { &mut self.browsers[place].watch } else { &mut self.servers[place].watch };
        if sets && clock == Clock::Wall {
            watch.set_by(by);
        } else {
            watch.stop(clock, self.schedule.now);
            let goes_on =
                if of_browser { Happening::BrowserClockGoesOn(place) } else { Happening::NodeClockGoesOn(place) };
            self.schedule.plan(still, goes_on);
        }
        self.say(|_| format!("{clock:?} of {} {place} lies", if of_browser { "browser" } else { "node" }));
    }
}
