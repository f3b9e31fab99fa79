//! One's own trash.

use serde::{Deserialize, Serialize};

use super::Query;
use crate::{Quire, Tags, TrashItem, ids::UserId, kinds::Area, tag::Tag};

/// What one has deleted and can have back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trash {
    /// Whose.
    pub viewer: UserId,
    /// Which page, from 0.
    #[serde(default, skip_serializing_if = "super::is_first")]
    pub page: u32,
}

/// A page of the trash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrashPage {
    /// What is there, the last deleted first.
    pub items: Vec<TrashItem>,
    /// Whether there is more.
    pub more: bool,
}

impl Query for Trash {
    type Nouns = Quire;
    type Output = TrashPage;
    const NAME: &'static str = "trash";
    const AREA: Area = Area::Writing;

    fn viewer(&self) -> Option<UserId> {
        Some(self.viewer)
    }

    fn tags(&self, _: &TrashPage) -> Tags {
        Tags::of(Tag::Trash(self.viewer), [])
    }
}
