//! The last minutes, a few seconds at a time: for sparklines, and for rules about the last minute.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use super::{Outcome, Tally, Tier};
use crate::seq::Millis;

/// What happened within a few seconds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    /// Which: its beginning divided by [`Timeline::STEP`].
    number: i64,
    tallies: [Tally; Tier::ALL.len()],
    /// Requests answered, and the slowest of them in microseconds.
    answers: u64,
    slowest: u64,
}

/// The last five minutes. Of fixed size; moments in which nothing happened take no room.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timeline(VecDeque<Moment>);

impl Moment {
    /// When it began.
    pub const fn at(&self) -> Millis {
        Millis(self.number * Timeline::STEP)
    }

    /// What a tier did in it.
    pub const fn tally(&self, tier: Tier) -> Tally {
        self.tallies[tier as usize]
    }

    /// How many requests were answered in it.
    pub const fn answers(&self) -> u64 {
        self.answers
    }

    /// The slowest answer in it, in microseconds; 0 if there was none.
    pub const fn slowest(&self) -> u64 {
        self.slowest
    }

    fn merge(&mut self, other: &Self) {
        for (own, other) in self.tallies.iter_mut().zip(other.tallies) {
            own.merge(other);
        }
        self.answers += other.answers;
        self.slowest = self.slowest.max(other.slowest);
    }
}

impl Timeline {
    /// How long a moment is, in milliseconds.
    pub const STEP: i64 = 5_000;
    /// How many there are.
    pub const MOMENTS: usize = 60;

    /// Counts what happened.
    pub(super) fn add(&mut self, at: Millis, tier: Tier, outcome: Outcome) {
        if let Some(moment) = self.moment(at) {
            moment.tallies[tier as usize].add(outcome);
        }
    }

    /// Counts a request that was answered, and how long it took in microseconds.
    pub(super) fn answered(&mut self, at: Millis, micros: u64) {
        if let Some(moment) = self.moment(at) {
            moment.answers += 1;
            moment.slowest = moment.slowest.max(micros);
        }
    }

    /// The moments that began after `since`, oldest first.
    pub fn since(&self, since: Millis) -> impl Iterator<Item = &Moment> {
        self.0.iter().filter(move |moment| moment.at() > since)
    }

    /// Adds what another counted.
    pub(super) fn merge(&mut self, other: &Self) {
        for theirs in &other.0 {
            if let Some(own) = self.moment(theirs.at()) {
                own.merge(theirs);
            }
        }
    }

    /// The moment of this time. A clock that was set back finds the one it is in, or none if that is
    /// too long ago.
    fn moment(&mut self, at: Millis) -> Option<&mut Moment> {
        let number = at.0.div_euclid(Self::STEP);
        let newest = self.0.back().map_or(i64::MIN, |moment| moment.number);
        let place = if number == newest {
            self.0.len() - 1
        } else {
            match self.0.binary_search_by_key(&number, |moment| moment.number) {
                Ok(place) => place,
                Err(0) if self.0.len() == Self::MOMENTS => return None,
                Err(place) => {
                    self.0.insert(place, Moment { number, ..Moment::default() });
                    let full = self.0.len() > Self::MOMENTS;
                    if full {
                        self.0.pop_front();
                    }
                    place - usize::from(full)
                }
            }
        };
        self.0.get_mut(place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hits(timeline: &Timeline, since: i64) -> Vec<u64> {
        timeline.since(Millis(since)).map(|moment| moment.tally(Tier::Memory).hits).collect()
    }

    #[test]
    fn the_last_moments_are_kept_in_order_whatever_the_clock_does() {
        let mut timeline = Timeline::default();
        let step = Timeline::STEP;
        for at in [step, step + 1, 3 * step, 2 * step, 3 * step] {
            timeline.add(Millis(at), Tier::Memory, Outcome::Hit);
        }
        assert_eq!(hits(&timeline, 0), [2, 1, 2]);
        assert_eq!(hits(&timeline, 2 * step), [2]);
        for number in 4..200 {
            timeline.add(Millis(number * step), Tier::Memory, Outcome::Hit);
        }
        assert_eq!(hits(&timeline, 0).len(), Timeline::MOMENTS);
        timeline.add(Millis(step), Tier::Memory, Outcome::Hit);
        assert_eq!(hits(&timeline, 0).len(), Timeline::MOMENTS, "too long ago");
    }

    #[test]
    fn two_add_up() {
        let (mut one, mut other) = (Timeline::default(), Timeline::default());
        one.answered(Millis(Timeline::STEP), 7);
        other.answered(Millis(Timeline::STEP), 9);
        other.add(Millis(2 * Timeline::STEP), Tier::Memory, Outcome::Hit);
        one.merge(&other);
        let slowest: Vec<_> = one.since(Millis(0)).map(|moment| (moment.answers(), moment.slowest())).collect();
        assert_eq!(slowest, [(2, 9), (0, 0)]);
        assert_eq!(hits(&one, 0), [0, 1]);
    }
}
