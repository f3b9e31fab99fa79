//! One tier: how often it had the answer, how fast, and how that went lately.

use domain::{Millis, Recorder, Tally, Tier, Timeline};
use leptos::prelude::*;

use super::{
    watch::Watch,
    words::{self, NONE},
};
use crate::components::Sparkline;

/// The figures of a tier.
#[derive(Debug, Clone, PartialEq)]
struct Facts {
    tally: Tally,
    bytes: u64,
    /// What half of its answers took at most, and 99 of 100, in microseconds.
    took: Option<(u64, u64)>,
    /// Hits and misses of the last five minutes, oldest first.
    steps: Vec<(u64, u64)>,
    /// Whether there is one at all.
    is_there: bool,
}

/// A tier in figures and a picture.
#[component]
pub fn TierCard(watch: Watch, tier: Tier) -> impl IntoView {
    let facts = Memo::new(move |_| {
        let is_there = tier != Tier::Redis || watch.of_node(|said| said.report.breaker_open.is_some()) != Some(false);
        watch.of_tier(tier, |recorder, now| facts(recorder, tier, now, is_there))
    });
    // The cards change one by one, and in each only the changed texts.
    let of = move |pick: fn(&Facts) -> String| {
        let text = Memo::new(move |_| facts.with(|facts| facts.as_ref().map_or_else(|| NONE.to_owned(), pick)));
        move || text.get()
    };
    let steps =
        Memo::new(move |_| facts.with(|facts| facts.as_ref().map(|facts| facts.steps.clone()).unwrap_or_default()));
    let name = Memo::new(move |_| {
        let (hits, misses) =
            steps.with(|steps| steps.iter().fold((0, 0), |(hits, misses), step| (hits + step.0, misses + step.1)));
        format!(
            "{} in the last five minutes: {} hits, {} misses",
            tier.label(),
            words::number(hits),
            words::number(misses)
        )
    });
    view! {
        <li>
            <article class="tier-card" data-testid=format!("tier-{}", tier.label().to_lowercase())>
                <h3 class="tier-card-title">{tier.label()}</h3>
                <p class="tier-card-rate">
                    {of(rate)}<span class="tier-card-rate-label">{of(rate_label)}</span>
                </p>
                <Sparkline steps name />
                <dl class="tier-card-counts">
                    <dt>"Hits"</dt><dd>{of(|facts| words::number(facts.tally.hits))}</dd>
                    <dt>"Misses"</dt><dd>{of(|facts| words::number(facts.tally.misses))}</dd>
                    <dt>"Stale"</dt><dd>{of(|facts| words::number(facts.tally.stale))}</dd>
                    <dt>"Ahead"</dt><dd>{of(|facts| words::number(facts.tally.ahead))}</dd>
                    <dt>"Invalidations"</dt><dd>{of(|facts| words::number(facts.tally.invalidations))}</dd>
                    <dt>"Errors"</dt><dd>{of(|facts| words::number(facts.tally.errors))}</dd>
                    <dt>"Answered"</dt><dd>{of(|facts| if facts.bytes > 0 { words::size(facts.bytes) } else { NONE.to_owned() })}</dd>
                    <dt>"p50"</dt><dd>{of(|facts| took(facts.took.map(|(half, _)| half)))}</dd>
                    <dt>"p99"</dt><dd>{of(|facts| took(facts.took.map(|(_, most)| most)))}</dd>
                </dl>
            </article>
        </li>
    }
}

fn rate(facts: &Facts) -> String {
    words::percent(facts.tally.hits, facts.tally.asked()).unwrap_or_else(|| NONE.to_owned())
}

fn rate_label(facts: &Facts) -> String {
    let words = match (facts.is_there, facts.tally.asked()) {
        (false, _) => "not configured",
        (true, 0) => "nobody asked yet",
        (true, _) => "hit rate",
    };
    words.to_owned()
}

fn took(micros: Option<u64>) -> String {
    micros.map_or_else(|| NONE.to_owned(), words::micros)
}

fn facts(recorder: &Recorder, tier: Tier, now: Millis, is_there: bool) -> Facts {
    let durations = recorder.durations(tier);
    Facts {
        tally: recorder.tally(tier),
        bytes: recorder.bytes(tier),
        took: durations.permille(500).zip(durations.permille(990)),
        steps: steps(recorder.timeline(), tier, now),
        is_there,
    }
}

/// A step for each moment of the timeline, also for those in which nothing happened.
fn steps(timeline: &Timeline, tier: Tier, now: Millis) -> Vec<(u64, u64)> {
    let mut steps = vec![(0, 0); Timeline::MOMENTS];
    let newest = now.0.div_euclid(Timeline::STEP);
    for moment in timeline.since(Millis(0)) {
        let ago = newest - moment.at().0.div_euclid(Timeline::STEP);
        let tally = moment.tally(tier);
        if let Some(step) = usize::try_from(ago).ok().and_then(|ago| steps.iter_mut().rev().nth(ago)) {
            *step = (tally.hits, tally.misses);
        }
    }
    steps
}

#[cfg(test)]
mod tests {
    use domain::{CacheEvent, Key, Outcome};

    use super::*;

    #[test]
    fn a_step_for_each_moment() {
        let mut recorder = Recorder::default();
        let step = Timeline::STEP;
        for (at, outcome) in [(100 * step, Outcome::Hit), (100 * step + 1, Outcome::Miss), (98 * step, Outcome::Hit)] {
            let key = Key::from_text("feed.1?");
            recorder.record(CacheEvent { at: Millis(at), tier: Tier::Memory, outcome, key, micros: None, bytes: None });
        }
        let steps = steps(recorder.timeline(), Tier::Memory, Millis(101 * step + 3));
        assert_eq!(steps.len(), Timeline::MOMENTS);
        assert_eq!(steps[Timeline::MOMENTS - 4..], [(1, 0), (0, 0), (1, 1), (0, 0)]);
    }
}
