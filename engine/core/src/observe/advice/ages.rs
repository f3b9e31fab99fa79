//! A histogram of ages whose bounds are lifetimes that an app might choose.

use serde::{Deserialize, Serialize};

const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;

/// How many answers had which age.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ages {
    /// Counts up to each step and above the one before; the last is of all that is older.
    counts: [u64; Ages::STEPS.len() + 1],
}

impl Ages {
    /// Lifetimes worth choosing between, in milliseconds; none is more than twice the one before.
    pub const STEPS: [i64; 21] = [
        10 * SECOND,
        20 * SECOND,
        30 * SECOND,
        MINUTE,
        2 * MINUTE,
        3 * MINUTE,
        5 * MINUTE,
        10 * MINUTE,
        15 * MINUTE,
        20 * MINUTE,
        30 * MINUTE,
        45 * MINUTE,
        HOUR,
        90 * MINUTE,
        2 * HOUR,
        3 * HOUR,
        4 * HOUR,
        6 * HOUR,
        8 * HOUR,
        12 * HOUR,
        24 * HOUR,
    ];

    /// The longest lifetime that is ever proposed, in milliseconds.
    pub const LONGEST: i64 = 24 * HOUR;

    /// Counts an age, in milliseconds.
    pub fn record(&mut self, age: i64) {
        self.counts[Self::STEPS.partition_point(|step| *step < age)] += 1;
    }

    /// How many were recorded.
    pub fn count(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// How many were no older than this step, in milliseconds.
    pub fn up_to(&self, step: i64) -> u64 {
        let places = Self::STEPS.partition_point(|bound| *bound <= step);
        self.counts[..places].iter().sum()
    }

    /// Adds what was recorded elsewhere.
    pub fn add(&mut self, other: &Self) {
        for (count, more) in self.counts.iter_mut().zip(other.counts) {
            *count += more;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_are_counted_up_to_their_step() {
        for (age, step) in [(0, 10 * SECOND), (10 * SECOND, 10 * SECOND), (10 * SECOND + 1, 20 * SECOND)] {
            let mut ages = Ages::default();
            ages.record(age);
            assert_eq!((ages.up_to(step - 1), ages.up_to(step), ages.count()), (0, 1, 1), "{age}");
        }
        let mut ages = Ages::default();
        ages.record(Ages::LONGEST + 1);
        let same = ages;
        ages.add(&same);
        assert_eq!((ages.up_to(Ages::LONGEST), ages.count()), (0, 2));
    }

    #[test]
    fn steps_rise_and_never_more_than_double() {
        for pair in Ages::STEPS.windows(2) {
            assert!(pair[0] < pair[1] && pair[1] <= 2 * pair[0], "{pair:?}");
        }
        assert_eq!(Ages::STEPS.last(), Some(&Ages::LONGEST));
    }
}
