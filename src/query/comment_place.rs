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

impl Query for CommentPlace {
    type Nouns = Quire;
    type Output = Thread;
    const NAME: &'static str = "comment-place";
    const AREA: Area = Area::Community;

    fn viewer(&self) -> Option<UserId> {
        None
    }

    fn tags(&self, _: &Thread) -> Tags {
        Tags::of(Tag::Post(self.post), [])
    }
}
