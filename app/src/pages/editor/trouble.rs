//! Trouble, told above the form: recovered text, a save that failed, a conflict.

use domain::{Device, Millis, difference};
use leptos::{html, prelude::*};

use super::{
    form::{Form, Outcome},
    head::Head,
    meeting::Joined,
    sheet::Fields,
    subject::Subject,
};
use crate::{
    AppError,
    components::{BothTexts, Difference, GoneNotice, differing},
    draft,
};

/// Whatever a form's author should know before going on.
#[component]
pub fn Trouble<S: Subject>(form: Form<S>) -> impl IntoView {
    let recovered = form.keeping().recovered();
    view! {
        {move || form.is_gone().then(|| view! { <GoneNotice typed=move |()| form.all() discard=move |()| form.discard() /> })}
        {move || match (recovered.get(), form.kept_from()) {
            (Some(at), _) => view! { <Recovered form at /> }.into_any(),
            (None, Some((device, at))) => view! { <KeptBefore form device at /> }.into_any(),
            (None, None) => ().into_any(),
        }}
        {move || form.left().with(Option::is_some).then(|| view! { <Left form /> })}
        {move || form.keeping().is_refused().then(|| view! {
            <div class="notice" data-kind="warn" role="status">
                <p class="notice-text">
                    "This browser can’t keep a copy of what you type (its storage is full or switched off). Please save often."
                </p>
            </div>
        })}
        {move || form.joined().get().map(|joined| view! { <JoinedNotice form joined /> })}
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
            <div class="notice-actions"><GoBack form /></div>
        </div>
    }
}

/// What is shown was typed before, or elsewhere, and is kept.
#[component]
fn KeptBefore<S: Subject>(form: Form<S>, device: Device, at: Millis) -> impl IntoView {
    let (clock, iso) = draft::times(at);
    view! {
        <div class="notice" data-kind="info" role="status" data-testid="recovered-draft">
            <p class="notice-text">
                "This text was typed at "<time datetime=iso>{clock}</time>{format!(" with {}, and is not saved yet.", device.as_str())}
            </p>
            <div class="notice-actions"><GoBack form /></div>
        </div>
    }
}

#[component]
fn GoBack<S: Subject>(form: Form<S>) -> impl IntoView {
    if S::IS_KEPT {
        view! {
            <button class="button" data-size="small" type="button" data-testid="go-back" on:click=move |_| form.go_back()>
                "Go back to what is saved"
            </button>
        }.into_any()
    } else {
        view! { <button class="button" data-size="small" type="button" on:click=move |_| form.discard()>"Discard"</button> }.into_any()
    }
}

/// Its author went back to what is saved.
#[component]
fn Left<S: Subject>(form: Form<S>) -> impl IntoView {
    view! {
        <div class="notice" data-kind="info" role="status" data-testid="went-back">
            <p class="notice-text">"This is the saved text. What you had typed is not lost: Undo brings it back."</p>
            <div class="notice-actions">
                <button class="button" data-size="small" type="button" on:click=move |_| form.go_on()>"Undo"</button>
                <button class="button" data-size="small" data-kind="quiet" type="button"
                    on:click=move |_| form.left().set(None)>"Close"</button>
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

/// Two texts became one. Of two saves each is a version; what was only typed can be looked at here.
#[component]
fn JoinedNotice<S: Subject>(form: Form<S>, joined: Joined<S::Fields>) -> impl IntoView {
    let (history, both) = match joined {
        Joined::Saves => (form.history(), None),
        Joined::Typed { mine, theirs } => (None, Some(differing(&mine.parts(), &theirs.parts()))),
    };
    view! {
        <div class="notice" data-kind="info" role="status" data-testid="joined">
            <p class="notice-text">
                {format!("This {} was changed somewhere else meanwhile. Both changes are in it now.", S::NOUN)}
            </p>
            {both.map(|(mine, theirs)| view! {
                <details class="disclosure">
                    <summary>"See what was changed"</summary>
                    <Difference pieces=difference(&theirs, &mine) label="The difference between the two texts" />
                    <DifferenceKey theirs="in the text from elsewhere" />
                </details>
            })}
            <div class="notice-actions">
                {history.map(|href| view! { <a class="button" data-size="small" href=href>"See both versions"</a> })}
                <button class="button" data-size="small" data-kind="quiet" type="button"
                    on:click=move |_| form.joined().set(None)>"Close"</button>
            </div>
        </div>
    }
}

/// Comes to where the eye is: the text may be long, and the cursor far down. The cursor stays where it is, so that what
/// is typed on is not lost.
#[component]
fn Conflict<S: Subject>(form: Form<S>, theirs: Head<S::Fields>) -> impl IntoView {
    let (mine, theirs) = untrack(|| form.with(|fields| differing(&fields.parts(), &theirs.fields().parts())));
    let pieces = difference(&theirs, &mine);
    let place = NodeRef::<html::Div>::new();
    Effect::new(move || {
        if let Some(place) = place.get() {
            place.scroll_into_view();
        }
    });
    let kept = form.history().map(|href| {
        view! {
            <p>
                "The text that you don’t choose is kept: you find it in the "<a href=href target="_blank">"history"</a>"."
            </p>
        }
    });
    view! {
        <div node_ref=place>
            <BothTexts noun=S::NOUN mine theirs keep=move |()| form.keep_mine() take=move |()| form.take_theirs()>
                {kept}
                <Difference pieces label="The difference between the two texts" />
                <DifferenceKey theirs="in what was saved meanwhile" />
            </BothTexts>
        </div>
    }
}

/// How a difference is read.
#[component]
fn DifferenceKey(theirs: &'static str) -> impl IntoView {
    view! {
        <p class="difference-key">
            <del>"Struck through"</del>{format!(" is only {theirs}; ")}<ins>"underlined"</ins>" is only in yours."
        </p>
    }
}
