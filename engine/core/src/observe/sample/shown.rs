//! An answer that somebody was given, and what its giver knew then.

use serde::{Deserialize, Serialize};

use crate::{key::Key, nouns::Noun, observe::metrics::Tier, seq::Seq, tag::Tags};

/// An answer that somebody was given, and what its giver knew then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound = "")]
pub struct Shown<T: Noun> {
    /// The question.
    pub key: Key,
    /// What answered it.
    pub tier: Tier,
    /// What the answer depends on.
    pub tags: Tags<T>,
    /// The position at which it was said to be true.
    pub as_of: Seq,
    /// Every directive up to here had been applied by whoever gave it.
    pub watermark: Seq,
    /// What the asker had seen.
    pub seen: Seq,
    /// It was marked as perhaps old, because nothing newer could be had (rule 9).
    pub marked: bool,
}
