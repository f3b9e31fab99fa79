//! A story's cast: its characters and settings, the author's notebook.

use serde::{Deserialize, Serialize};

use super::Query;
use crate::{
    Quire, Tags,
    ids::{CastId, StoryId, UserId},
    kinds::{Area, CastKind},
    rev::Rev,
    tag::Tag,
    text::{Name, Note},
};

/// The characters and settings of one's own story.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cast {
    /// Whose.
    pub viewer: UserId,
    /// The story.
    pub story: StoryId,
}

/// A character or a setting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CastMember {
    /// A person or a place.
    pub kind: CastKind,
    /// The character or the setting.
    pub member: CastId,
    /// What they are called.
    pub name: Name,
    /// What they are like.
    pub description: Note,
    /// How often that was saved.
    pub rev: Rev,
}

impl Query for Cast {
    type Nouns = Quire;
    /// The characters by name, then the settings.
    type Output = Vec<CastMember>;
    const NAME: &'static str = "cast";
    const VERSION: u32 = 3;
    const AREA: Area = Area::Writing;

    fn viewer(&self) -> Option<UserId> {
        Some(self.viewer)
    }

    fn tags(&self, cast: &Vec<CastMember>) -> Tags {
        // The story's own tags are not here on purpose: a saved scene leaves the notebook alone.
        Tags::of(Tag::Cast(self.story), cast.iter().map(|one| Tag::cast_member(one.kind, one.member)))
    }
}
