//! One thing that happened in a tier.

use serde::{Deserialize, Serialize};

use super::Tier;
use crate::{key::Key, seq::Millis};

/// An event in a tier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// It had the answer.
    Hit,
    /// It had not, or not a valid one.
    Miss,
    /// It had one that could not be confirmed, and showed it marked as such (rule 9).
    Stale,
    /// It fetched an answer before a question: a likely next one, or a new one for a screen that became old. That is no
    /// miss. The hits tell whether it was worth it.
    Ahead,
    /// An answer became old.
    Invalidation,
    /// It could not do its work.
    Error,
}

impl Outcome {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::Hit, Self::Miss, Self::Stale, Self::Ahead, Self::Invalidation, Self::Error];

    /// Its name on screen and in metrics.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Hit => "hit",
            Self::Miss => "miss",
            Self::Stale => "stale",
            Self::Ahead => "ahead",
            Self::Invalidation => "invalidation",
            Self::Error => "error",
        }
    }
}

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CacheEvent {
    /// When.
    pub at: Millis,
    /// Where.
    pub tier: Tier,
    /// What.
    pub outcome: Outcome,
    /// To which answer, or by which tag.
    pub key: Key,
    /// How long it took, in microseconds, where that was measured.
    pub micros: Option<u64>,
    /// How many bytes were answered, where they are known.
    pub bytes: Option<u64>,
}
