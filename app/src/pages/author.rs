//! An author's page: who they are, what they published, and what they said last.

use std::sync::Arc;

use domain::{AuthorFront, AuthorPage, Handle, MineOfAuthor, MyAuthor};
use leptos::prelude::*;
use leptos_meta::Link;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::{lead_on::lead_on, not_found::NotFoundPage};
use crate::{
    boot,
    cache::{Reading, apply_optimistic, outcome, use_query, use_query_if},
    components::{
        EmptyState, FollowButton, Head, LayFollow, LinkedData, Loaded, Page, PostList, SilenceLink, SilencedNote,
        StoryList, follow_button::Followable, heading::Level, lay_posts, likes::Likes, said, silences::Silences,
    },
    destination::{Destination, feed_of_author},
    site_url::address_of,
};

/// The page at `/authors/{handle}`, with `?page=` of their stories from 1.
#[component]
pub fn AuthorFrontPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let asked = Memo::new(move |_| {
        let author = params.with(|params| params.get_str("author")?.parse().ok())?;
        let page = query.with(|query| query.get_str("page").map_or(Ok(1), str::parse::<u32>));
        Some((author, page.ok()?.checked_sub(1)?))
    });
    move || match asked.get() {
        None => view! { <NotFoundPage /> }.into_any(),
        Some((author, page)) => view! { <PageOf author page /> }.into_any(),
    }
}

#[component]
fn PageOf(author: Handle, page: u32) -> impl IntoView {
    let front = use_query(move || AuthorPage { author, page });
    let mine = use_query_if(move || boot::viewer().map(|viewer| MyAuthor { viewer: viewer.user, author }));
    Likes::provide();
    Silences::provide();
    view! {
        <Page>
            <Loaded reading=front let:front>
                {move || {
                    // A handle from before leads on to the one that they have now.
                    let now = front.with(|front| front.author.handle);
                    (now != author).then(|| lead_on(&address(now, page)))
                }}
                <Head
                    title=move || front.with(|front| front.author.name.to_string())
                    description=move || front.with(description)
                    at=move || address(front.with(|front| front.author.handle), page)
                    kind="profile"
                />
                <Link rel="alternate" type_="application/atom+xml" title="New chapters of this author" href=feed_of_author(front.with_untracked(|front| front.author.user)) />
                <LinkedData about=move || front.with(linked_data) />
                <AuthorHead front author mine />
                <Stories front page />
                <Posts front author page />
            </Loaded>
        </Page>
    }
}

fn address(author: Handle, page: u32) -> String {
    Destination::Author(AuthorPage { author, page }).to_string()
}

/// What search engines and chats show of it: the author's own words, if there are any.
fn description(front: &AuthorFront) -> String {
    match front.bio.as_str() {
        "" => format!("What {} writes and says on Quire.", front.author.name),
        bio => bio.to_owned(),
    }
}

/// Who it is, for search engines.
fn linked_data(front: &AuthorFront) -> serde_json::Value {
    serde_json::json!({
        "@context": "https://schema.org",
        "@type": "Person",
        "name": front.author.name,
        "alternateName": format!("@{}", front.author.handle),
        "url": address_of(&address(front.author.handle, 0)),
        "description": front.bio,
    })
}

#[component]
fn AuthorHead(front: Memo<AuthorFront>, author: Handle, mine: Reading<MyAuthor>) -> impl IntoView {
    let user = front.with_untracked(|front| front.author.user);
    let person = Signal::derive(move || front.with(|front| Some(front.author.clone())));
    let has_bio = Memo::new(move |_| front.with(|front| !front.bio.is_empty()));
    let bio = move || front.with(|front| (front.bio.to_string(), vec![]));
    let has_stories = Memo::new(move |_| front.with(|front| !front.stories.is_empty()));
    let follows = outcome(move || mine.get().and_then(Result::ok).is_some_and(|mine| mine.follows));
    let lay: LayFollow = Arc::new(move |viewer, follows| {
        apply_optimistic(&MyAuthor { viewer, author }, Arc::new(move |mine: &mut MineOfAuthor| mine.follows = follows))
    });
    view! {
        <header class="author-head">
            <h1 class="author-name" dir="auto">{move || front.with(|front| front.author.name.to_string())}</h1>
            <p class="author-handle" data-testid="handle">{move || front.with(|front| format!("@{}", front.author.handle))}</p>
            {move || has_bio.get().then(|| view! { <p class="author-bio" dir="auto" data-testid="bio">{said(bio)}</p> })}
            // A person without stories has nothing to follow.
            {move || has_stories.get().then(|| view! { <div class="row"><FollowButton thing=Followable::Author(user) follows lay=lay.clone() /></div> })}
            <SilencedNote person=user />
            <div class="row"><SilenceLink person back=address(author, 0) /></div>
        </header>
    }
}

#[component]
fn Stories(front: Memo<AuthorFront>, page: u32) -> impl IntoView {
    let nothing =
        || view! { <EmptyState title="Nothing published here yet" text="What they publish will stand here." /> };
    let to = move |page: u32| address(front.with(|front| front.author.handle), page);
    view! {
        <section class="section" aria-labelledby="stories-title">
            <div class="section-head"><h2 id="stories-title">"Stories"</h2></div>
            <Show when=move || front.with(|front| !front.stories.is_empty()) fallback=nothing>
                <StoryList stories=Signal::derive(move || front.with(|front| front.stories.clone())) level=Level::Three />
            </Show>
            <nav class="row" aria-label="Pages">
                {move || page.checked_sub(1).map(|page| view! { <a class="button" href=to(page) rel="prev">"Newer stories"</a> })}
                {move || front.with(|front| front.more).then(|| view! { <a class="button" href=to(page + 1) rel="next">"Older stories"</a> })}
            </nav>
        </section>
    }
}

#[component]
fn Posts(front: Memo<AuthorFront>, author: Handle, page: u32) -> impl IntoView {
    view! {
        <Show when=move || front.with(|front| !front.posts.is_empty())>
            <section class="section" aria-labelledby="posts-title">
                <div class="section-head"><h2 id="posts-title">"Said last"</h2></div>
                <PostList
                    posts=Signal::derive(move || front.with(|front| front.posts.clone()))
                    lay_post=lay_posts(move || AuthorPage { author, page })
                    level=Level::Three
                    columns=true
                />
            </section>
        </Show>
    }
}
