//! What a person can't do because another person has blocked them.

use serde::{Deserialize, Serialize};

/// What a person can't do because another person has blocked them. The texts are shown as they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "kebab-case")]
pub enum Blocked {
    /// To say something below that person's post.
    #[error("You can’t answer here: the author of this post has blocked you. You can still read it.")]
    Post,
    /// To answer that person's comment.
    #[error("You can’t answer this comment: its author has blocked you. You can still read it.")]
    Comment,
    /// To post about that person's story, or a chapter of it.
    #[error("You can’t post about this story: its author has blocked you. You can still read it.")]
    Story,
    /// To follow that person, or a story of theirs.
    #[error("You can’t follow this: its author has blocked you. You can still read what they publish.")]
    Follow,
}
