//! A thread: a post, and what is said below it.

use domain::{PostId, Thread, ThreadView};
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_params_map};

use super::not_found::NotFoundPage;
use crate::{
    cache::use_query,
    components::{
        CommentForm, Comments, Head, Loaded, Page, PostCard, count::counted, heading::Level, lay_posts, likes::Likes,
    },
};

/// The thread at `/community/{post}`.
#[component]
pub fn ThreadPage() -> impl IntoView {
    let params = use_params_map();
    let post = Memo::new(move |_| params.with(|params| params.get_str("post")?.parse().ok()));
    move || match post.get() {
        None => view! { <NotFoundPage /> }.into_any(),
        Some(post) => view! { <ThreadOf post /> }.into_any(),
    }
}

#[component]
fn ThreadOf(post: PostId) -> impl IntoView {
    let thread = use_query(move || Thread { post });
    Likes::provide();
    view! {
        <Page class="page page-narrow">
            <Loaded reading=thread let:thread><Conversation post thread /></Loaded>
        </Page>
    }
}

#[component]
fn Conversation(post: PostId, thread: Memo<ThreadView>) -> impl IntoView {
    let title = move || thread.with(|thread| format!("A post by {}", thread.post.author.name));
    let description = move || thread.with(|thread| thread.post.text.as_str().chars().take(160).collect::<String>());
    let navigate = use_navigate();
    let leave = move |()| navigate("/community", leptos_router::NavigateOptions::default());
    view! {
        <Head title=title description=description />
        <nav class="breadcrumb" aria-label="Breadcrumb">
            <ol class="breadcrumb-list">
                <li class="breadcrumb-item"><a class="breadcrumb-link" href="/community">"Community"</a></li>
                <li class="breadcrumb-item" aria-current="page">{title}</li>
            </ol>
        </nav>
        <h1 class="visually-hidden">{title}</h1>
        <div class="stack">
            <PostCard
                post=Memo::new(move |_| thread.with(|thread| thread.post.clone()))
                lay_post=lay_posts(move || Thread { post })
                level=Level::Two
                on_deleted=leave
            />
            <section class="card stack" aria-labelledby="comments-title">
                <h2 id="comments-title">{move || thread.with(|thread| counted(thread.post.comments, "comment", "comments"))}</h2>
                <Comments post comments=Signal::derive(move || thread.with(|thread| thread.comments.clone())) />
                <CommentForm post label="Add a comment" verb="Comment" />
            </section>
        </div>
    }
}
