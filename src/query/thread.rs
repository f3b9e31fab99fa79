//! A thread: one post with its comments, a page at a time.

use serde::{Deserialize, Serialize};

use super::{Person, PostCard, Query};
use crate::{
    Millis, Quire, Tags,
    handle::Handle,
    ids::{CommentId, PostId, UserId},
    kinds::Area,
    rev::Rev,
    tag::Tag,
    text::Remark,
};

/// A post with its comments, or with the replies to one of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Thread {
    /// The post.
    pub post: PostId,
    /// Only this comment and the replies to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub under: Option<CommentId>,
    /// The page, from 0.
    #[serde(default, skip_serializing_if = "super::is_first")]
    pub page: u32,
}

/// What a thread shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThreadView {
    /// The post.
    pub post: PostCard,
    /// Its comments, each followed by the replies to it; first the one whose replies were asked for.
    pub comments: Vec<Comment>,
    /// How many pages there are, at least one.
    pub pages: u32,
    /// Whether nothing more may be said.
    pub locked: bool,
}

/// A comment in a thread.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comment {
    /// The comment.
    pub comment: CommentId,
    /// How deep in the conversation, from 0.
    pub depth: u32,
    /// Who said what; `None` where a comment with replies was deleted.
    pub said: Option<(Person, Remark)>,
    /// The handles in it that are somebody's, as they were when it was saved.
    pub mentioned: Vec<Handle>,
    /// When it was written.
    pub created_at: Millis,
    /// How often it was saved.
    pub rev: Rev,
    /// Whether it was changed since.
    pub edited: bool,
    /// How many replies below it are not shown here, but where it is asked for by itself.
    pub more: u32,
}

impl Thread {
    /// How many comments are on a page, without the replies to them.
    pub const PAGE: u32 = 50;
    /// How many replies below each of these come along, the first ones.
    pub const REPLIES: u32 = 20;

    /// Its first page.
    pub const fn first(post: PostId) -> Self {
        Self { post, under: None, page: 0 }
    }
}

impl Comment {
    /// How deep a reply stands at most. A reply to one that stands there stands beside it. Migration 4 says
    /// the same of those from before.
    pub const MAX_DEPTH: u32 = 8;
}

impl Query for Thread {
    type Nouns = Quire;
    type Output = ThreadView;
    const NAME: &'static str = "thread";
    const VERSION: u32 = 6;
    const AREA: Area = Area::Community;

    fn viewer(&self) -> Option<UserId> {
        None
    }

    fn tags(&self, thread: &ThreadView) -> Tags {
        let said = thread.comments.iter().filter_map(|comment| Some(comment.said.as_ref()?.0.tag()));
        Tags::of(Tag::Post(self.post), thread.post.tags().into_iter().chain(said))
    }
}
