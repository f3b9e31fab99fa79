//! What the viewer likes, once a page.

use domain::{LikedThings, MyLikes, PostId, StoryId};
use leptos::prelude::*;

use crate::{
    boot,
    cache::{Reading, use_query},
};

/// Something that can be liked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Likeable {
    /// A story.
    Story(StoryId),
    /// A post.
    Post(PostId),
}

impl Likeable {
    /// Whether it is among a person's likes.
    pub fn is_in(self, liked: &LikedThings) -> bool {
        match self {
            Self::Story(story) => liked.stories.contains(&story),
            Self::Post(post) => liked.posts.contains(&post),
        }
    }

    /// Puts it there, or takes it out.
    pub fn set_in(self, liked: &mut LikedThings, likes: bool) {
        match (self, likes) {
            (Self::Story(story), true) => drop(liked.stories.insert(story)),
            (Self::Story(story), false) => drop(liked.stories.remove(&story)),
            (Self::Post(post), true) => drop(liked.posts.insert(post)),
            (Self::Post(post), false) => drop(liked.posts.remove(&post)),
        }
    }
}

/// The viewer's likes; none without a session.
#[derive(Clone, Copy)]
pub struct Likes(Option<Reading<MyLikes>>);

impl Likes {
    /// Asks once for all like buttons of a page: called by the page.
    pub fn provide() {
        let viewer = boot::viewer().map(|viewer| viewer.user);
        provide_context(Self(viewer.map(|viewer| use_query(move || MyLikes { viewer }))));
    }

    /// Those of the page around.
    pub fn current() -> Self {
        use_context().unwrap_or(Self(None))
    }

    /// Whether the viewer likes it, as far as is known.
    pub fn have(self, thing: Likeable) -> bool {
        let liked = self.0.and_then(Reading::get).and_then(Result::ok);
        liked.is_some_and(|liked| thing.is_in(&liked))
    }
}
