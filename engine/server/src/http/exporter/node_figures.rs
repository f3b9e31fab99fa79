//! What the engine counts on a node.

use std::fmt::{self, Error};

use abreast_core::observe::{
    NodeReport,
    alert::Rule,
    metrics::{Outcome, Tier},
};
use prometheus_client::{collector::Collector, encoding::DescriptorEncoder};

use super::families::{Families, seconds};
use crate::{App, Engine, nouns::Nouns};

/// The engine's figures of one node. Names and units are the app's to document.
pub struct NodeFigures<A: App>(Engine<A>);

impl<A: App> NodeFigures<A> {
    /// Those of this node.
    pub const fn of(engine: Engine<A>) -> Self {
        Self(engine)
    }
}

impl<A: App> fmt::Debug for NodeFigures<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NodeFigures")
    }
}

impl<A: App> Collector for NodeFigures<A> {
    fn encode(&self, encoder: DescriptorEncoder<'_>) -> Result<(), Error> {
        let report = self.0.report();
        let mut families = Families::new(encoder, A::NAME);
        tiers::<A>(&report, &mut families)?;
        follower::<A>(&report, &mut families)?;
        samples::<A>(&report, &mut families)?;
        let alerts = Rule::ALL.map(|rule| {
            let is_raised = report.alerts.iter().any(|alert| alert.rule == rule);
            ([("rule", rule.slug()), ("level", rule.level().label())], u64::from(is_raised))
        });
        families.gauges("alert", "1 while the rule's alert is raised", alerts)
    }
}

/// What a node says of itself.
type Report<A> = NodeReport<Nouns<A>, u64>;

fn tiers<A: App>(report: &Report<A>, families: &mut Families<'_>) -> Result<(), Error> {
    let recorder = &report.recorder;
    let tiers = || Tier::ALL.into_iter().filter(|tier| !tier.is_in_browser());
    let events = tiers().flat_map(|tier| Outcome::ALL.map(|outcome| (tier, outcome)));
    let events = events.map(|(tier, outcome)| {
        ([("tier", tier.slug()), ("outcome", outcome.label())], recorder.tally(tier).of(outcome))
    });
    families.counters("cache_events", "What happened in each tier", events)?;
    let bytes = tiers().map(|of| (label(of), recorder.bytes(of)));
    families.counters("cache_answered_bytes", "Bytes that each tier answered, where they are known", bytes)?;
    let durations = tiers().map(|of| (label(of), recorder.durations(of)));
    families.histograms("cache_duration_seconds", "How long each tier took, where that was measured", durations)?;
    let answers = [([("of", "request")], recorder.answers())];
    families.histograms("answer_duration_seconds", "How long requests took until their answer began", answers)?;
    families.gauge("memory_entries", "Entries in the memory tier", report.entries as u64)?;
    families.gauge("memory_bytes", "Bytes in the memory tier", report.bytes)?;
    families.gauge("memory_budget_bytes", "Bytes that the memory tier may hold", report.budget)
}

fn follower<A: App>(report: &Report<A>, families: &mut Families<'_>) -> Result<(), Error> {
    families.gauge("follower_position", "How far the follower has read the log", report.watermark.0)?;
    if let Some(ago) = report.confirmed {
        let help = "Time since the follower saw the head of the log";
        families.gauge("follower_confirmed_seconds", help, seconds(ago.unsigned_abs() * 1_000))?;
    }
    if let Some(open) = report.breaker_open {
        families.gauge("redis_breaker_open", "1 while the circuit breaker for Redis is open", u64::from(open))?;
    }
    Ok(())
}

fn samples<A: App>(report: &Report<A>, families: &mut Families<'_>) -> Result<(), Error> {
    let samples = &report.samples;
    let findings = Tier::ALL.into_iter().flat_map(|tier| {
        let sampled = samples.tier(tier);
        let stale = sampled.staleness.count();
        let counts = [
            ("current", sampled.current),
            ("stale", stale),
            ("marked", sampled.marked),
            ("violation", sampled.violations),
        ];
        counts.map(|(finding, count)| ([("tier", tier.slug()), ("finding", finding)], count))
    });
    families.counters("samples", "Answers that were looked at again, past every cache", findings)?;
    let staleness = Tier::ALL.into_iter().map(|of| (label(of), &samples.tier(of).staleness));
    let help = "For how long at most answers lacked something, of those that did";
    families.histograms("staleness_seconds", help, staleness)?;
    let violations: [([(&str, &str); 0], u64); 1] = [([], samples.violations())];
    families.counters("sample_violations", "Answers of this node that broke a promise", violations)?;
    let passed_over = [("unknown", samples.skipped()), ("busy", samples.dropped())];
    let passed_over = passed_over.map(|(because, count)| ([("because", because)], count));
    families.counters("samples_passed_over", "Answers that could not be judged, or not in time", passed_over)
}

fn label(tier: Tier) -> [(&'static str, &'static str); 1] {
    [("tier", tier.slug())]
}
