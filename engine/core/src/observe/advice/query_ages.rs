//! What was seen of one query's answers in a node's memory.

use serde::{Deserialize, Serialize};

use super::Ages;

/// What was seen of one query's answers in a node's memory. Recorded at misses and at the end of
/// lives, where a load costs far more; a hit is only counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueryAges {
    /// Answered from memory.
    pub hits: u64,
    /// Memory had nothing: first questions, and answers that had been pushed out.
    pub never_held: u64,
    /// Memory had an answer that was no longer true, expired or not.
    pub invalidated: u64,
    /// Memory had an answer that was still true, of this age, and expired.
    pub expired: Ages,
    /// The age at last use of answers that expired, or were pushed out. Not of those that ended by a
    /// change: no lifetime would have been any different for them.
    pub ended: Ages,
    /// KiB seconds that those were held.
    pub held: u64,
    /// KiB seconds of these after the last use.
    pub idle: u64,
}

/// Why memory did not answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missed {
    /// It had nothing.
    NeverHeld,
    /// What it had was no longer true.
    Invalidated,
    /// What it had was still true, and this many milliseconds old, which was too old.
    Expired {
        /// Since it was read.
        age: i64,
    },
}

/// A life in memory that ended because it was over, or for want of room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Life {
    /// Milliseconds from when it was read until it ended; no more than its lifetime.
    pub lived: i64,
    /// Milliseconds from when it was read until it was used last; 0 if it never was again.
    pub used_until: i64,
    /// Its bytes.
    pub bytes: u64,
}

impl QueryAges {
    /// Counts so many hits: a caller that looks at one in sixteen counts sixteen.
    pub const fn hit(&mut self, hits: u64) {
        self.hits += hits;
    }

    /// Counts a miss.
    pub fn missed(&mut self, why: Missed) {
        match why {
            Missed::NeverHeld => self.never_held += 1,
            Missed::Invalidated => self.invalidated += 1,
            Missed::Expired { age } => self.expired.record(age),
        }
    }

    /// Counts a life that ended.
    pub fn ended(&mut self, life: Life) {
        let used_until = life.used_until.clamp(0, life.lived.max(0));
        let room = |millis: i64| life.bytes.saturating_mul(millis.max(0).unsigned_abs()) / (1_024 * 1_000);
        self.ended.record(used_until);
        self.held += room(life.lived);
        self.idle += room(life.lived - used_until);
    }

    /// All questions that memory did not answer.
    pub fn misses(&self) -> u64 {
        self.never_held + self.invalidated + self.expired.count()
    }

    /// Of 100 bytes and moments that were held, how many came after their last use.
    pub fn idle_percent(&self) -> u64 {
        (self.idle * 100).checked_div(self.held).unwrap_or_default()
    }

    /// Adds what was recorded elsewhere.
    pub fn add(&mut self, other: &Self) {
        self.hits += other.hits;
        self.never_held += other.never_held;
        self.invalidated += other.invalidated;
        self.expired.add(&other.expired);
        self.ended.add(&other.ended);
        self.held += other.held;
        self.idle += other.idle;
    }
}
