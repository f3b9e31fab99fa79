//! The front page: a word about Quire, and the newest stories and posts.

use domain::Home;
use leptos::prelude::*;

use crate::{
    bundle::rel,
    cache::use_query,
    components::{
        ContinueReading, EmptyState, Head, Loaded, Page, PostList, StoryList, heading::Level, lay_posts, likes::Likes,
        silences::Silences,
    },
};

/// The front page.
#[component]
pub fn HomePage() -> impl IntoView {
    let front = use_query(|| Home {});
    Likes::provide();
    Silences::provide();
    view! {
        <Page>
            <Head title="" at="/" description="Write stories in the studio, publish them chapter by chapter, and talk about them with the people reading along." />
            <section class="hero" aria-labelledby="hero-title">
                <h1 class="hero-title" id="hero-title">"Stories, while the ink is still wet"</h1>
                <p class="hero-text">
                    "Write yours in the studio, publish it chapter by chapter, and talk about it with the people reading along. Whatever you change is there for everybody at once."
                </p>
                <div class="row">
                    <a class="button" data-kind="primary" data-size="large" href="/studio" rel=rel("/studio")>"Start writing"</a>
                    <a class="button" data-size="large" href="/novels">"Find something to read"</a>
                </div>
            </section>
            <ContinueReading />
            <Loaded reading=front let:front>
                <section class="section" aria-labelledby="newest-title">
                    <div class="section-head">
                        <h2 id="newest-title">"Newest stories"</h2>
                        <a class="section-more" href="/novels">"All novels"</a>
                    </div>
                    <Show
                        when=move || front.with(|front| !front.stories.is_empty())
                        fallback=|| view! { <EmptyState title="Nothing published yet" text="The first story could be yours." /> }
                    >
                        <StoryList stories=Signal::derive(move || front.with(|front| front.stories.clone())) level=Level::Three />
                    </Show>
                </section>
                <section class="section" aria-labelledby="talk-title">
                    <div class="section-head">
                        <h2 id="talk-title">"Newest talk"</h2>
                        <a class="section-more" href="/community">"All talk"</a>
                    </div>
                    <Show
                        when=move || front.with(|front| !front.posts.is_empty())
                        fallback=|| view! { <EmptyState mark="talk" title="Nobody has said anything yet" text="The first post is still to be written." /> }
                    >
                        <PostList
                            posts=Signal::derive(move || front.with(|front| front.posts.clone()))
                            lay_post=lay_posts(|| Home {})
                            level=Level::Three
                            columns=true
                        />
                    </Show>
                </section>
            </Loaded>
        </Page>
    }
}
