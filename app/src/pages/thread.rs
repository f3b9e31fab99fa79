//! A thread: a post, and a page of the comments below it or of the replies to one comment.

use domain::{CommentPlace, Thread, ThreadView};
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_params_map, use_query_map};

use super::{lead_on::lead_on, not_found::NotFoundPage};
use crate::{
    cache::use_query,
    components::{
        CommentForm, Comments, Head, Loaded, Page, PostCard, ThreadLocked, count::counted, heading::Level, lay_posts,
        likes::Likes, silences::Silences,
    },
    destination::{Destination, comment_on},
};

/// What an address asks for.
#[derive(Clone, PartialEq)]
enum Asked {
    Page(Thread),
    Comment(CommentPlace),
}

/// The thread at `/community/{post}`, with `?page=` from 1 and `?under=` a comment; with `?comment=` the page that shows
/// that one.
#[component]
pub fn ThreadPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let asked = Memo::new(move |_| {
        let post = params.with(|params| params.get_str("post")?.parse().ok())?;
        query.with(|query| {
            if let Some(comment) = query.get_str("comment") {
                return Some(Asked::Comment(CommentPlace { post, comment: comment.parse().ok()? }));
            }
            let under = query.get_str("under").map(str::parse).transpose().ok()?;
            let page = query.get_str("page").map_or(Ok(1), str::parse::<u32>).ok()?.checked_sub(1)?;
            Some(Asked::Page(Thread { post, under, page }))
        })
    });
    move || match asked.get() {
        None => view! { <NotFoundPage /> }.into_any(),
        Some(Asked::Page(here)) => view! { <ThreadOf here /> }.into_any(),
        Some(Asked::Comment(place)) => view! { <PageOfComment place /> }.into_any(),
    }
}

/// Leads on to the page that shows a comment.
#[component]
fn PageOfComment(place: CommentPlace) -> impl IntoView {
    let comment = place.comment;
    let page = use_query(move || place.clone());
    view! {
        <Page class="page page-narrow">
            <Loaded reading=page let:page>{lead_on(&comment_on(page.get_untracked().into(), comment))}</Loaded>
        </Page>
    }
}

#[component]
fn ThreadOf(here: Thread) -> impl IntoView {
    let thread = use_query({
        let here = here.clone();
        move || here.clone()
    });
    Likes::provide();
    Silences::provide();
    view! {
        <Page class="page page-narrow">
            <Loaded reading=thread let:thread><Conversation here=here.clone() thread /></Loaded>
        </Page>
    }
}

#[component]
fn Conversation(here: Thread, thread: Memo<ThreadView>) -> impl IntoView {
    let Thread { post, under, page } = here;
    let address = move |page: u32| Destination::Thread(Thread { post, under, page }).to_string();
    let whole = Destination::Thread(Thread::first(post)).to_string();
    let pages = Memo::new(move |_| thread.with(|thread| thread.pages));
    // An existing form stays, even when the page fills meanwhile: something may be typed in it.
    let is_last = page + 1 >= pages.get_untracked();
    let title = move || thread.with(|thread| format!("A post by {}", thread.post.author.name));
    let description = move || thread.with(|thread| thread.post.text.as_str().chars().take(160).collect::<String>());
    let locked = Memo::new(move |_| thread.with(|thread| thread.locked));
    provide_context(ThreadLocked(locked));
    let navigate = use_navigate();
    let leave = move |()| navigate("/community", leptos_router::NavigateOptions::default());
    view! {
        <Head title=title description=description at=address(page) kind="article" />
        <nav class="breadcrumb" aria-label="Breadcrumb">
            <ol class="breadcrumb-list">
                <li class="breadcrumb-item"><a class="breadcrumb-link" href="/community">"Community"</a></li>
                {under.map(|_| view! { <li class="breadcrumb-item"><a class="breadcrumb-link" href=whole>{title}</a></li> })}
                <li class="breadcrumb-item" aria-current="page">{move || if under.is_some() { "Replies".to_owned() } else { title() }}</li>
            </ol>
        </nav>
        <h1 class="visually-hidden">{title}</h1>
        <div class="stack">
            <PostCard
                post=Memo::new(move |_| thread.with(|thread| thread.post.clone()))
                lay_post=lay_posts(move || Thread { post, under, page })
                level=Level::Two
                on_deleted=leave
            />
            <section class="card stack" aria-labelledby="comments-title">
                <h2 id="comments-title">{move || thread.with(|thread| counted(thread.post.comments, "comment", "comments"))}</h2>
                <Comments here=Thread { post, under, page } comments=Signal::derive(move || thread.with(|thread| thread.comments.clone())) />
                <nav class="row" aria-label="Pages of comments">
                    {(page > 0).then(|| view! { <a class="button" href=address(page - 1) rel="prev">"Earlier comments"</a> })}
                    {move || (page + 1 < pages.get()).then(|| view! { <a class="button" href=address(page + 1) rel="next">"Later comments"</a> })}
                    {move || (under.is_none() && !is_last && !locked.get()).then(|| view! {
                        <a class="button" data-kind="quiet" href=format!("{}#new-comment", address(pages.get() - 1))>"Add a comment"</a>
                    })}
                </nav>
                {move || locked.get().then(|| view! {
                    <p class="field-hint" data-testid="thread-locked">"This thread is closed: nothing more can be said below the post."</p>
                })}
                {(under.is_none() && is_last && !locked.get_untracked()).then(|| view! { <CommentForm post label="Add a comment" verb="Comment" /> })}
            </section>
        </div>
    }
}
