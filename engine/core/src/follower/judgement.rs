//! What a follower says of an Entry, and why.

use serde::{Deserialize, Serialize};

use crate::seq::Seq;

/// What may be done with an Entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Judgement<T> {
    /// It is current as far as this follower knows the log.
    Fresh,
    /// Something newer is known: it may be shown only while it is fetched anew.
    Stale(Cause<T>),
    /// It must never be shown again.
    Evicted(Cause<T>),
}

/// Why an Entry is not fresh.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Cause<T> {
    /// This tag changed at this position.
    Tag(T, Seq),
    /// The follower has not read the log before this position, and will not guess.
    Floor(Seq),
}

impl<T> Cause<T> {
    /// Its position.
    pub const fn at(&self) -> Seq {
        match self {
            Self::Tag(_, at) | Self::Floor(at) => *at,
        }
    }
}

impl<T: Copy> Judgement<T> {
    /// Whether the Entry may be served as current.
    pub const fn is_fresh(self) -> bool {
        match self {
            Self::Fresh => true,
            Self::Stale(_) | Self::Evicted(_) => false,
        }
    }
}
