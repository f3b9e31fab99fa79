//! Where words stand in a whole story, as its author sees it.

use serde::{Deserialize, Serialize};

use super::Query;
use crate::{
    Key, Policy, Quire, Tags,
    excerpt::Excerpt,
    ids::{SceneId, StoryId, UserId},
    kinds::Area,
    needle::Needle,
    rev::Rev,
    tag::Tag,
};

/// The matches in one's own story: in what is typed into a scene, or else in what is saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoryMatches {
    /// Whose.
    pub viewer: UserId,
    /// The story.
    pub story: StoryId,
    /// What is looked for.
    pub needle: Needle,
}

/// What was found, in reading order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundInStory {
    /// How many matches there are.
    pub count: u32,
    /// In how many scenes.
    pub in_scenes: u32,
    /// The first of these scenes.
    pub scenes: Vec<FoundScene>,
}

/// A scene with matches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundScene {
    /// The scene.
    pub scene: SceneId,
    /// Its revision.
    pub rev: Rev,
    /// The revision of its working copy; 0 if there never was one.
    pub kept: Rev,
    /// How many matches it has.
    pub count: u32,
    /// The first of them: all, but in the scenes behind many others.
    pub matches: Vec<Excerpt>,
}

impl StoryMatches {
    /// How many matches are told with the words around them.
    pub const SHOWN: usize = 500;
    /// How many scenes are told.
    pub const SCENES: usize = crate::ChosenScenes::MOST;

    /// Whether this is the key of such a search. The words in it are their author's text, so it is told to no other person.
    pub fn has_key(key: &Key) -> bool {
        key.as_str().split('.').next() == Some(Self::NAME)
    }
}

impl Query for StoryMatches {
    type Nouns = Quire;
    type Output = FoundInStory;
    const NAME: &'static str = "story-matches";
    const AREA: Area = Area::Writing;

    /// People look for everything imaginable once.
    fn policy() -> Policy {
        Policy::minutes(2)
    }

    fn viewer(&self) -> Option<UserId> {
        Some(self.viewer)
    }

    fn tags(&self, _: &FoundInStory) -> Tags {
        Tags::of(Tag::Words(self.story), [Tag::Outline(self.story)])
    }
}
