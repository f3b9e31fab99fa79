//! The front page: new stories and posts.

use serde::{Deserialize, Serialize};

use super::{PostCard, Query, StoryCard};
use crate::{Quire, Tags, ids::UserId, kinds::Area, tag::Tag};

/// The newest stories and the newest talk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Home {}

/// What the front page shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrontPage {
    /// The newest stories, of every format.
    pub stories: Vec<StoryCard>,
    /// The newest posts.
    pub posts: Vec<PostCard>,
}

impl Query for Home {
    type Nouns = Quire;
    type Output = FrontPage;
    const NAME: &'static str = "home";
    const VERSION: u32 = 5;
    const AREA: Area = Area::Reading;

    fn viewer(&self) -> Option<UserId> {
        None
    }

    fn tags(&self, page: &FrontPage) -> Tags {
        let stories = page.stories.iter().flat_map(StoryCard::tags);
        Tags::of(
            Tag::Catalogues,
            [Tag::Feed].into_iter().chain(stories).chain(page.posts.iter().flat_map(PostCard::tags)),
        )
    }
}
