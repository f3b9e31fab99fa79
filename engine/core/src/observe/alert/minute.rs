//! The last minute of what only rises.

use std::collections::VecDeque;

use crate::{observe::metrics::Histogram, seq::Millis};

/// Counts since the start. They only rise, until a manager clears them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// How long whole requests took.
    pub answers: Histogram,
    /// Times that a directive could not be carried out or passed on.
    pub invalidation_errors: u64,
}

/// Counts as they were at each evaluation of the last minute.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Minute(VecDeque<(Millis, Counts)>);

impl Minute {
    /// How long it is, in milliseconds.
    pub const MILLIS: i64 = 60_000;

    /// Takes the counts of now, and says what was counted within the last minute; or since it was
    /// asked first, or since the counts were cleared, or the clock was set back, if that is less.
    pub fn advance(&mut self, now: Millis, counts: Counts) -> Counts {
        if self.0.back().is_some_and(|(at, _)| *at > now) {
            self.0.clear();
        }
        while self.0.get(1).is_some_and(|(at, _)| now.since(*at) >= Self::MILLIS) {
            self.0.pop_front();
        }
        let first = self.0.front().map_or(&counts, |(_, counts)| counts);
        let grown = counts.since(first);
        if grown.is_none() {
            self.0.clear();
        }
        self.0.push_back((now, counts));
        grown.unwrap_or_default()
    }
}

impl Counts {
    /// What came since then; nothing if they did not only rise.
    fn since(&self, earlier: &Self) -> Option<Self> {
        Some(Self {
            answers: self.answers.since(&earlier.answers)?,
            invalidation_errors: self.invalidation_errors.checked_sub(earlier.invalidation_errors)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Counts at their seconds, and what the last of them is told of its minute.
    #[track_caller]
    fn check(course: &[(i64, u64)], expected: u64) {
        let mut minute = Minute::default();
        let mut told = Counts::default();
        for &(second, errors) in course {
            let mut answers = Histogram::default();
            (0..errors).for_each(|_| answers.add(7));
            told = minute.advance(Millis(second * 1_000), Counts { answers, invalidation_errors: errors });
        }
        assert_eq!((told.invalidation_errors, told.answers.count()), (expected, expected), "{course:?}");
        assert!(minute.0.len() <= 61, "{course:?}");
    }

    #[test]
    fn what_was_counted_within_a_minute() {
        check(&[(0, 5)], 0);
        check(&[(0, 5), (1, 7)], 2);
        check(&[(0, 5), (59, 7), (60, 8)], 3);
        check(&[(0, 5), (59, 7), (60, 8), (119, 9)], 2);
        check(&[(0, 5), (200, 7)], 2);
        // Cleared: what was before is no part of it.
        check(&[(0, 5), (1, 7), (2, 1)], 0);
        check(&[(0, 5), (1, 7), (2, 1), (3, 4)], 3);
        // The clock was set back.
        check(&[(100, 5), (1, 7), (2, 8)], 1);
        let long: Vec<_> = (0..500u64).map(|second| (second.cast_signed(), second)).collect();
        check(&long, 60);
    }
}
