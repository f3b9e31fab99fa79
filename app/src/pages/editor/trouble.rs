//! Trouble, told above the form: recovered text, a save that failed, a conflict.

use domain::Millis;
use leptos::prelude::*;

use super::{
    form::{Form, Outcome, Subject},
    sheet::{Fields, Saved},
};
use crate::{
    AppError,
    components::{BothTexts, GoneNotice, differing},
    draft,
};

/// Whatever a form's author should know before going on.
#[component]
pub fn Trouble<S: Subject>(form: Form<S>) -> impl IntoView {
    let recovered = form.keeping().recovered();
    view! {
        {move || form.is_gone().then(|| view! { <GoneNotice typed=move |()| form.all() discard=move |()| form.discard() /> })}
        {move || recovered.get().map(|at| view! { <Recovered form at /> })}
        {move || form.keeping().is_refused().then(|| view! {
            <div class="notice" data-kind="warn" role="status">
                <p class="notice-text">
                    "This browser can’t keep a copy of what you type (its storage is full or switched off). Please save often."
                </p>
            </div>
        })}
        {move || match form.theirs().get() {
            Some(theirs) => view! { <Conflict form theirs /> }.into_any(),
            None => match form.outcome() {
                Outcome::Failed(error) => view! { <Failure error /> }.into_any(),
                Outcome::None | Outcome::Saved => ().into_any(),
            },
        }}
    }
}

#[component]
fn Recovered<S: Subject>(form: Form<S>, at: Millis) -> impl IntoView {
    let (clock, iso) = draft::times(at);
    view! {
        <div class="notice" data-kind="info" role="status" data-testid="recovered-draft">
            <p class="notice-text">"Unsaved text from "<time datetime=iso>{clock}</time>" was recovered. Save it to keep it."</p>
            <div class="notice-actions">
                <button class="button" data-size="small" type="button" on:click=move |_| form.discard()>"Discard"</button>
            </div>
        </div>
    }
}

#[component]
fn Failure(error: AppError) -> impl IntoView {
    let signed_out = error == AppError::SignedOut;
    view! {
        <div class="notice" data-kind="danger" role="alert" data-testid="save-error">
            <p class="notice-text">{error.in_form()}</p>
            {signed_out.then(|| view! {
                <div class="notice-actions">
                    <a class="button" data-size="small" href="/sign-in" target="_blank" rel="external">
                        "Sign in in a new tab"
                    </a>
                </div>
            })}
        </div>
    }
}

#[component]
fn Conflict<S: Subject>(form: Form<S>, theirs: Saved<S::Fields>) -> impl IntoView {
    let (mine, theirs) = untrack(|| form.with(|fields| differing(&fields.parts(), &theirs.fields.parts())));
    view! { <BothTexts noun=S::NOUN mine theirs keep=move |()| form.keep_mine() take=move |()| form.take_theirs() /> }
}
