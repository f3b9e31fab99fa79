//! A catalogue: the published stories of a format, all or of one genre, a page at a time.

use serde::{Deserialize, Serialize};

use super::{Person, Query};
use crate::{
    Millis, Quire, Tags,
    ids::{StoryId, UserId},
    kinds::{Area, Format, Genre},
    story_facts::StoryFacts,
    tag::Tag,
    text::{Note, Title},
};

/// The published stories of a format, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CataloguePage {
    /// Novels or comics.
    pub format: Format,
    /// One genre, or all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub genre: Option<Genre>,
    /// The page, from 0.
    #[serde(default, skip_serializing_if = "super::is_first")]
    pub page: u32,
}

impl CataloguePage {
    /// Its first page.
    pub const fn first(format: Format, genre: Option<Genre>) -> Self {
        Self { format, genre, page: 0 }
    }
}

/// Stories of one page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedStories {
    /// The stories, newest first.
    pub stories: Vec<StoryCard>,
    /// Whether there are older ones.
    pub more: bool,
}

/// A published story in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoryCard {
    /// The story.
    pub story: StoryId,
    /// Its title.
    pub title: Title,
    /// Who wrote it.
    pub author: Person,
    /// What it is about.
    pub blurb: Note,
    /// Novel or comic.
    pub format: Format,
    /// Its genre.
    pub genre: Genre,
    /// What readers choose it by.
    pub facts: StoryFacts,
    /// How many words it has.
    pub words: u32,
    /// How many people like it.
    pub likes: u32,
    /// When it was published.
    pub published_at: Millis,
}

impl StoryCard {
    pub(super) fn tags(&self) -> [Tag; 4] {
        [Tag::Story(self.story), Tag::Contents(self.story), Tag::Likes(self.story), self.author.tag()]
    }
}

impl Query for CataloguePage {
    type Nouns = Quire;
    type Output = ListedStories;
    const NAME: &'static str = "catalogue-page";
    const VERSION: u32 = 3;
    const AREA: Area = Area::Reading;

    fn viewer(&self) -> Option<UserId> {
        None
    }

    fn tags(&self, listed: &ListedStories) -> Tags {
        let catalogue = self.genre.map_or(Tag::Catalogues, |genre| Tag::Catalogue(self.format, genre));
        Tags::of(catalogue, listed.stories.iter().flat_map(StoryCard::tags))
    }
}
