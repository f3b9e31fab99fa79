//! One tier: how often it had the answer.

use domain::{Tally, Tier};
use leptos::prelude::*;

use crate::components::count::grouped;

/// Hit rate and counts of a tier; dashes until there are any.
#[component]
pub fn TierCard(tier: Tier, tally: Signal<Option<Tally>>) -> impl IntoView {
    let percent = Memo::new(move |_| tally.get().and_then(Tally::hit_rate).map(|rate| format!("{:.0}", rate * 100.0)));
    let rate = move || percent.get().map_or_else(|| "–".to_owned(), |percent| format!("{percent} %"));
    let number = move |pick: fn(Tally) -> u64| {
        move || {
            tally.get().map_or_else(|| "–".to_owned(), |tally| grouped(u32::try_from(pick(tally)).unwrap_or(u32::MAX)))
        }
    };
    view! {
        <li>
            <article class="tier-card" data-testid=format!("tier-{}", tier.label().to_lowercase())>
                <h3 class="tier-card-title">{tier.label()}</h3>
                <p class="tier-card-rate">{rate}<span class="tier-card-rate-label">" hit rate"</span></p>
                <progress class="progress-bar" max="100" value=move || percent.get().unwrap_or_else(|| "0".to_owned())
                    aria-label=format!("Hit rate of {}", tier.label())></progress>
                <dl class="tier-card-counts">
                    <dt>"Hits"</dt><dd>{number(|tally| tally.hits)}</dd>
                    <dt>"Misses"</dt><dd>{number(|tally| tally.misses)}</dd>
                    <dt>"Invalidations"</dt><dd>{number(|tally| tally.invalidations)}</dd>
                    <dt>"Errors"</dt><dd>{number(|tally| tally.errors)}</dd>
                </dl>
            </article>
        </li>
    }
}
