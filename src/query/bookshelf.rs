//! An author's own stories, as the studio lists them.

use serde::{Deserialize, Serialize};

use super::Query;
use crate::{
    Millis, Quire, Tags,
    ids::{StoryId, UserId},
    kinds::{Area, Format, Genre},
    tag::Tag,
    text::{Note, Title},
};

/// An author's stories, the last touched first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bookshelf {
    /// Whose.
    pub viewer: UserId,
}

/// One of one's own stories.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnStory {
    /// The story.
    pub story: StoryId,
    /// Its title.
    pub title: Title,
    /// What it is about.
    pub blurb: Note,
    /// Novel or comic.
    pub format: Format,
    /// Its genre.
    pub genre: Genre,
    /// Whether everybody may read it.
    pub published: bool,
    /// How many words it has.
    pub words: u32,
    /// When anything in it was last changed.
    pub updated_at: Millis,
}

impl Query for Bookshelf {
    type Nouns = Quire;
    type Output = Vec<OwnStory>;
    const NAME: &'static str = "bookshelf";
    const AREA: Area = Area::Writing;

    fn viewer(&self) -> Option<UserId> {
        Some(self.viewer)
    }

    fn tags(&self, _: &Vec<OwnStory>) -> Tags {
        Tags::of(Tag::Author(self.viewer), [])
    }
}
