//! The community: what readers and writers are saying.

use domain::{Feed, StoryId, StoryPage};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::not_found::NotFoundPage;
use crate::{
    cache::use_query,
    components::{
        Compose, EmptyState, Head, Loaded, Page, PostList, heading::Level, lay_posts, likes::Likes, silences::Silences,
    },
    destination::Destination,
};

/// The feed at `/community`, with `?page=` from 1 and `?about=` a story.
#[component]
pub fn CommunityPage() -> impl IntoView {
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        query.with(|query| {
            let about = query.get_str("about").map(str::parse::<StoryId>).transpose().ok()?;
            let page = query.get_str("page").map_or(Ok(1), str::parse::<u32>).ok()?;
            Some((about, page.checked_sub(1)?))
        })
    });
    move || match asked.get() {
        None => view! { <NotFoundPage /> }.into_any(),
        Some((about, page)) => view! { <FeedOf about page /> }.into_any(),
    }
}

#[component]
fn FeedOf(about: Option<StoryId>, page: u32) -> impl IntoView {
    let query = move || Feed { about, page };
    let feed = use_query(query);
    Likes::provide();
    Silences::provide();
    let nothing = || view! { <EmptyState mark="talk" title="Nobody has said anything here" text="The first post is still to be written." /> };
    let address = move |page: u32| Destination::Community(Feed { about, page }).to_string();
    view! {
        <Page class="page page-narrow">
            <Head title="Community" description="What readers and writers are saying about the stories on Quire." at=address(page) />
            <header class="page-head"><div><h1>"Community"</h1><p class="page-lead">"What readers and writers are saying."</p></div></header>
            <div class="stack">
                {about.map(|story| view! {
                    <nav class="row" aria-label="Talk about one story">
                        <a class="button" href=Destination::Story(StoryPage::first(story)).to_string()>"To the story"</a>
                        <a class="button" data-kind="quiet" href="/community">"All talk"</a>
                    </nav>
                })}
                <Compose about=about.map(Into::into) />
                <Loaded reading=feed let:feed>
                    <Show when=move || feed.with(|feed| !feed.posts.is_empty()) fallback=nothing>
                        <PostList posts=Signal::derive(move || feed.with(|feed| feed.posts.clone())) lay_post=lay_posts(query) level=Level::Two />
                    </Show>
                    <nav class="row" aria-label="Pages">
                        {(page > 0).then(|| view! { <a class="button" href=address(page - 1) rel="prev">"Newer posts"</a> })}
                        {move || feed.with(|feed| feed.more).then(|| view! { <a class="button" href=address(page + 1) rel="next">"Older posts"</a> })}
                    </nav>
                </Loaded>
            </div>
        </Page>
    }
}
