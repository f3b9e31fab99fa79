//! Search: published stories by their words and by what they are.

use serde::{Deserialize, Serialize};

use super::{Query, StoryCard};
use crate::{
    Policy, Quire, Tags,
    cursor::Cursor,
    ids::{StoryId, UserId},
    kinds::Area,
    search_for::SearchFor,
    tag::Tag,
};

/// A page of what is found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Search {
    /// Where the page before ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<Cursor<StoryId>>,
    /// What is searched for.
    pub wanted: SearchFor,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundStories {
    /// The stories, in the order that was asked for.
    pub stories: Vec<StoryCard>,
    /// Where the page ends, if there are more.
    pub after: Option<Cursor<StoryId>>,
}

impl Search {
    /// How many stories are on a page.
    pub const STORIES: u32 = 24;
    /// How many different words of a search are looked for.
    pub const TERMS: usize = 8;

    /// Its first page.
    pub const fn first(wanted: SearchFor) -> Self {
        Self { after: None, wanted }
    }
}

impl Query for Search {
    type Nouns = Quire;
    type Output = FoundStories;
    const NAME: &'static str = "search";
    const AREA: Area = Area::Reading;

    /// People ask for everything imaginable once.
    fn policy() -> Policy {
        Policy::minutes(2)
    }

    fn viewer(&self) -> Option<UserId> {
        None
    }

    /// Any story may come among those that are found, or change its place.
    fn tags(&self, found: &FoundStories) -> Tags {
        Tags::of(Tag::Stories, found.stories.iter().flat_map(StoryCard::tags))
    }
}
