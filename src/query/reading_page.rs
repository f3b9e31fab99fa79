//! A reading page: one chapter's text.

use serde::{Deserialize, Serialize};

use super::{Person, Query};
use crate::{
    Millis, Quire, Tags,
    ids::{ChapterId, StoryId, UserId},
    kinds::{Area, Format, Language},
    policy,
    prose::Prose,
    tag::Tag,
    text::{Heading, Title},
};

/// A chapter of a published story.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadingPage {
    /// The story.
    pub story: StoryId,
    /// The chapter.
    pub chapter: ChapterId,
}

/// What a reading page shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChapterText {
    /// The story's title.
    pub story_title: Title,
    /// Novel or comic.
    pub format: Format,
    /// In which language it is.
    pub language: Language,
    /// Who wrote it.
    pub author: Person,
    /// The part's title, if it has one.
    pub part_title: Heading,
    /// The chapter's title, if it has one.
    pub title: Heading,
    /// Its number in the story, from 1.
    pub number: u32,
    /// How many chapters the story has.
    pub of: u32,
    /// When it was published first.
    pub published_at: Millis,
    /// The text, scene by scene.
    pub scenes: Vec<Prose>,
    /// The chapter before.
    pub previous: Option<Neighbour>,
    /// The chapter after.
    pub next: Option<Neighbour>,
}

/// The chapter before or after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Neighbour {
    /// The chapter.
    pub chapter: ChapterId,
    /// Its number in the story, from 1.
    pub number: u32,
    /// Its title, if it has one.
    pub title: Heading,
}

impl Query for ReadingPage {
    type Nouns = Quire;
    type Output = ChapterText;
    const NAME: &'static str = "reading-page";
    /// 5: it has its day.
    const VERSION: u32 = 5;
    const AREA: Area = Area::Reading;

    fn viewer(&self) -> Option<UserId> {
        None
    }

    fn browser_lifetime() -> i64 {
        policy::JOURNEY
    }

    fn tags(&self, text: &ChapterText) -> Tags {
        Tags::of(Tag::Chapter(self.chapter), [Tag::Contents(self.story), text.author.tag()])
    }
}
