//! Writing a comment, a reply, or one's own comment anew.

use domain::{CommentId, PostId, Remark, Rev};
use leptos::{ev::SubmitEvent, html, prelude::*, server_fn::ServerFn};

use super::{
    FormError, Kept, KeptNotice, TextArea, focus_soon,
    toast::{ToastKind, use_toasts},
};
use crate::{
    api::community::{AddComment, SaveComment},
    boot,
    cache::{action, use_mutation},
    destination::comment_id,
    way_back::and_back,
};

/// A new comment on a post, or a reply to one of its comments.
#[component]
pub fn CommentForm(
    post: PostId,
    /// The comment it replies to.
    #[prop(optional)]
    parent: Option<CommentId>,
    #[prop(into)] label: String,
    verb: &'static str,
    /// Closed once it is sent, if it can be closed.
    #[prop(optional)]
    open: Option<RwSignal<bool>>,
) -> impl IntoView {
    if boot::viewer().is_none() {
        return view! { <p><a href=and_back("/sign-in")>"Sign in"</a>" to answer."</p> }.into_any();
    }
    let add = use_mutation::<AddComment>();
    let toasts = use_toasts();
    let form = NodeRef::<html::Form>::new();
    let place = parent.map_or_else(|| format!("comment-{post}"), reply);
    let kept = Kept::begin(form, place);
    let submit = move |event: SubmitEvent| {
        add.submit(&event, move |answer| {
            if let Ok(comment) = answer {
                kept.sent();
                if let Some(form) = form.get_untracked() {
                    form.reset();
                }
                if let Some(open) = open {
                    open.set(false);
                }
                focus_soon(comment_id(comment));
                toasts.toast("Comment added", ToastKind::Good);
            }
        });
    };
    let reply_to = NodeRef::<html::Input>::new();
    let to_thread = move |_| {
        if let (Some(reply_to), Some(form)) = (reply_to.get_untracked(), form.get_untracked()) {
            reply_to.set_disabled(true);
            form.request_submit().ok();
        }
    };
    let id = parent.map_or_else(|| "new-comment".to_owned(), |parent| format!("reply-{parent}"));
    view! {
        <form node_ref=form class="comment-form form" action=action(AddComment::PATH) method="post" on:submit=submit on:input=move |_| kept.typed() data-testid="comment-form">
            <input type="hidden" name="post" value=post.to_string() />
            {parent.map(|parent| view! { <input type="hidden" name="parent" value=parent.to_string() node_ref=reply_to /> })}
            <KeptNotice kept />
            <TextArea id label rows=2 most=Remark::MAX_CHARACTERS sends=true />
            <FormError error=add.error() />
            <div class="form-actions">
                <button class="button" data-kind="primary" data-size="small" aria-busy=move || add.is_under_way().to_string()>{verb}</button>
                {move || (parent.is_some() && kept.is_gone()).then(|| view! {
                    <button class="button" data-size="small" type="button" on:click=to_thread>"Post it to the thread instead"</button>
                })}
                {open.map(|open| view! { <Cancel kept open /> })}
            </div>
        </form>
    }
    .into_any()
}

/// The place where a reply's draft is kept.
pub fn reply(to: CommentId) -> String {
    format!("reply-{to}")
}

/// The place where the draft of a changed comment is kept.
pub fn edit(comment: CommentId) -> String {
    format!("edit-comment-{comment}")
}

/// One's own comment, to be said otherwise.
#[component]
pub fn EditComment(comment: CommentId, text: String, base: Rev, open: RwSignal<bool>) -> impl IntoView {
    let save = use_mutation::<SaveComment>();
    let toasts = use_toasts();
    let form = NodeRef::<html::Form>::new();
    let kept = Kept::begin(form, edit(comment));
    let submit = move |event: SubmitEvent| {
        save.submit(&event, move |answer| {
            kept.answered(&answer);
            if answer.is_ok() {
                open.set(false);
                focus_soon(comment_id(comment));
                toasts.toast("Saved successfully", ToastKind::Good);
            }
        });
    };
    view! {
        <form node_ref=form class="comment-form form" action=SaveComment::PATH method="post" on:submit=submit on:input=move |_| kept.typed() data-testid="edit-comment-form">
            <input type="hidden" name="comment" value=comment.to_string() />
            <input type="hidden" name="base" value=base.0.to_string() />
            <KeptNotice kept noun="comment" />
            <TextArea id=format!("edit-{comment}") label="Your comment" value=text rows=2 most=Remark::MAX_CHARACTERS sends=true />
            <FormError error=save.error() />
            <div class="form-actions">
                <button class="button" data-kind="primary" data-size="small" aria-busy=move || save.is_under_way().to_string()>"Save"</button>
                <Cancel kept open />
            </div>
        </form>
    }
}

#[component]
fn Cancel(kept: Kept, open: RwSignal<bool>) -> impl IntoView {
    view! { <button class="button" data-kind="quiet" data-size="small" type="button" on:click=move |_| { kept.sent(); open.set(false); }>"Cancel"</button> }
}
