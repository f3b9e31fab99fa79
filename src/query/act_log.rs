//! The record of what was done in moderation, for those who look after the place.

use serde::{Deserialize, Serialize};

use super::{Person, Query};
use crate::{
    Millis, Quire, Tags,
    ids::{ActId, UserId},
    kinds::{ActKind, Area},
    moderation::Reportable,
    tag::Tag,
    text::Note,
};

/// A page of the record, the last first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActLog {
    /// The manager.
    pub viewer: UserId,
    /// Which page, from 0.
    #[serde(default, skip_serializing_if = "super::is_first")]
    pub page: u32,
}

/// A page of the record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActPage {
    /// What was done.
    pub acts: Vec<Act>,
    /// Whether there is more.
    pub more: bool,
}

/// Something that was done. It is never changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Act {
    /// Its name.
    pub act: ActId,
    /// When.
    pub at: Millis,
    /// What.
    pub kind: ActKind,
    /// By whom: a manager, or the person who answers.
    pub by: Person,
    /// The person it is about, if it is about one.
    pub about: Option<Person>,
    /// The thing it is about, if it is about one.
    pub what: Option<Reportable>,
    /// Its title then, if it had one.
    pub title: String,
    /// What the person was told, or answers.
    pub told: String,
    /// What managers noted for each other.
    pub note: Note,
    /// Until when, of a suspension.
    pub until: Option<Millis>,
}

impl Act {
    /// What an answer depends on that names the people in it.
    pub(super) fn people(&self) -> impl Iterator<Item = Tag> {
        [self.by.tag()].into_iter().chain(self.about.as_ref().map(Person::tag))
    }
}

impl ActLog {
    /// How many acts are on a page.
    pub const PAGE: u32 = 50;
}

impl Query for ActLog {
    type Nouns = Quire;
    type Output = ActPage;
    const NAME: &'static str = "act-log";
    const AREA: Area = Area::Community;

    fn viewer(&self) -> Option<UserId> {
        Some(self.viewer)
    }

    fn tags(&self, page: &ActPage) -> Tags {
        Tags::of(Tag::Moderation, [Tag::Viewer(self.viewer)].into_iter().chain(page.acts.iter().flat_map(Act::people)))
    }
}
