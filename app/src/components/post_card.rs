//! A post: who says what about which story.

use std::sync::Arc;

use domain::{PostCard as Card, PostId, Remark, Reportable, StoryPage, Thread};
use leptos::{ev::SubmitEvent, html, prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_query_map;

use super::{
    Byline, DeleteForm, Fold, FormError, Icon, Kept, KeptNotice, ReportLink, Says, SilenceLink, TextArea, Time,
    count::counted,
    focus_soon,
    heading::{Heading, Level},
    kept,
    like_button::LikeButton,
    likes::Likeable,
    post_patch::LayPost,
    said,
    toast::{ToastKind, use_toasts},
};
use crate::{
    api::community::{DeletePost, SavePost},
    cache::use_mutation,
    destination::Destination,
    places,
};

/// A post. Its author can edit and delete it.
#[component]
pub fn PostCard(
    post: Memo<Card>,
    lay_post: LayPost,
    level: Level,
    /// What happens once it is deleted.
    #[prop(optional, into)]
    on_deleted: Option<Callback<()>>,
) -> impl IntoView {
    let (id, author) = post.with_untracked(|post| (post.post, post.author.clone()));
    let own = places::is_author(Some(author.user));
    // The edit link works without a script too: it leads to the post's own page, opened for editing.
    let asked = use_query_map().with_untracked(|query| query.get_str("edit") == Some(&id.to_string()));
    let editing = RwSignal::new(own && asked);
    if own {
        kept::open_again(editing, edit(id));
    }
    let heading = format!("post-{id}-author");
    let labelled_by = heading.clone();
    let thread = Destination::Thread(Thread::first(id)).to_string();
    let about = move || {
        post.with(|post| post.about.clone().map(|(story, title)| (story, title, post.chapter))).map(|(story, title, chapter)| {
            let (words, to) = match chapter {
                None => ("about ", Destination::Story(StoryPage::first(story))),
                Some(chapter) => ("about a chapter of ", Destination::Chapter(story, chapter)),
            };
            view! { <p class="post-about" data-testid="post-about">{words}<a href=to.to_string()><bdi>{title.to_string()}</bdi></a></p> }
        })
    };
    let text = move || {
        if editing.get() {
            view! { <EditPost post=post.get_untracked() editing /> }.into_any()
        } else {
            let text = said(move || post.with(|post| (post.text.to_string(), post.mentioned.clone())));
            view! { <p class="post-text" dir="auto" data-testid="post-text">{text}</p> }.into_any()
        }
    };
    let like = Signal::derive(move || post.with(|post| format!("the post by {}", post.author.name)));
    let count: super::LayCount =
        Arc::new(move |change| lay_post(id, Arc::new(move |post: &mut Card| post.likes = change(post.likes))));
    view! {
        <article class="post" id=element(id) tabindex="-1" data-testid="post" data-post-id=id.to_string() aria-labelledby=labelled_by>
            <Fold by=Some(author.user) />
            <header class="post-head">
                <Heading level class="post-author" id=heading><Byline of=Signal::derive(move || post.with(|post| post.author.clone())) /></Heading>
                <a class="post-time" href=thread.clone()><Time at=Signal::derive(move || post.with(|post| post.created_at)) says=Says::Ago /></a>
                {move || post.with(|post| post.edited).then_some("edited")}
                {about}
            </header>
            {text}
            <footer class="post-foot">
                <LikeButton thing=Likeable::Post(id) what=like likes=Signal::derive(move || post.with(|post| post.likes)) lay_count=count small=true />
                <a class="button" data-kind="quiet" data-size="small" href=thread.clone()>
                    <Icon name="talk" />
                    {move || post.with(|post| counted(post.comments, "comment", "comments"))}
                </a>
                <ReportLink what=Reportable::Post(id) back=thread.clone() />
                <SilenceLink person=Signal::derive(move || post.with(|post| Some(post.author.clone()))) back=thread />
                {places::for_author(Some(author.user), move || view! { <OwnPost post=id editing on_deleted /> })}
            </footer>
        </article>
    }
}

/// What its author can do with it.
#[component]
fn OwnPost(post: PostId, editing: RwSignal<bool>, on_deleted: Option<Callback<()>>) -> impl IntoView {
    let delete = use_mutation::<DeletePost>();
    view! {
        <div class="post-own">
            <a
                class="button"
                data-kind="quiet"
                data-size="small"
                data-testid="edit-post"
                href=format!("/community/{post}?edit={post}")
                on:click=move |event| {
                    event.prevent_default();
                    editing.update(|editing| *editing = !*editing);
                }
            >
                <Icon name="edit" />
                "Edit"
                <span class="visually-hidden">" this post"</span>
            </a>
            <DeleteForm
                mutation=delete
                action=DeletePost::PATH
                field="post"
                id=post.to_string()
                what="this post"
                warning="Its comments go with it. This can’t be undone."
                on_deleted
            />
        </div>
    }
}

/// The id of a post's element.
fn element(post: PostId) -> String {
    format!("post-{post}")
}

/// The place where the draft of a changed post is kept.
fn edit(post: PostId) -> String {
    format!("edit-post-{post}")
}

#[component]
fn EditPost(post: Card, editing: RwSignal<bool>) -> impl IntoView {
    let Card { post, text, rev, .. } = post;
    let save = use_mutation::<SavePost>();
    let toasts = use_toasts();
    let form = NodeRef::<html::Form>::new();
    let kept = Kept::begin(form, edit(post));
    let submit = move |event: SubmitEvent| {
        save.submit(&event, move |answer| {
            kept.answered(&answer);
            if answer.is_ok() {
                editing.set(false);
                focus_soon(element(post));
                toasts.toast("Saved successfully", ToastKind::Good);
            }
        });
    };
    view! {
        <form node_ref=form class="form" action=SavePost::PATH method="post" on:submit=submit on:input=move |_| kept.typed() data-testid="edit-post-form">
            <input type="hidden" name="post" value=post.to_string() />
            <input type="hidden" name="base" value=rev.0.to_string() />
            <KeptNotice kept noun="post" />
            <TextArea id=format!("edit-{post}") label="Your post" value=text.to_string() most=Remark::MAX_CHARACTERS sends=true />
            <FormError error=save.error() />
            <div class="form-actions">
                <button class="button" data-kind="primary" data-size="small" aria-busy=move || save.is_under_way().to_string()>"Save"</button>
                <button class="button" data-kind="quiet" data-size="small" type="button" on:click=move |_| { kept.sent(); editing.set(false); }>"Cancel"</button>
            </div>
        </form>
    }
}
