//! One commit, as the log keeps it and as one follower tells another.

use serde::{Deserialize, Serialize};

use crate::{directive::Audience, receipt::Receipt};

/// One row of the invalidation log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogRow {
    /// Its position, and what it made old.
    pub receipt: Receipt,
    /// Who may be told of it.
    pub audience: Audience,
}
