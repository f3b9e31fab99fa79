//! Replacing words through a whole story: what is chosen, what was done, and what is undone.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::{ids::SceneId, rev::Rev};

/// A scene in which words are replaced, as its author saw it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChosenScene {
    /// The scene.
    pub scene: SceneId,
    /// Its revision then.
    pub base: Rev,
    /// The revision of its working copy then; 0 if there never was one.
    pub kept: Rev,
    /// The matches that stay as they are, from 0.
    #[serde(default)]
    pub left_out: BTreeSet<u32>,
}

/// Scenes in which words are replaced at once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<ChosenScene>", into = "Vec<ChosenScene>")]
pub struct ChosenScenes(Vec<ChosenScene>);

/// They are too many, or the same one twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("Please choose 500 scenes at most, and each once.")]
pub struct NotAChoice;

/// What was replaced, and all that takes it back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replaced {
    /// In how many places, as their author saw them.
    pub places: u32,
    /// The scenes.
    pub scenes: Vec<ReplacedIn>,
}

/// A scene in which words were replaced: what it has now, and the versions that it had before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplacedIn {
    /// The scene.
    pub scene: SceneId,
    /// Its revision since.
    pub rev: Rev,
    /// The revision of its working copy since; 0 if there never was one.
    pub kept: Rev,
    /// The number of the version that was its text, if words were replaced in that.
    pub saved: Option<u32>,
    /// The number of the version that was its working copy, if there was one.
    pub typed: Option<u32>,
}

/// What came of taking it back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unreplaced {
    /// How many scenes are as they were.
    pub scenes: u32,
    /// How many stay as they are, because they were changed since.
    pub left: u32,
}

impl ChosenScenes {
    /// The most scenes.
    pub const MOST: usize = 500;

    /// One after the other.
    pub fn iter(&self) -> impl Iterator<Item = &ChosenScene> {
        self.0.iter()
    }
}

impl TryFrom<Vec<ChosenScene>> for ChosenScenes {
    type Error = NotAChoice;
    fn try_from(scenes: Vec<ChosenScene>) -> Result<Self, NotAChoice> {
        let each: BTreeSet<_> = scenes.iter().map(|chosen| chosen.scene).collect();
        if scenes.len() <= Self::MOST && each.len() == scenes.len() { Ok(Self(scenes)) } else { Err(NotAChoice) }
    }
}

impl From<ChosenScenes> for Vec<ChosenScene> {
    fn from(scenes: ChosenScenes) -> Self {
        scenes.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn so_many_scenes_and_each_once() {
        let chosen = |id| ChosenScene {
            scene: SceneId::from_bits(id),
            base: Rev(1),
            kept: Rev(0),
            left_out: BTreeSet::default(),
        };
        for (scenes, fits) in [
            (vec![], true),
            (vec![chosen(1), chosen(2)], true),
            (vec![chosen(1), chosen(1)], false),
            ((0..500).map(chosen).collect(), true),
            ((0..501).map(chosen).collect(), false),
        ] {
            assert_eq!(ChosenScenes::try_from(scenes).is_ok(), fits);
        }
    }
}
