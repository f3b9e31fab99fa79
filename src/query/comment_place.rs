//! Where a comment stands: on which page of its thread.

use serde::{Deserialize, Serialize};

use super::{Query, Thread};
use crate::{
    Quire, Tags,
    ids::{CommentId, PostId, UserId},
    kinds::Area,
    tag::Tag,
};

/// The page of a thread that shows a comment: one of the post's, or of the replies to what the comment answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommentPlace {
    /// The post.
    pub post: PostId,
    /// The comment below it.
    pub comment: CommentId,
}

/// A page of a thread, as an answer: a [`Thread`] is a key, which leaves out what is usual, and an answer in Redis can't.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThreadPlace {
    /// The post.
    pub post: PostId,
    /// Only this comment and the replies to it.
    pub under: Option<CommentId>,
    /// The page, from 0.
    pub page: u32,
}

impl From<Thread> for ThreadPlace {
    fn from(Thread { post, under, page }: Thread) -> Self {
        Self { post, under, page }
    }
}

impl From<ThreadPlace> for Thread {
    fn from(ThreadPlace { post, under, page }: ThreadPlace) -> Self {
        Self { post, under, page }
    }
}

impl Query for CommentPlace {
    type Nouns = Quire;
    type Output = ThreadPlace;
    const NAME: &'static str = "comment-place";
    const AREA: Area = Area::Community;

    fn viewer(&self) -> Option<UserId> {
        None
    }

    fn tags(&self, _: &ThreadPlace) -> Tags {
        Tags::of(Tag::Post(self.post), [])
    }
}
