//! Policies: how long an answer may be kept, and where.

use serde::Serialize;

use crate::kinds::Area;

/// How long an answer may be kept. Nothing here makes an answer right, only [`crate::Follower`]
/// does: lifetimes bound memory, and what may be shown when the database can't be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Policy {
    /// Milliseconds after which an Entry is dropped from every tier.
    pub keep_for: i64,
}

impl Policy {
    /// What everybody may read: 30 minutes.
    pub const PUBLISHED: Self = Self { keep_for: 30 * 60_000 };
    /// What an author is working on: 3 minutes.
    pub const DRAFT: Self = Self { keep_for: 3 * 60_000 };
    /// What a community says: 10 minutes.
    pub const TALK: Self = Self { keep_for: 10 * 60_000 };

    /// What an area's answers are kept by, where a query doesn't choose.
    pub const fn of(area: Area) -> Self {
        match area {
            Area::Writing | Area::Publish => Self::DRAFT,
            Area::Reading => Self::PUBLISHED,
            Area::Community | Area::Analytics => Self::TALK,
        }
    }
}
