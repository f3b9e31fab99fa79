//! Who is looking.

use serde::{Deserialize, Serialize};

use crate::{ids::UserId, kinds::Role, text::Name};

/// Somebody signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Viewer {
    /// Who.
    pub user: UserId,
    /// What they are called.
    pub name: Name,
    /// What they may do.
    pub role: Role,
}
