//! One commit, as the log keeps it and as one follower tells another.

use serde::{Deserialize, Serialize};

use crate::{directive::Audience, nouns::Nouns, receipt::Receipt};

/// One row of the invalidation log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound = "")]
pub struct LogRow<N: Nouns> {
    /// Its position, and what it made old.
    pub receipt: Receipt<N>,
    /// Who may be told of it.
    pub audience: Audience<N::Viewer>,
}
