//! Revisions: how often something was saved.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// How often something was saved. A save names the revision it began from, and is refused when
/// that is no longer the last one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Rev(pub i64);

/// A newer save: its revision, and its texts, by the names of the fields that change them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Newer {
    /// The revision.
    pub rev: Rev,
    /// The texts.
    pub texts: BTreeMap<String, String>,
}
