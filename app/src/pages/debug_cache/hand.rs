//! What can be done by hand: have something read anew, empty a cache, count anew.

use domain::{Area, Holding, Invalidation, Key, NotAnInvalidation, Tag};
use leptos::{prelude::*, task::spawn_local};

use super::watch::Watch;
use crate::{
    AppError,
    api::caches::{InvalidateAnswers, clear_node_memory, clear_node_metrics},
    cache::{Browser, use_mutation},
    components::{ToastKind, use_toasts},
};

/// By hand.
#[component]
pub fn ByHand(watch: Watch) -> impl IntoView {
    view! {
        <section class="card" aria-labelledby="hand-title">
            <h2 class="card-title" id="hand-title">"By hand"</h2>
            <InvalidateForm watch />
            <Buttons watch />
        </section>
    }
}

/// Says through the log that something is to be read anew, as every save does.
#[component]
fn InvalidateForm(watch: Watch) -> impl IntoView {
    let toasts = use_toasts();
    let invalidating = use_mutation::<InvalidateAnswers>();
    let (text, refused) = (RwSignal::new(String::new()), RwSignal::new(None::<String>));
    let held = Memo::new(move |_| watch.holdings());
    let suggested = Memo::new(move |_| held.with(|held| suggestions(held)));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let typed = text.get_untracked();
        let what = match typed.parse::<Invalidation>() {
            Ok(one) => held.with_untracked(|held| resolve(&one, held)),
            Err(error) => return refused.set(Some(refusal(error))),
        };
        refused.set(None);
        spawn_local(async move {
            match invalidating.send(InvalidateAnswers { what }).await {
                Ok(()) => {
                    text.try_set(String::new());
                    toasts.toast("It is in the log: what depends on it is read anew, everywhere", ToastKind::Good);
                }
                Err(AppError::NotFound) => {
                    let words = "Neither this browser nor this node’s memory holds an answer of that key.";
                    refused.try_set(Some(words.to_owned()));
                }
                Err(error) => {
                    refused.try_set(Some(error.to_string()));
                }
            }
            watch.look();
        });
    };
    view! {
        <form class="form" on:submit=submit data-testid="invalidate-form" novalidate=true>
            <div class="field">
                <label class="field-label" for="invalidate">"Invalidate a key, a tag or an area"</label>
                <p class="field-hint" id="invalidate-hint">
                    "Goes through the log like every save, so every node and every browser reads anew what depends on it."
                </p>
                <div class="with-button">
                    <input class="field-input" id="invalidate" list="invalidate-list" autocomplete="off" spellcheck="false"
                        aria-describedby="invalidate-hint invalidate-error" placeholder="story:0123456789abc"
                        aria-invalid=move || refused.with(Option::is_some).then_some("true")
                        prop:value=move || text.get() on:input=move |event| text.set(event_target_value(&event)) />
                    <button class="button" type="submit" aria-disabled=move || invalidating.is_under_way().then_some("true")>
                        "Invalidate"
                    </button>
                </div>
                <datalist id="invalidate-list">
                    <For each=move || suggested.get() key=Clone::clone children=|text| view! { <option value=text></option> } />
                </datalist>
                <div id="invalidate-error" role="alert">
                    {move || refused.get().map(|words| view! { <p class="field-error" data-testid="invalidate-error">{words}</p> })}
                </div>
            </div>
        </form>
    }
}

#[component]
fn Buttons(watch: Watch) -> impl IntoView {
    let toasts = use_toasts();
    let told = move |done: Result<(), AppError>, words: &'static str| match done {
        Ok(()) => toasts.toast(words, ToastKind::Good),
        Err(error) => toasts.toast(error.to_string(), ToastKind::Danger),
    };
    let clear_browser = move |_| {
        watch.with_browser(Browser::clear);
        told(Ok(()), "This browser’s cache is empty");
        watch.look();
    };
    let clear_metrics = move |_| {
        watch.with_browser(|browser| {
            browser.with_recorder(domain::Recorder::clear);
            browser.clear_samples();
        });
        spawn_local(async move {
            told(clear_node_metrics().await, "Counting anew");
            watch.look();
        });
    };
    let clear_memory = move |_| {
        spawn_local(async move {
            told(clear_node_memory().await, "The node’s memory is empty");
            watch.look();
        });
    };
    view! {
        <div class="row cache-buttons">
            <button class="button" type="button" data-testid="clear-browser-cache" on:click=clear_browser>
                "Clear this browser’s cache"
            </button>
            <button class="button" type="button" data-testid="clear-metrics" on:click=clear_metrics>"Clear metrics"</button>
            <button class="button" type="button" data-testid="clear-node-memory" on:click=clear_memory>
                "Clear this node’s memory"
            </button>
        </div>
    }
}

/// What this browser knows the tags of, it names by them; another key is the node's to know. To
/// invalidate one answer is not to invalidate its whole area.
fn resolve(one: &Invalidation, held: &[Holding]) -> Vec<String> {
    let tags_of = |key: &Key| held.iter().find(|one| one.key == *key).map(|one| one.tags.iter());
    match one {
        Invalidation::Tag(tag) => vec![tag.to_string()],
        Invalidation::Key(key) => match tags_of(key) {
            Some(tags) => tags.filter(|tag| !matches!(tag, Tag::Area(_))).map(|tag| tag.to_string()).collect(),
            None => vec![key.to_string()],
        },
    }
}

/// Areas, and the tags and keys of the held answers.
fn suggestions(held: &[Holding]) -> Vec<String> {
    let mut tags: Vec<Tag> = held.iter().flat_map(|one| one.tags.iter()).collect();
    tags.sort_unstable();
    tags.dedup();
    let areas = Area::ALL.iter().map(|area| area.slug().to_owned());
    let tags = tags.into_iter().filter(|tag| !matches!(tag, Tag::Area(_))).map(|tag| tag.to_string());
    areas.chain(tags).chain(held.iter().map(|one| one.key.to_string())).collect()
}

fn refusal(error: NotAnInvalidation) -> String {
    error.to_string()
}
