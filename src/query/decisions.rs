//! What managers decided about a person and their texts, as that person is told.

use serde::{Deserialize, Serialize};

use super::Query;
use crate::{
    Millis, Quire, Tags,
    ids::{ActId, UserId},
    kinds::{ActKind, Area},
    moderation::Reportable,
    tag::Tag,
};

/// What was decided about the viewer, the last first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decisions {
    /// Who.
    pub viewer: UserId,
}

/// A decision. Who made it is not told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// Its name.
    pub act: ActId,
    /// When.
    pub at: Millis,
    /// What was done.
    pub kind: ActKind,
    /// About what, if not about the account.
    pub what: Option<Reportable>,
    /// Its title then, if it had one.
    pub title: String,
    /// The text then, or its beginning.
    pub text: String,
    /// Why.
    pub told: String,
    /// Until when, of a suspension.
    pub until: Option<Millis>,
    /// What the viewer answered.
    pub answer: Option<String>,
}

impl Decisions {
    /// How many there are at most.
    pub const MOST: u32 = 20;
}

impl Query for Decisions {
    type Nouns = Quire;
    type Output = Vec<Decision>;
    const NAME: &'static str = "decisions";
    const AREA: Area = Area::Reading;

    fn viewer(&self) -> Option<UserId> {
        Some(self.viewer)
    }

    fn tags(&self, _: &Vec<Decision>) -> Tags {
        Tags::of(Tag::Reader(self.viewer), [])
    }
}
