//! An answer that an asker was given, and the positions that its giver knew then.

use serde::{Deserialize, Serialize};

use crate::{key::Key, nouns::Noun, observe::metrics::Tier, seq::Seq, tag::Tags};

/// An answer that an asker was given, and the positions that its giver knew then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound = "")]
pub struct Shown<T: Noun> {
    /// The question.
    pub key: Key,
    /// The tier that answered it.
    pub tier: Tier,
    /// The answer's tags.
    pub tags: Tags<T>,
    /// The position at which it was said to be true.
    pub as_of: Seq,
    /// The giver had applied every directive up to here.
    pub watermark: Seq,
    /// The asker's Seen.
    pub seen: Seq,
    /// It was marked as perhaps old, because nothing newer could be had (rule 9).
    pub marked: bool,
}
