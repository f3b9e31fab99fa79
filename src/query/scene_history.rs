//! The history of a scene: its versions, and one of them beside today's text.

use serde::{Deserialize, Serialize};

use super::Query;
use crate::{
    Millis, Piece, Quire, Tags,
    device::Device,
    ids::{SceneId, StoryId, UserId},
    kinds::{Area, TextKind, VersionKind},
    rev::Rev,
    tag::Tag,
    text::Heading,
};

/// The versions of one's own scene, the newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SceneHistory {
    /// Whose.
    pub viewer: UserId,
    /// The scene.
    pub scene: SceneId,
    /// Only versions before this number: the last one of the page before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<u32>,
}

/// A page of versions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VersionList {
    /// The story that the scene is in.
    pub story: StoryId,
    /// The scene's title, if it has one.
    pub title: Heading,
    /// The versions, the newest first.
    pub versions: Vec<VersionLine>,
    /// Whether there are older ones.
    pub more: bool,
}

/// A version in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VersionLine {
    /// Its number: the versions of a scene are counted from 1.
    pub number: u32,
    /// How it came about.
    pub kind: VersionKind,
    /// When.
    pub saved_at: Millis,
    /// With what.
    pub device: Device,
    /// How many words it has.
    pub words: u32,
    /// How many more than the one before, or less.
    pub more_words: Option<i64>,
}

/// A version of one's own scene, beside today's text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SceneVersion {
    /// Whose.
    pub viewer: UserId,
    /// The scene.
    pub scene: SceneId,
    /// The version's number.
    pub number: u32,
}

/// A version, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VersionText {
    /// How it came about.
    pub kind: VersionKind,
    /// When.
    pub saved_at: Millis,
    /// With what.
    pub device: Device,
    /// How many words it has.
    pub words: u32,
    /// Today's revision of the scene.
    pub now: Rev,
    /// The version that has today's text. There is none before the first save.
    pub today: Option<u32>,
    /// What became of its texts, word by word: the scene's text always, the others if they changed.
    pub difference: Vec<(TextKind, Vec<Piece>)>,
}

impl Query for SceneHistory {
    type Nouns = Quire;
    type Output = VersionList;
    const NAME: &'static str = "scene-history";
    const AREA: Area = Area::Writing;

    fn viewer(&self) -> Option<UserId> {
        Some(self.viewer)
    }

    fn tags(&self, _: &VersionList) -> Tags {
        Tags::of(Tag::Scene(self.scene), [Tag::Person(self.viewer)])
    }
}

impl Query for SceneVersion {
    type Nouns = Quire;
    type Output = VersionText;
    const NAME: &'static str = "scene-version";
    const AREA: Area = Area::Writing;

    fn viewer(&self) -> Option<UserId> {
        Some(self.viewer)
    }

    fn tags(&self, _: &VersionText) -> Tags {
        Tags::of(Tag::Scene(self.scene), [Tag::Person(self.viewer)])
    }
}
