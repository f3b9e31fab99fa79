//! Positions in the invalidation log, and moments.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A position in the invalidation log: dense, in commit order. 0 is before the first Change.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Seq(pub u64);

impl Seq {
    /// Before the first Change.
    pub const ZERO: Self = Self(0);

    /// The position after this one.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }

    /// Up to where a record is known to be true that was read here, when a tab has confirmed its own of the same key from
    /// one position to another. Nothing that it depends on changed in between; what lies outside may be another answer.
    #[must_use]
    pub fn confirmed(self, from: Self, to: Self) -> Self {
        if from <= self && self < to { to } else { self }
    }
}

impl fmt::Display for Seq {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A moment: milliseconds since 1970, UTC. It is only shown, and compared with a lease or a lifetime. The order of two
/// answers is judged by [`Seq`], never by a clock.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Millis(pub i64);

impl Millis {
    /// Milliseconds from `earlier` to this moment; 0 if a clock went backwards.
    pub const fn since(self, earlier: Self) -> i64 {
        let passed = self.0.saturating_sub(earlier.0);
        if passed < 0 { 0 } else { passed }
    }
}
