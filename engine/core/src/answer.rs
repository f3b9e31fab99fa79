//! An answer on its way to its asker.

use serde::{Deserialize, Serialize};

use crate::{entry::Entry, nouns::Noun};

/// An Entry as it is handed out, with an honest word about its state.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(bound(serialize = "V: Serialize", deserialize = "V: Deserialize<'de>"))]
pub struct Answer<V, T: Noun> {
    /// What was read, when, and what it depends on.
    pub entry: Entry<V, T>,
    /// It is known to be old, and nothing newer could be had (rule 9). Never so for what was evicted.
    pub stale: bool,
    /// It may be kept. Answers of an area whose caches are off may not.
    pub keep: bool,
}
