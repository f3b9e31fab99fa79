//! What a mutation's answer brings along: answers that it made old, read anew after the commit.

use serde::{Deserialize, Serialize};

use crate::{client_cache::Record, key::Key, nouns::Nouns};

/// A question that its asker has on screen, answered anew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound = "")]
pub struct Fresh<N: Nouns> {
    /// The question.
    pub key: Key,
    /// The answer, as a browser keeps it.
    pub record: Record<N>,
}
