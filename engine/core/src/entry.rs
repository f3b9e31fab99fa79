//! An Entry: a cached answer, and the position in the log at which it was true.

use serde::{Deserialize, Serialize};

use crate::{
    nouns::Noun,
    seq::{Millis, Seq},
    tag::Tags,
};

/// A cached answer.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(bound(serialize = "V: Serialize", deserialize = "V: Deserialize<'de>"))]
pub struct Entry<V, T: Noun> {
    /// What was read.
    pub value: V,
    /// What it depends on.
    pub tags: Tags<T>,
    /// The log's head when it was read, taken before the value in the same snapshot.
    pub as_of: Seq,
    /// When it was read.
    pub stored_at: Millis,
}

impl<V, T: Noun> Entry<V, T> {
    /// The same answer with its value made into something else.
    pub fn map<U>(self, make: impl FnOnce(V) -> U) -> Entry<U, T> {
        Entry { value: make(self.value), tags: self.tags, as_of: self.as_of, stored_at: self.stored_at }
    }

    /// Whether this answer may take the place of one read at `held`: no tier goes back (rule 4).
    pub fn may_replace(&self, held: Seq) -> bool {
        self.as_of >= held
    }
}
