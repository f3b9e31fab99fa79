//! Paths: where something stands, with everything above it.
//!
//! A path carries its ancestors, so a scene's path is enough to name everything that a change to it makes old, and no
//! `Option` parent needs checking.

use serde::{Deserialize, Serialize};

use crate::ids::{ChapterId, PartId, SceneId, StoryId, UserId};

/// A story, and whose it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct StoryPath {
    /// Who writes it.
    pub author: UserId,
    /// The story.
    pub story: StoryId,
}

/// A part, in its story.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PartPath {
    /// Who writes it.
    pub author: UserId,
    /// The story it stands in.
    pub story: StoryId,
    /// The part.
    pub part: PartId,
}

/// A chapter, in its part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ChapterPath {
    /// Who writes it.
    pub author: UserId,
    /// The story it stands in.
    pub story: StoryId,
    /// The part it stands in.
    pub part: PartId,
    /// The chapter.
    pub chapter: ChapterId,
}

/// A scene, in its chapter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ScenePath {
    /// Who writes it.
    pub author: UserId,
    /// The story it stands in.
    pub story: StoryId,
    /// The part it stands in.
    pub part: PartId,
    /// The chapter it stands in.
    pub chapter: ChapterId,
    /// The scene.
    pub scene: SceneId,
}

impl StoryPath {
    /// The path of one of its parts.
    pub const fn part(self, part: PartId) -> PartPath {
        PartPath { author: self.author, story: self.story, part }
    }
}

impl PartPath {
    /// The story above.
    pub const fn above(self) -> StoryPath {
        StoryPath { author: self.author, story: self.story }
    }

    /// The path of one of its chapters.
    pub const fn chapter(self, chapter: ChapterId) -> ChapterPath {
        ChapterPath { author: self.author, story: self.story, part: self.part, chapter }
    }
}

impl ChapterPath {
    /// The part above.
    pub const fn above(self) -> PartPath {
        PartPath { author: self.author, story: self.story, part: self.part }
    }

    /// The path of one of its scenes.
    pub const fn scene(self, scene: SceneId) -> ScenePath {
        ScenePath { author: self.author, story: self.story, part: self.part, chapter: self.chapter, scene }
    }
}

impl ScenePath {
    /// The chapter above.
    pub const fn above(self) -> ChapterPath {
        ChapterPath { author: self.author, story: self.story, part: self.part, chapter: self.chapter }
    }
}
