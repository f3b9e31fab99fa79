//! Writing a post.

use domain::{Remark, Subject};
use leptos::{ev::SubmitEvent, html, prelude::*, server_fn::ServerFn};

use super::{
    FormError, Kept, KeptNotice, TextArea, focus_soon,
    story_choice::{Stories, StoryChoice},
    toast::{ToastKind, use_toasts},
};
use crate::{
    api::community::CreatePost,
    boot,
    cache::{action, use_mutation},
    way_back::and_back,
};

/// The id of the field for its text.
const TEXT: &str = "compose-text";

/// A form for a new post; without a session, a link to sign in.
#[component]
pub fn Compose(
    #[prop(default = "Say something")] label: &'static str,
    /// What it will be about; who writes may choose a story where there is nothing.
    about: Option<Subject>,
) -> impl IntoView {
    if boot::viewer().is_none() {
        return view! {
            <p class="notice" data-kind="info"><span class="notice-text"><a href=and_back("/sign-in")>"Sign in"</a>" to join the talk."</span></p>
        }
        .into_any();
    }
    let create = use_mutation::<CreatePost>();
    let toasts = use_toasts();
    let form = NodeRef::<html::Form>::new();
    let kept = Kept::begin(form, about.map_or_else(|| "post".to_owned(), |about| format!("post-{about}")));
    let (stories, chosen) = (Stories::begin(), RwSignal::new(String::new()));
    let near = move || {
        if about.is_none() {
            stories.ask();
        }
    };
    let submit = move |event: SubmitEvent| {
        create.submit(&event, move |answer| {
            if answer.is_ok() {
                kept.sent();
                if let Some(form) = form.get_untracked() {
                    form.reset();
                }
                focus_soon(TEXT.to_owned());
                toasts.toast("Posted", ToastKind::Good);
            }
        });
    };
    view! {
        <form node_ref=form class="card form compose" action=action(CreatePost::PATH) method="post" on:submit=submit data-testid="post-form"
            on:input=move |_| kept.typed() on:focusin=move |_| near() on:pointerenter=move |_| near() on:reset=move |_| chosen.set(String::new())>
            {about.map(|about| view! { <input type="hidden" name="about" value=about.to_string() /> })}
            <KeptNotice kept />
            <TextArea id=TEXT label most=Remark::MAX_CHARACTERS sends=true />
            {about.is_none().then(|| view! { <StoryChoice stories chosen /> })}
            <FormError error=create.error() />
            <div class="form-actions">
                <button class="button" data-kind="primary" aria-busy=move || create.is_under_way().to_string()>"Post"</button>
            </div>
        </form>
    }
    .into_any()
}
