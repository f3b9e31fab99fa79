//! Trouble, told above the form: recovered text, a save that failed, a conflict.

use domain::Millis;
use leptos::prelude::*;

use super::{
    form::{Form, Outcome, Subject},
    sheet::{Fields, Saved},
};
use crate::{AppError, draft};

/// Whatever a form's author should know before going on.
#[component]
pub fn Trouble<S: Subject>(form: Form<S>) -> impl IntoView {
    let recovered = form.keeping().recovered();
    view! {
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
    let (mine, saved) = untrack(|| form.with(|fields| differing(fields, &theirs.fields)));
    let noun = S::NOUN;
    view! {
        <section class="conflict" role="alert" aria-labelledby="conflict-title" data-testid="conflict-panel">
            <div>
                <h2 class="conflict-title" id="conflict-title">{format!("This {noun} was saved somewhere else meanwhile")}</h2>
                <p>"Nothing is lost: read both, then say which one stays."</p>
            </div>
            <div class="conflict-sides">
                <article class="conflict-side">
                    <h3 class="conflict-side-title">"Yours"</h3>
                    <div class="conflict-text" tabindex="0" role="region" aria-label="Your text">{mine}</div>
                    <button class="button" data-kind="primary" type="button" data-testid="keep-mine"
                        on:click=move |_| form.keep_mine()>"Keep mine"</button>
                </article>
                <article class="conflict-side">
                    <h3 class="conflict-side-title">"Saved meanwhile"</h3>
                    <div class="conflict-text" tabindex="0" role="region" aria-label="The text saved meanwhile">{saved}</div>
                    <button class="button" type="button" data-testid="take-theirs"
                        on:click=move |_| form.take_theirs()>"Take theirs"</button>
                </article>
            </div>
        </section>
    }
}

/// The texts in which two forms differ, each under its name when there are several.
fn differing<F: Fields>(ours: &F, theirs: &F) -> (String, String) {
    let (ours, theirs) = (ours.parts(), theirs.parts());
    let differ: Vec<_> =
        ours.iter().zip(&theirs).filter(|(ours, theirs)| ours.1.trim_end() != theirs.1.trim_end()).collect();
    let tell = |name: &str, text: &str| if differ.len() > 1 { format!("{name}: {text}\n\n") } else { text.to_owned() };
    (
        differ.iter().map(|(ours, _)| tell(ours.0, ours.1)).collect(),
        differ.iter().map(|(_, theirs)| tell(theirs.0, theirs.1)).collect(),
    )
}
