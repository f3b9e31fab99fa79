//! How the caches are doing: what each tier did, what this browser holds, and why it is judged so.

mod events;
mod holdings;
mod tier_card;
mod watch;

use domain::Tier;
use leptos::{prelude::*, task::spawn_local};

use self::{events::Events, holdings::Holdings, tier_card::TierCard, watch::Watch};
use crate::{
    AppError,
    api::caches::{clear_node_memory, clear_node_metrics},
    cache::Browser,
    components::{Head, Page, ToastKind, use_toasts},
};

/// The page at `/debug/cache`. Its figures are this tab's, so they appear when the page is alive.
#[component]
pub fn CachePage() -> impl IntoView {
    let watch = Watch::begin();
    view! {
        <Page>
            <Head title="Cache" description="How the caches between the library and this screen are doing." />
            <header class="page-head">
                <div>
                    <h1>"How the cache is doing"</h1>
                    <p class="page-lead">"Counted since this page was opened, and since the server was started; anew every second."</p>
                </div>
                <Buttons watch />
            </header>
            {move || watch.refusal().map(|error| view! { <Refusal error /> })}
            <section aria-labelledby="tiers-title">
                <h2 class="section-head" id="tiers-title">"Tiers"</h2>
                <ul class="tier-list">
                    {Tier::ALL.map(|tier| {
                        let tally = Signal::derive(move || watch.tally(tier));
                        view! { <TierCard tier tally /> }
                    })}
                </ul>
            </section>
            <Holdings watch />
            <Events watch />
        </Page>
    }
}

#[component]
fn Refusal(error: AppError) -> impl IntoView {
    let words = match error {
        AppError::SignedOut | AppError::NotAllowed => {
            "What the server’s tiers did is shown to managers only, because keys name stories and people. \
             This browser’s own figures are below."
                .to_owned()
        }
        error => format!("The server’s figures can’t be had: {error}"),
    };
    view! {
        <div class="notice" data-kind="warn" role="status" data-testid="node-refused"><p class="notice-text">{words}</p></div>
    }
}

#[component]
fn Buttons(watch: Watch) -> impl IntoView {
    let toasts = use_toasts();
    let browser = StoredValue::new(Browser::current());
    let told = move |done: Result<(), AppError>, words: &'static str| match done {
        Ok(()) => toasts.toast(words, ToastKind::Good),
        Err(error) => toasts.toast(error.to_string(), ToastKind::Danger),
    };
    let clear_browser = move |_| {
        browser.with_value(Browser::clear);
        told(Ok(()), "This browser’s cache is empty");
        watch.look();
    };
    let clear_metrics = move |_| {
        browser.with_value(|browser| browser.with_recorder(domain::Recorder::clear));
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
        <div class="row">
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
