//! The community's feed: posts, newest first.

use serde::{Deserialize, Serialize};

use super::{Person, Query};
use crate::{
    Millis, Quire, Tags,
    handle::Handle,
    ids::{ChapterId, PostId, StoryId, UserId},
    kinds::Area,
    rev::Rev,
    tag::Tag,
    text::{Remark, Title},
};

/// A page of the feed: all posts, or those about one story.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Feed {
    /// Only posts about this story.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<StoryId>,
    /// The page, from 0.
    pub page: u32,
}

/// Posts of one page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedPage {
    /// The posts, newest first.
    pub posts: Vec<PostCard>,
    /// Whether there are older ones.
    pub more: bool,
}

/// A post in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostCard {
    /// The post.
    pub post: PostId,
    /// Who wrote it.
    pub author: Person,
    /// What it says.
    pub text: Remark,
    /// The handles in it that are somebody's, as they were when it was saved.
    pub mentioned: Vec<Handle>,
    /// How often that was saved.
    pub rev: Rev,
    /// The published story it is about, if any.
    pub about: Option<(StoryId, Title)>,
    /// The chapter of it that it is about, if readers have that.
    pub chapter: Option<ChapterId>,
    /// When it was written.
    pub created_at: Millis,
    /// Whether it was changed since.
    pub edited: bool,
    /// How many people like it.
    pub likes: u32,
    /// How many comments it has.
    pub comments: u32,
}

impl PostCard {
    pub(super) fn tags(&self) -> [Tag; 3] {
        // A post that shows no story may be about one that is not out yet, whose name must not show
        // here: it depends on which stories are out.
        let about = self.about.as_ref().map_or(Tag::Catalogues, |(story, _)| Tag::Contents(*story));
        [Tag::Post(self.post), about, self.author.tag()]
    }
}

impl Query for Feed {
    type Nouns = Quire;
    type Output = FeedPage;
    const NAME: &'static str = "feed";
    const VERSION: u32 = 5;
    const AREA: Area = Area::Community;

    fn viewer(&self) -> Option<UserId> {
        None
    }

    fn tags(&self, page: &FeedPage) -> Tags {
        let (list, about) = (self.about.map_or(Tag::Feed, Tag::Talk), self.about.map(Tag::Contents));
        Tags::of(list, about.into_iter().chain(page.posts.iter().flat_map(PostCard::tags)))
    }
}
