//! What the tiers did last.

use domain::{CacheEvent, Outcome, Tier};
use leptos::prelude::*;

use super::{
    watch::Watch,
    words::{self, clock},
};
use crate::components::Choice;

/// How many are shown at once.
const SHOWN: usize = 50;

/// How far back to look, in milliseconds, with a name.
const WINDOWS: [(&str, &str, i64); 4] = [
    ("all", "As far as is known", i64::MAX),
    ("300", "Five minutes", 300_000),
    ("60", "One minute", 60_000),
    ("10", "Ten seconds", 10_000),
];

/// The filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Filter {
    tier: Option<Tier>,
    outcome: Option<Outcome>,
    window: i64,
}

impl Filter {
    fn lets(self, event: &CacheEvent, now: domain::Millis) -> bool {
        self.tier.is_none_or(|tier| event.tier == tier)
            && self.outcome.is_none_or(|outcome| event.outcome == outcome)
            && now.since(event.at) <= self.window
    }
}

/// The last events, newest first.
#[component]
pub fn Events(watch: Watch) -> impl IntoView {
    let filter = RwSignal::new(Filter { tier: None, outcome: None, window: i64::MAX });
    let events = Memo::new(move |_| {
        let (filter, now) = (filter.get(), watch.now());
        let mut events = watch.events();
        events.retain(|event| filter.lets(event, now));
        events.truncate(SHOWN);
        numbered(events)
    });
    let is_empty = Memo::new(move |_| events.with(Vec::is_empty));
    view! {
        <section class="section" aria-labelledby="events-title">
            <h2 class="section-head" id="events-title">"Recent events"</h2>
            <div class="form-row cache-filter"><Filters filter /></div>
            <p class="page-lead" hidden=move || !is_empty.get()>"Nothing of the kind. What the tiers do appears here."</p>
            <ol class="event-list" tabindex="0" aria-label="Recent events, newest first" data-testid="event-list"
                hidden=is_empty>
                <For each=move || events.get() key=Clone::clone children=|(event, _)| one(event) />
            </ol>
        </section>
    }
}

#[component]
fn Filters(filter: RwSignal<Filter>) -> impl IntoView {
    let chosen_tier = Signal::derive(move || filter.get().tier.map_or("all", Tier::label).to_owned());
    let chosen_outcome = Signal::derive(move || filter.get().outcome.map_or("all", Outcome::label).to_owned());
    let chosen_window = Signal::derive(move || {
        let window = filter.get().window;
        WINDOWS.iter().find(|known| known.2 == window).map_or("all", |known| known.0).to_owned()
    });
    let all = [("all", "All")].into_iter();
    let tiers = all.clone().chain(Tier::ALL.map(|tier| (tier.label(), tier.label()))).collect::<Vec<_>>();
    let outcomes = all.chain(Outcome::ALL.map(|outcome| (outcome.label(), outcome.label()))).collect::<Vec<_>>();
    let windows = WINDOWS.map(|(slug, label, _)| (slug, label)).to_vec();
    let choose_tier = move |label: String| {
        filter.update(|filter| filter.tier = Tier::ALL.into_iter().find(|tier| tier.label() == label));
    };
    let choose_outcome = move |label: String| {
        filter.update(|filter| filter.outcome = Outcome::ALL.into_iter().find(|outcome| outcome.label() == label));
    };
    let choose_window = move |slug: String| {
        let window = WINDOWS.iter().find(|known| known.0 == slug).map_or(i64::MAX, |known| known.2);
        filter.update(|filter| filter.window = window);
    };
    view! {
        <Choice id="events-tier" label="Tier" options=tiers chosen=chosen_tier choose=choose_tier />
        <Choice id="events-outcome" label="What happened" options=outcomes chosen=chosen_outcome choose=choose_outcome />
        <Choice id="events-window" label="How far back" options=windows chosen=chosen_window choose=choose_window />
    }
}

/// Two alike within a millisecond are two.
fn numbered(events: Vec<CacheEvent>) -> Vec<(Named, u32)> {
    let mut numbered: Vec<(Named, u32)> = vec![];
    for event in events {
        let event = Named(event);
        let alike =
            numbered.iter().rev().take_while(|(one, _)| one.0.at == event.0.at).filter(|(one, _)| *one == event);
        let number = u32::try_from(alike.count()).unwrap_or_default();
        numbered.push((event, number));
    }
    numbered
}

/// An event that lists tell apart by all there is of it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Named(CacheEvent);

impl std::hash::Hash for Named {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        (self.0.at, self.0.tier, self.0.outcome, &self.0.key).hash(state);
    }
}

fn one(Named(event): Named) -> impl IntoView + use<> {
    let (kind, state) = match event.outcome {
        Outcome::Hit => ("hit", "good"),
        Outcome::Miss => ("miss", "warn"),
        Outcome::Stale => ("stale", "warn"),
        Outcome::Ahead => ("ahead", "info"),
        Outcome::Invalidation => ("invalidation", "info"),
        Outcome::Error => ("error", "danger"),
    };
    view! {
        <li class="event" data-kind=kind data-testid="cache-event">
            <span class="badge event-type" data-state=state>{event.outcome.label()}</span>
            <span class="event-tier">{event.tier.label()}</span>
            <code class="event-key">{event.key.to_string()}</code>
            <span class="event-ms">{event.micros.map(words::micros)}</span>
            <span class="event-time">{clock(event.at)}</span>
        </li>
    }
}
