//! What a follower says of an Entry, and why.

use serde::{Deserialize, Serialize};

use crate::{seq::Seq, tag::Tag};

/// What may be done with an Entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Judgement {
    /// It is current as far as this follower knows the log.
    Fresh,
    /// Something newer is known: it may be shown only while it is fetched anew.
    Stale(Cause),
    /// It must never be shown again.
    Evicted(Cause),
}

/// Why an Entry is not fresh.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Cause {
    /// This tag changed at this position.
    Tag(Tag, Seq),
    /// The follower has not read the log before this position, and will not guess.
    Floor(Seq),
}

impl Judgement {
    /// Whether the Entry may be served as current.
    pub const fn is_fresh(self) -> bool {
        match self {
            Self::Fresh => true,
            Self::Stale(_) | Self::Evicted(_) => false,
        }
    }
}
