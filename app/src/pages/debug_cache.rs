//! How the caches are doing: what each tier did, what this browser holds, and why it is judged so.
//!
//! In the order of the page: at a glance, the tiers, the log as it flows, the nodes, why one answer is
//! judged as it is, this browser's answers, what can be switched and done, and what happened last.

mod advice;
mod alerts;
mod events;
mod export;
mod hand;
mod headline;
mod holdings;
mod log;
mod nodes;
mod rollout;
mod tier_card;
mod watch;
mod why;
mod words;

use domain::Tier;
use leptos::prelude::*;

use self::{
    advice::Advices,
    alerts::AlertList,
    events::Events,
    export::Export,
    hand::ByHand,
    headline::Headline,
    holdings::{Holdings, Usage},
    log::Log,
    nodes::Nodes,
    rollout::Rollout,
    tier_card::TierCard,
    watch::Watch,
    why::{Asking, WhyCard},
};
use crate::{
    AppError,
    cache::Storage,
    components::{Head, Page},
};

/// The page at `/debug/cache`. Its figures are this tab's, so they appear when the page is alive.
#[component]
pub fn CachePage() -> impl IntoView {
    let (watch, asking) = (Watch::begin(), Asking::begin());
    let no_storage = RwSignal::new(false);
    // Said once, not with each look.
    let refusal = Memo::new(move |_| watch.refusal());
    Effect::new(move || no_storage.set(!Storage::is_there()));
    view! {
        <Page>
            <Head title="Cache" description="How the caches between the library and this screen are doing." />
            <header class="page-head">
                <div>
                    <h1>"How the cache is doing"</h1>
                    <p class="page-lead">"Counted since this tab was opened, and since the server was started; anew every second."</p>
                </div>
                <div class="row"><Pause watch /><Export watch /></div>
            </header>
            <p class="notice needs-script" data-kind="info" data-testid="needs-script">
                <span class="notice-text">"These figures are fetched by a script every second, and scripts are switched off here."</span>
            </p>
            {move || refusal.get().map(|error| view! { <Refusal error /> })}
            {move || no_storage.get().then(|| view! {
                <p class="notice" data-kind="warn" role="status" data-testid="no-storage">
                    <span class="notice-text">
                        "This browser keeps nothing for this site: localStorage is switched off. Everything works; a visit begins with an empty cache."
                    </span>
                </p>
            })}
            <Headline watch />
            <AlertList watch />
            <section class="section" aria-labelledby="tiers-title">
                <h2 class="section-head" id="tiers-title">
                    "Tiers"
                    <span class="legend"><span class="legend-lower">"hits"</span><span class="legend-upper">"misses"</span>" in the last five minutes"</span>
                </h2>
                <ul class="tier-list" role="list">
                    {Tier::ALL.map(|tier| view! { <TierCard watch tier /> })}
                </ul>
            </section>
            <Log watch />
            <div class="section cache-columns">
                <div class="stack"><Nodes watch /><Usage watch /></div>
                <WhyCard watch asking />
            </div>
            <Holdings watch asking />
            <div class="section cache-columns">
                <div class="stack"><ByHand watch /><Rollout watch /></div>
                <Advices watch />
            </div>
            <Events watch />
        </Page>
    }
}

#[component]
fn Pause(watch: Watch) -> impl IntoView {
    let words = move || if watch.paused.get() { "Go on" } else { "Pause" };
    let toggle = move |_| {
        watch.paused.update(|paused| *paused = !*paused);
        if !watch.paused.get_untracked() {
            watch.look();
        }
    };
    view! { <button class="button" data-size="small" type="button" data-testid="pause" on:click=toggle>{words}</button> }
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
