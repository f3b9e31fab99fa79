//! The chapters that were released last, for feeds that readers follow from elsewhere.

use serde::{Deserialize, Serialize};

use super::{Person, Query};
use crate::{
    Millis, Quire, Tags,
    ids::{ChapterId, StoryId, UserId},
    kinds::Area,
    tag::Tag,
    text::{Heading, Title},
};

/// The chapters that readers had first last: of everybody, of one story or of one author.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Releases {
    /// The story, if it is about one.
    pub story: Option<StoryId>,
    /// The author, if it is about one.
    pub author: Option<UserId>,
}

impl Releases {
    /// How many it has at most.
    pub const MOST: u32 = 50;
}

/// A chapter that readers have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Release {
    /// The story.
    pub story: StoryId,
    /// Its title.
    pub story_title: Title,
    /// Who wrote it.
    pub author: Person,
    /// The chapter.
    pub chapter: ChapterId,
    /// Its title, if it has one.
    pub title: Heading,
    /// When readers had it first.
    pub at: Millis,
}

impl Query for Releases {
    type Nouns = Quire;
    type Output = Vec<Release>;
    const NAME: &'static str = "releases";
    const VERSION: u32 = 2;
    const AREA: Area = Area::Reading;

    fn viewer(&self) -> Option<UserId> {
        None
    }

    /// The stories' own tags, because a withdrawn story must not be named by an answer that is marked as old.
    fn tags(&self, releases: &Vec<Release>) -> Tags {
        let stories = releases.iter().map(|release| release.story).chain(self.story);
        let authors = releases.iter().map(|release| release.author.tag());
        Tags::of(Tag::Releases, stories.map(Tag::Contents).chain(authors))
    }
}
