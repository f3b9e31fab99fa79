//! Revisions: how often something was saved.

use serde::{Deserialize, Serialize};

/// How often something was saved. A save names the revision it began from, and is refused when
/// that is no longer the last one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Rev(pub i64);
