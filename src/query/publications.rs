//! An author's stories from the publisher's side: which are published, and their likes.

use serde::{Deserialize, Serialize};

use super::Query;
use crate::{
    Millis, Quire, Tags,
    ids::{StoryId, UserId},
    kinds::Area,
    tag::Tag,
    text::Title,
};

/// The stories that an author has published or could publish.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Publications {
    /// Whose.
    pub viewer: UserId,
}

/// A story that is out, or could be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Publication {
    /// The story.
    pub story: StoryId,
    /// Its title.
    pub title: Title,
    /// When it was published, if it is out.
    pub published_at: Option<Millis>,
    /// How many chapters it has.
    pub chapters: u32,
    /// How many of them are published.
    pub published_chapters: u32,
    /// How many words it has.
    pub words: u32,
    /// How many people like it.
    pub likes: u32,
}

impl Query for Publications {
    type Nouns = Quire;
    type Output = Vec<Publication>;
    const NAME: &'static str = "publications";
    const VERSION: u32 = 3;
    const AREA: Area = Area::Publish;

    fn viewer(&self) -> Option<UserId> {
        Some(self.viewer)
    }

    fn tags(&self, stories: &Vec<Publication>) -> Tags {
        Tags::of(Tag::Author(self.viewer), stories.iter().map(|story| Tag::Likes(story.story)))
    }
}
