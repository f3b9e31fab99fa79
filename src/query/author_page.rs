//! An author's page: who they are, what they published, and what they said last.

use serde::{Deserialize, Serialize};

use super::{Person, PostCard, Query, StoryCard};
use crate::{Quire, Tags, handle::Handle, ids::UserId, kinds::Area, tag::Tag, text::Bio};

/// The page of the person with this handle, or who had it once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthorPage {
    /// The handle.
    pub author: Handle,
    /// The page of their stories, from 0.
    #[serde(default, skip_serializing_if = "super::is_first")]
    pub page: u32,
}

/// What an author's page shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthorFront {
    /// Who, with the handle that they have now.
    pub author: Person,
    /// What they say of themselves.
    pub bio: Bio,
    /// Their published stories on this page, the newest first.
    pub stories: Vec<StoryCard>,
    /// Whether there are older ones.
    pub more: bool,
    /// Their newest posts.
    pub posts: Vec<PostCard>,
}

impl AuthorPage {
    /// How many stories are on a page.
    pub const STORIES: u32 = 50;
    /// How many posts there are at most.
    pub const POSTS: u32 = 5;

    /// Its first page.
    pub const fn first(author: Handle) -> Self {
        Self { author, page: 0 }
    }
}

impl Query for AuthorPage {
    type Nouns = Quire;
    type Output = AuthorFront;
    const NAME: &'static str = "author-page";
    const VERSION: u32 = 3;
    const AREA: Area = Area::Reading;

    fn viewer(&self) -> Option<UserId> {
        None
    }

    fn tags(&self, front: &AuthorFront) -> Tags {
        let author = front.author.user;
        let stories = front.stories.iter().flat_map(StoryCard::tags);
        let posts = front.posts.iter().flat_map(PostCard::tags);
        let lists = [Tag::ReleasesOf(author), Tag::PostsOf(author)];
        Tags::of(front.author.tag(), lists.into_iter().chain(stories).chain(posts))
    }
}
