//! A Record: one query's answer as a browser keeps it.

use serde::{Deserialize, Serialize};

use crate::{
    nouns::Nouns,
    seq::{Millis, Seq},
    tag::Tags,
};

/// An answer with everything needed to judge it, its value still encoded.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(bound = "")]
pub struct Record<N: Nouns> {
    /// The value, as JSON.
    pub body: String,
    /// What it depends on.
    pub tags: Tags<N::Tag>,
    /// The position at which it was true. What it was confirmed up to since is kept beside the record, too.
    pub as_of: Seq,
    /// When this browser got it. Kept beside the record, under its own name in localStorage.
    #[serde(skip)]
    pub stored_at: Millis,
    /// Milliseconds it may be kept.
    pub keep_for: i64,
    /// The page family it serves.
    pub area: N::Area,
    /// Whose it is; `None` if everybody's.
    pub viewer: Option<N::Viewer>,
}

impl<N: Nouns> Record<N> {
    /// About how many bytes it takes in localStorage, beside its key.
    pub fn bytes(&self) -> usize {
        self.body.len() + 64
    }

    /// Whether its lifetime is over. A lifetime is a bound on memory, not a judgement.
    pub(super) const fn is_expired(&self, now: Millis) -> bool {
        now.since(self.stored_at) > self.keep_for
    }
}
