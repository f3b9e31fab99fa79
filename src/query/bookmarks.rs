//! The stories that one person is in the midst of.

use serde::{Deserialize, Serialize};

use super::{Person, Query};
use crate::{
    Quire, Tags,
    bookmark::ReadOn,
    ids::{StoryId, UserId},
    kinds::Area,
    tag::Tag,
    text::Title,
};

/// Where the viewer reads on, the story that they read last first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bookmarks {
    /// Who. Not `viewer`, as in [`MyLikes`](super::MyLikes): in the body of the front page the two must differ, because
    /// each has a place of its own.
    pub reader: UserId,
}

/// A story that was begun.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BegunStory {
    /// The story.
    pub story: StoryId,
    /// Its title.
    pub title: Title,
    /// Who wrote it.
    pub author: Person,
    /// Where the viewer goes on, if there is more to read.
    pub read_on: Option<ReadOn>,
}

impl Bookmarks {
    /// How many stories there are at most.
    pub const MOST: u32 = 12;
}

impl Query for Bookmarks {
    type Nouns = Quire;
    type Output = Vec<BegunStory>;
    const NAME: &'static str = "bookmarks";
    const VERSION: u32 = 2;
    const AREA: Area = Area::Reading;

    fn viewer(&self) -> Option<UserId> {
        Some(self.reader)
    }

    fn tags(&self, begun: &Vec<BegunStory>) -> Tags {
        // One that is withdrawn is not named here, and comes back when it is published again: hence the catalogues.
        let stories = begun.iter().flat_map(|one| [Tag::Contents(one.story), one.author.tag()]);
        Tags::of(Tag::Reader(self.reader), [Tag::Catalogues].into_iter().chain(stories))
    }
}
