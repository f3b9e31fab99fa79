//! Who is looking.

use serde::{Deserialize, Serialize};

use crate::{Millis, ids::UserId, kinds::Role, text::Name};

/// A signed-in person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Viewer {
    /// Who.
    pub user: UserId,
    /// Their name.
    pub name: Name,
    /// What they may do.
    pub role: Role,
    /// Until when they read only, if they are suspended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suspended_until: Option<Millis>,
}
