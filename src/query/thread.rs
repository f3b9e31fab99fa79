//! A thread: one post with its comments.

use serde::{Deserialize, Serialize};

use super::{Person, PostCard, Query};
use crate::{
    ids::{CommentId, PostId, UserId},
    kinds::Area,
    seq::Millis,
    tag::{Tag, Tags},
    text::Remark,
};

/// A post with its comments.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Thread {
    /// The post.
    pub post: PostId,
}

/// What a thread shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThreadView {
    /// The post.
    pub post: PostCard,
    /// Its comments, each followed by the replies to it.
    pub comments: Vec<Comment>,
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
    /// When it was written.
    pub created_at: Millis,
    /// Whether it was changed since.
    pub edited: bool,
}

impl Comment {
    /// How deep a reply stands at most. A reply to one that stands there stands beside it. Migration 4 says
    /// the same of those from before.
    pub const MAX_DEPTH: u32 = 8;
}

impl Query for Thread {
    type Output = ThreadView;
    const NAME: &'static str = "thread";
    const AREA: Area = Area::Community;

    fn viewer(&self) -> Option<UserId> {
        None
    }

    fn tags(&self, thread: &ThreadView) -> Tags {
        Tags::of(Tag::Post(self.post), thread.post.tags())
    }
}
