//! What is said about one chapter: below it, and in the community's feed.

use serde::{Deserialize, Serialize};

use super::{FeedPage, PostCard, Query};
use crate::{
    Quire, Tags,
    ids::{ChapterId, StoryId, UserId},
    kinds::Area,
    tag::Tag,
};

/// A page of the posts about a chapter that readers have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChapterTalk {
    /// The story.
    pub story: StoryId,
    /// The chapter.
    pub chapter: ChapterId,
    /// The page, from 0.
    #[serde(default)]
    pub page: u32,
}

impl Query for ChapterTalk {
    type Nouns = Quire;
    type Output = FeedPage;
    const NAME: &'static str = "chapter-talk";
    const AREA: Area = Area::Community;

    fn viewer(&self) -> Option<UserId> {
        None
    }

    fn tags(&self, page: &FeedPage) -> Tags {
        let posts = page.posts.iter().flat_map(PostCard::tags);
        Tags::of(Tag::ChapterTalk(self.chapter), [Tag::Contents(self.story)].into_iter().chain(posts))
    }
}
