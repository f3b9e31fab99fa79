//! When positions of the log were seen in the database.
//!
//! A row's own time is taken before its commit, by the clock of the node that commits; a commit may
//! take long, and clocks differ. What was seen was there. The follower's own look at the log will not
//! do: whether it looks often enough is what is to be found out.

use std::{collections::VecDeque, time::Instant};

use abreast_core::Seq;

/// How many moments are remembered.
const MOMENTS: usize = 256;

/// Moments, each with the head that was seen by then; both ascending.
#[derive(Default)]
pub(super) struct Sightings(VecDeque<(Instant, Seq)>);

impl Sightings {
    /// The head was seen, by now.
    pub(super) fn note(&mut self, now: Instant, head: Seq) {
        if self.0.back().is_none_or(|(_, last)| *last < head) {
            if self.0.len() == MOMENTS {
                self.0.pop_front();
            }
            self.0.push_back((now, head));
        }
    }

    /// By when this position had been seen.
    pub(super) fn of(&self, seq: Seq) -> Option<Instant> {
        self.0.get(self.0.partition_point(|(_, head)| *head < seq)).map(|(at, _)| *at)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_position_was_seen_when_the_head_was_there_or_beyond() {
        let began = Instant::now();
        let after = |millis| began + Duration::from_millis(millis);
        let mut sightings = Sightings::default();
        for (millis, head) in [(0, 5), (250, 5), (500, 8)] {
            sightings.note(after(millis), Seq(head));
        }
        for (seq, expected) in [(1, Some(0)), (5, Some(0)), (6, Some(500)), (8, Some(500)), (9, None)] {
            assert_eq!(sightings.of(Seq(seq)), expected.map(after), "{seq}");
        }
        for number in 0..1_000 {
            sightings.note(after(1_000 + number), Seq(9 + number));
        }
        assert_eq!(sightings.0.len(), MOMENTS);
    }
}
