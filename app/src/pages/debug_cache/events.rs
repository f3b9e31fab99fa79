//! What the tiers did last.

use domain::{CacheEvent, Outcome};
use leptos::prelude::*;

use super::watch::Watch;

/// The last events, newest first.
#[component]
pub fn Events(watch: Watch) -> impl IntoView {
    let events = Memo::new(move |_| watch.events());
    view! {
        <section class="section" aria-labelledby="events-title">
            <h2 class="section-head" id="events-title">"Recent events"</h2>
            {move || if events.with(Vec::is_empty) {
                view! { <p class="page-lead">"Nothing yet. What the tiers do appears here."</p> }.into_any()
            } else {
                view! {
                    <ol class="event-list" tabindex="0" aria-label="Recent events, newest first" data-testid="event-list">
                        {events.with(|events| events.iter().map(event).collect_view())}
                    </ol>
                }.into_any()
            }}
        </section>
    }
}

fn event(event: &CacheEvent) -> impl IntoView + use<> {
    let (kind, state) = match event.outcome {
        Outcome::Hit => ("hit", "good"),
        Outcome::Miss => ("miss", "warn"),
        Outcome::Stale => ("stale", "warn"),
        Outcome::Ahead => ("ahead", "info"),
        Outcome::Invalidation => ("invalidation", "info"),
        Outcome::Error => ("error", "danger"),
    };
    // Whole thousandths: a clock in a page is not finer.
    let took = event.micros.map(|micros| format!("{}.{} ms", micros / 1_000, micros / 100 % 10));
    view! {
        <li class="event" data-kind=kind data-testid="cache-event">
            <span class="badge event-type" data-state=state>{event.outcome.label()}</span>
            <span class="event-tier">{event.tier.label()}</span>
            <code class="event-key">{event.key.to_string()}</code>
            <span class="event-ms">{took}</span>
            <span class="event-time">{clock(event.at.0)}</span>
        </li>
    }
}

/// Hours, minutes and seconds by this browser's clock. Events appear in the browser only.
fn clock(at: i64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "milliseconds, far below 2^53")]
    let date = js_sys::Date::new(&(at as f64).into());
    format!("{:02}:{:02}:{:02}", date.get_hours(), date.get_minutes(), date.get_seconds())
}
