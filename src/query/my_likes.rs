//! What one person likes.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::Query;
use crate::{
    Quire, Tags,
    ids::{PostId, StoryId, UserId},
    kinds::Area,
    tag::Tag,
};

/// What the viewer likes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MyLikes {
    /// Who.
    pub viewer: UserId,
}

/// Stories and posts that a person likes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LikedThings {
    /// The stories, as far as they are published.
    pub stories: BTreeSet<StoryId>,
    /// The posts.
    pub posts: BTreeSet<PostId>,
}

impl Query for MyLikes {
    type Nouns = Quire;
    type Output = LikedThings;
    const NAME: &'static str = "my-likes";
    const AREA: Area = Area::Community;

    fn viewer(&self) -> Option<UserId> {
        Some(self.viewer)
    }

    fn tags(&self, likes: &LikedThings) -> Tags {
        // Other people's likes, texts and comments show nowhere here: with the tags of likes and comments this was
        // the query that missed most under `cargo xtask load`. A deleted story or post takes its likes along. A
        // withdrawn story is not named here, and comes back when it is published again: hence the catalogues.
        let stories = likes.stories.iter().map(|&story| Tag::Listed(story));
        let posts = likes.posts.iter().map(|&post| Tag::Posted(post));
        Tags::of(Tag::Viewer(self.viewer), [Tag::Catalogues].into_iter().chain(stories).chain(posts))
    }
}
