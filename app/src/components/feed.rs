//! Posts in a list, and how a click changes one of them before the server answers.

use std::sync::Arc;

use domain::{AuthorFront, AuthorPage, ChapterTalk, Feed, FrontPage, Home, PostCard as Card, Thread};
use leptos::prelude::*;

use super::{Each, heading::Level, post_card::PostCard, post_patch::LayPost};
use crate::cache::{Fetch, Website, apply_optimistic};

/// A query that shows posts.
pub trait ShowsPosts: Fetch<Website> {
    /// The posts in its answer.
    fn posts(output: &mut Self::Output) -> &mut [Card];
}

impl ShowsPosts for Feed {
    fn posts(page: &mut Self::Output) -> &mut [Card] {
        &mut page.posts
    }
}

impl ShowsPosts for ChapterTalk {
    fn posts(page: &mut Self::Output) -> &mut [Card] {
        &mut page.posts
    }
}

impl ShowsPosts for Home {
    fn posts(page: &mut FrontPage) -> &mut [Card] {
        &mut page.posts
    }
}

impl ShowsPosts for AuthorPage {
    fn posts(front: &mut AuthorFront) -> &mut [Card] {
        &mut front.posts
    }
}

impl ShowsPosts for Thread {
    fn posts(thread: &mut Self::Output) -> &mut [Card] {
        std::slice::from_mut(&mut thread.post)
    }
}

/// Lays changes to a post over this query's answer.
pub fn lay_posts<Q: ShowsPosts>(query: impl Fn() -> Q + Send + Sync + 'static) -> LayPost {
    Arc::new(move |post, change| {
        apply_optimistic(
            &query(),
            Arc::new(move |output| {
                Q::posts(output).iter_mut().filter(|card| card.post == post).for_each(|card| change(card));
            }),
        )
    })
}

/// Posts, newest first.
#[component]
pub fn PostList(
    #[prop(into)] posts: Signal<Vec<Card>>,
    lay_post: LayPost,
    level: Level,
    /// Side by side where there is room.
    #[prop(optional)]
    columns: bool,
) -> impl IntoView {
    view! {
        <div class="feed" data-layout=columns.then_some("columns")>
            <Each items=posts key=|card: &Card| card.post let:post>
                <PostCard post lay_post=lay_post.clone() level />
            </Each>
        </div>
    }
}
