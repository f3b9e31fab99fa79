//! A story's title page: what it is, and its table of contents, a page at a time.

use serde::{Deserialize, Serialize};

use super::{Query, StoryCard};
use crate::{
    Millis, Quire, Tags,
    ids::{ChapterId, PartId, StoryId, UserId},
    kinds::Area,
    tag::Tag,
    text::Heading,
};

/// A published story's title page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoryPage {
    /// The story.
    pub story: StoryId,
    /// The page of its contents, from 0.
    #[serde(default, skip_serializing_if = "super::is_first")]
    pub page: u32,
}

impl StoryPage {
    /// How many chapters are on a page of the contents.
    pub const CHAPTERS: u32 = 200;

    /// Its first page.
    pub const fn first(story: StoryId) -> Self {
        Self { story, page: 0 }
    }
}

/// What a title page shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoryFront {
    /// The story as lists show it.
    pub card: StoryCard,
    /// When its newest chapter was published first.
    pub updated_at: Millis,
    /// The table of contents: the parts that have chapters on this page.
    pub parts: Vec<ListedPart>,
    /// How many published chapters the story has.
    pub chapters: u32,
    /// The first of them.
    pub first: Option<ChapterId>,
}

/// A part in the table of contents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedPart {
    /// The part.
    pub part: PartId,
    /// Its title, if it has one.
    pub title: Heading,
    /// Its chapters on this page.
    pub chapters: Vec<ListedChapter>,
}

/// A chapter in the table of contents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedChapter {
    /// The chapter.
    pub chapter: ChapterId,
    /// Its number in the story, from 1.
    pub number: u32,
    /// Its title, if it has one.
    pub title: Heading,
    /// How many words it has.
    pub words: u32,
}

impl Query for StoryPage {
    type Nouns = Quire;
    type Output = StoryFront;
    const NAME: &'static str = "story-page";
    const VERSION: u32 = 4;
    const AREA: Area = Area::Reading;

    fn viewer(&self) -> Option<UserId> {
        None
    }

    fn tags(&self, front: &StoryFront) -> Tags {
        Tags::of(Tag::Story(self.story), [Tag::Contents(self.story), Tag::Likes(self.story), front.card.author.tag()])
    }
}
