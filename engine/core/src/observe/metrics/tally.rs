//! Counts of one tier.

use serde::{Deserialize, Serialize};

use super::Outcome;

/// Counts of one tier.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Answers it had.
    pub hits: u64,
    /// Answers it had not.
    pub misses: u64,
    /// Answers it showed though they could not be confirmed.
    pub stale: u64,
    /// Answers it fetched before the first question.
    pub ahead: u64,
    /// Answers that became old.
    pub invalidations: u64,
    /// Times it could not do its work.
    pub errors: u64,
}

impl Tally {
    /// How often it was asked and could say whether it had the answer.
    pub const fn asked(self) -> u64 {
        self.hits + self.misses
    }

    /// Hits among hits and misses, from 0 to 1; `None` before the first.
    #[expect(clippy::cast_precision_loss, reason = "a rate for people, from counts far below 2^52")]
    pub fn hit_rate(self) -> Option<f64> {
        (self.asked() > 0).then(|| self.hits as f64 / self.asked() as f64)
    }

    /// How often this happened.
    pub const fn of(self, outcome: Outcome) -> u64 {
        match outcome {
            Outcome::Hit => self.hits,
            Outcome::Miss => self.misses,
            Outcome::Stale => self.stale,
            Outcome::Ahead => self.ahead,
            Outcome::Invalidation => self.invalidations,
            Outcome::Error => self.errors,
        }
    }

    /// Counts one.
    pub const fn add(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Hit => self.hits += 1,
            Outcome::Miss => self.misses += 1,
            Outcome::Stale => self.stale += 1,
            Outcome::Ahead => self.ahead += 1,
            Outcome::Invalidation => self.invalidations += 1,
            Outcome::Error => self.errors += 1,
        }
    }

    /// Adds what another counted.
    pub const fn merge(&mut self, other: Self) {
        self.hits += other.hits;
        self.misses += other.misses;
        self.stale += other.stale;
        self.ahead += other.ahead;
        self.invalidations += other.invalidations;
        self.errors += other.errors;
    }
}
