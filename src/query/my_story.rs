//! What a story is to one person: where they are in it, what they read of it, and whether they follow it.

use serde::{Deserialize, Serialize};

use super::Query;
use crate::{
    Quire, Tags,
    bookmark::ReadOn,
    ids::{ChapterId, StoryId, UserId},
    kinds::Area,
    tag::Tag,
};

/// What a published story is to the viewer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MyStory {
    /// Who.
    pub viewer: UserId,
    /// The story.
    pub story: StoryId,
}

/// Beside what everybody is told of the story.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MineOfStory {
    /// Whether they follow it.
    pub follows: bool,
    /// Whether they follow its author.
    pub follows_author: bool,
    /// Where they go on, if they began it and there is more to read.
    pub read_on: Option<ReadOn>,
    /// The chapters that they read to the end, in the order of their ids.
    pub read: Vec<ChapterId>,
}

impl MineOfStory {
    /// Whether they read this chapter to its end.
    pub fn has_read(&self, chapter: ChapterId) -> bool {
        self.read.binary_search(&chapter).is_ok()
    }
}

impl Query for MyStory {
    type Nouns = Quire;
    type Output = MineOfStory;
    const NAME: &'static str = "my-story";
    const AREA: Area = Area::Reading;

    fn viewer(&self) -> Option<UserId> {
        Some(self.viewer)
    }

    fn tags(&self, _: &MineOfStory) -> Tags {
        Tags::of(Tag::Reader(self.viewer), [Tag::Contents(self.story)])
    }
}
