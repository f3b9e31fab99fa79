//! What a mutation's answer brings along: answers that it made old, read anew after the commit.

use serde::{Deserialize, Serialize};

use crate::{query::Key, shelf::Record};

/// A question that its asker has on screen, answered anew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fresh {
    /// The question.
    pub key: Key,
    /// The answer, as a browser keeps it.
    pub record: Record,
}
