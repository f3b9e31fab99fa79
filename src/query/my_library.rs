//! One person's library: the stories that they read and follow, with what they have not read.

use serde::{Deserialize, Serialize};

use super::{Neighbour, Person, Query};
use crate::{
    Quire, Tags,
    bookmark::ReadOn,
    ids::{StoryId, UserId},
    kinds::Area,
    tag::Tag,
    text::Title,
};

/// What the viewer reads and follows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MyLibrary {
    /// Who.
    pub viewer: UserId,
}

/// What they read and follow.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadAndFollowed {
    /// The stories that they began or follow, and those of authors whom they follow; the last touched first.
    pub stories: Vec<LibraryStory>,
    /// The authors whom they follow.
    pub authors: Vec<Person>,
    /// Whether there are more stories.
    pub more: bool,
}

/// A story in a person's library.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LibraryStory {
    /// The story.
    pub story: StoryId,
    /// Its title.
    pub title: Title,
    /// Who wrote it.
    pub author: Person,
    /// Whether they follow it.
    pub follows: bool,
    /// Where they go on, if they began it and there is more to read.
    pub read_on: Option<ReadOn>,
    /// How many of its chapters they have not read to the end.
    pub unread: u32,
    /// The first of these.
    pub next: Vec<Neighbour>,
}

impl MyLibrary {
    /// How many stories there are at most.
    pub const MOST: u32 = 100;
    /// How many chapters of each are listed.
    pub const NEXT: u32 = 20;
}

impl Query for MyLibrary {
    type Nouns = Quire;
    type Output = ReadAndFollowed;
    const NAME: &'static str = "my-library";
    const VERSION: u32 = 2;
    const AREA: Area = Area::Reading;

    fn viewer(&self) -> Option<UserId> {
        Some(self.viewer)
    }

    fn tags(&self, library: &ReadAndFollowed) -> Tags {
        // Which stories there are depends on what their reader does, and on which are out.
        let stories = library.stories.iter().flat_map(|one| [Tag::Contents(one.story), one.author.tag()]);
        let authors = library.authors.iter().map(Person::tag);
        Tags::of(Tag::Reader(self.viewer), [Tag::Catalogues].into_iter().chain(stories).chain(authors))
    }
}
