//! A scene as its author edits it.

use serde::{Deserialize, Serialize};

use super::Query;
use crate::{
    Millis, Quire, Tags,
    ids::{SceneId, UserId},
    kinds::Area,
    path::ScenePath,
    rev::Rev,
    tag::Tag,
    text::{Body, Heading, Note},
    working_copy::WorkingCopy,
};

/// One's own scene, with its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SceneDraft {
    /// Whose.
    pub viewer: UserId,
    /// The scene.
    pub scene: SceneId,
}

/// A scene with its text and its author's notes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scene {
    /// Where it stands.
    pub at: ScenePath,
    /// Its title, if it has one.
    pub title: Heading,
    /// Its text, as it was typed.
    pub content: Body,
    /// The goal of a person in it.
    pub goal: Note,
    /// The obstacle.
    pub conflict: Note,
    /// The result.
    pub outcome: Note,
    /// How often it was saved. A save is checked against it, so that no text is overwritten unseen.
    pub rev: Rev,
    /// When it was last saved.
    pub updated_at: Millis,
    /// The revision of its working copy, open or not; 0 if there never was one.
    pub kept: Rev,
    /// What was typed and is not saved, if there is anything.
    pub working: Option<WorkingCopy>,
}

impl Query for SceneDraft {
    type Nouns = Quire;
    type Output = Scene;
    const NAME: &'static str = "scene-draft";
    /// 3: it has a working copy.
    const VERSION: u32 = 3;
    const AREA: Area = Area::Writing;

    fn viewer(&self) -> Option<UserId> {
        Some(self.viewer)
    }

    fn tags(&self, scene: &Scene) -> Tags {
        Tags::of(Tag::Scene(self.scene), [Tag::Outline(scene.at.story)])
    }
}
