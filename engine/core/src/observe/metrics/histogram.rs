//! Durations, counted in buckets.

use serde::{Deserialize, Serialize};

/// How many buckets: one for each bound, and one for what took longer than the last.
const BUCKETS: usize = Histogram::BOUNDS.len() + 1;

/// Durations, counted in buckets: of fixed size however many there are, and two can be added.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Histogram {
    buckets: [u64; BUCKETS],
    sum: u64,
}

impl Histogram {
    /// The upper bounds of the buckets, in microseconds: from a read in memory to a time that no person waits.
    pub const BOUNDS: [u64; 18] = [
        1, 2, 5, 10, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000,
        1_000_000,
    ];

    /// Counts a duration, in microseconds.
    pub const fn add(&mut self, micros: u64) {
        let mut place = 0;
        while place < Self::BOUNDS.len() && micros > Self::BOUNDS[place] {
            place += 1;
        }
        self.buckets[place] += 1;
        self.sum = self.sum.saturating_add(micros);
    }

    /// Adds what another counted.
    pub fn merge(&mut self, other: &Self) {
        for (own, other) in self.buckets.iter_mut().zip(other.buckets) {
            *own += other;
        }
        self.sum = self.sum.saturating_add(other.sum);
    }

    /// What was counted since then; nothing if it was cleared meanwhile.
    pub fn since(&self, earlier: &Self) -> Option<Self> {
        let mut since = self.clone();
        for (own, earlier) in since.buckets.iter_mut().zip(earlier.buckets) {
            *own = own.checked_sub(earlier)?;
        }
        since.sum = since.sum.saturating_sub(earlier.sum);
        Some(since)
    }

    /// How many there are.
    pub fn count(&self) -> u64 {
        self.buckets.iter().sum()
    }

    /// All of them together, in microseconds.
    pub const fn sum(&self) -> u64 {
        self.sum
    }

    /// How many took longer than the bound below each bucket, up to its own; the last has no bound.
    pub fn buckets(&self) -> impl Iterator<Item = (Option<u64>, u64)> + '_ {
        let bounds = Self::BOUNDS.into_iter().map(Some).chain([None]);
        bounds.zip(self.buckets)
    }

    /// The duration that so many of a thousand were not longer than, in microseconds: the bound of the
    /// bucket it lies in. `None` before the first; the last bound if it lies beyond.
    pub fn permille(&self, permille: u64) -> Option<u64> {
        let rank = (self.count() * permille).div_ceil(1_000).max(1);
        let mut below = 0;
        for (bound, count) in self.buckets() {
            below += count;
            if below >= rank {
                return Some(bound.unwrap_or(Self::BOUNDS[Self::BOUNDS.len() - 1]));
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(durations: &[u64], permille: u64, expected: Option<u64>) {
        let mut histogram = Histogram::default();
        for &micros in durations {
            histogram.add(micros);
        }
        assert_eq!(histogram.permille(permille), expected, "{durations:?}");
    }

    #[test]
    fn a_quantile_is_the_bound_of_its_bucket() {
        check(&[], 500, None);
        check(&[3], 500, Some(5));
        check(&[1, 1, 1, 900], 500, Some(1));
        check(&[1, 1, 1, 900], 990, Some(1_000));
        check(&[7_000_000], 500, Some(1_000_000));
    }

    #[test]
    fn two_add_up() {
        let (mut one, mut other) = (Histogram::default(), Histogram::default());
        one.add(3);
        other.add(30);
        one.merge(&other);
        assert_eq!((one.count(), one.sum()), (2, 33));
    }
}
