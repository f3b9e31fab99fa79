//! `/metrics`: this node's counts, for Prometheus. They are read from the recorder when they are asked for, so that
//! they cost serving nothing. Names and units are in `docs/operating.md`.

use std::fmt::{self, Error};

use axum::{
    Router,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use domain::{Area, Histogram, Outcome, Rule, Tier};
use prometheus_client::{
    collector::Collector,
    encoding::{DescriptorEncoder, EncodeGaugeValue, EncodeLabelSet, EncodeMetric, NoLabelSet, text},
    metrics::{MetricType, TypedMetric, counter::ConstCounter, gauge::ConstGauge},
    registry::Registry,
};
use store::Store;

use crate::alerts::notices::{Fate, Notices};

/// What Prometheus is told that the text is.
const KIND: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// The page of figures.
pub(crate) fn routes(store: Store, notices: Option<Notices>) -> Router {
    Router::new().route("/metrics", get(tell).with_state(Node { store, notices }))
}

async fn tell(State(node): State<Node>) -> Response {
    let mut registry = Registry::default();
    registry.register_collector(Box::new(node));
    let mut figures = String::new();
    match text::encode(&mut figures, &registry) {
        Ok(()) => ([(header::CONTENT_TYPE, KIND)], figures).into_response(),
        Err(error) => {
            tracing::error!(%error, "figures could not be written");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// This node's figures.
#[derive(Clone)]
struct Node {
    store: Store,
    notices: Option<Notices>,
}

impl fmt::Debug for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Node")
    }
}

impl Collector for Node {
    fn encode(&self, encoder: DescriptorEncoder<'_>) -> Result<(), Error> {
        let report = self.store.report();
        let recorder = &report.recorder;
        let tiers = || Tier::ALL.into_iter().filter(|tier| !tier.is_in_browser());
        let tier = |tier: Tier| [("tier", tier.slug())];
        let mut page = Page(encoder);

        let events = tiers().flat_map(|tier| Outcome::ALL.map(|outcome| (tier, outcome)));
        let events = events.map(|(tier, outcome)| {
            ([("tier", tier.slug()), ("outcome", outcome.label())], recorder.tally(tier).of(outcome))
        });
        page.counters("quire_cache_events", "What happened in each tier", events)?;
        let bytes = tiers().map(|of| (tier(of), recorder.bytes(of)));
        page.counters("quire_cache_answered_bytes", "Bytes that each tier answered, where they are known", bytes)?;
        let durations = tiers().map(|of| (tier(of), recorder.durations(of)));
        page.histograms("quire_cache_duration_seconds", "How long each tier took, where that was measured", durations)?;
        let answers = [([("of", "request")], recorder.answers())];
        page.histograms("quire_answer_duration_seconds", "How long requests took until their answer began", answers)?;

        page.gauge("quire_memory_entries", "Entries in the memory tier", report.entries as u64)?;
        page.gauge("quire_memory_bytes", "Bytes in the memory tier", report.bytes)?;
        page.gauge("quire_memory_budget_bytes", "Bytes that the memory tier may hold", report.budget)?;
        page.gauge("quire_follower_position", "How far the follower has read the log", report.watermark.0)?;
        if let Some(ago) = report.confirmed {
            let help = "Time since the follower saw the head of the log";
            page.gauge("quire_follower_confirmed_seconds", help, seconds(ago.unsigned_abs() * 1_000))?;
        }
        if let Some(open) = report.breaker_open {
            page.gauge("quire_redis_left_alone", "1 while Redis is not asked because it failed", u64::from(open))?;
        }
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
        page.counters("quire_samples", "Answers that were looked at again, past every cache", findings)?;
        let staleness = Tier::ALL.into_iter().map(|of| (tier(of), &samples.tier(of).staleness));
        let help = "For how long at most answers lacked something, of those that did";
        page.histograms("quire_staleness_seconds", help, staleness)?;
        let violations: [([(&str, &str); 0], u64); 1] = [([], samples.violations())];
        page.counters("quire_sample_violations", "Answers of this node that broke a promise", violations)?;
        let passed_over = [("unknown", samples.skipped()), ("busy", samples.dropped())];
        let passed_over = passed_over.map(|(because, count)| ([("because", because)], count));
        page.counters("quire_samples_passed_over", "Answers that could not be judged, or not in time", passed_over)?;
        let areas = Area::ALL.iter().map(|&area| ([("area", area.slug())], u64::from(report.areas.has(area))));
        page.gauges("quire_area_kept", "1 while answers of the area are kept", areas)?;
        let alerts = Rule::ALL.map(|rule| {
            let is_raised = report.alerts.iter().any(|alert| alert.rule == rule);
            ([("rule", rule.slug()), ("level", rule.level().label())], u64::from(is_raised))
        });
        page.gauges("quire_alert", "1 while the rule's alert is raised", alerts)?;
        let Some(notices) = &self.notices else { return Ok(()) };
        let notices = Fate::ALL.map(|fate| ([("outcome", fate.label())], notices.of(fate)));
        page.counters("quire_alert_notices", "Notices of alerts for the webhook", notices)
    }
}

/// Families of figures, one after the other.
struct Page<'a>(DescriptorEncoder<'a>);

impl Page<'_> {
    fn counters<L: EncodeLabelSet>(
        &mut self,
        name: &str,
        help: &str,
        counts: impl IntoIterator<Item = (L, u64)>,
    ) -> Result<(), Error> {
        self.family(name, help, counts.into_iter().map(|(labels, count)| (labels, ConstCounter::new(count))))
    }

    fn gauges<L: EncodeLabelSet>(
        &mut self,
        name: &str,
        help: &str,
        values: impl IntoIterator<Item = (L, u64)>,
    ) -> Result<(), Error> {
        self.family(name, help, values.into_iter().map(|(labels, value)| (labels, ConstGauge::new(value))))
    }

    fn family<L: EncodeLabelSet, M: EncodeMetric + TypedMetric>(
        &mut self,
        name: &str,
        help: &str,
        metrics: impl IntoIterator<Item = (L, M)>,
    ) -> Result<(), Error> {
        let mut family = self.0.encode_descriptor(name, help, None, M::TYPE)?;
        for (labels, metric) in metrics {
            metric.encode(family.encode_family(&labels)?)?;
        }
        Ok(())
    }

    fn gauge(&mut self, name: &str, help: &str, value: impl EncodeGaugeValue) -> Result<(), Error> {
        self.0.encode_descriptor(name, help, None, MetricType::Gauge)?.encode_gauge(&value)
    }

    fn histograms<'h, L: EncodeLabelSet>(
        &mut self,
        name: &str,
        help: &str,
        histograms: impl IntoIterator<Item = (L, &'h Histogram)>,
    ) -> Result<(), Error> {
        let mut family = self.0.encode_descriptor(name, help, None, MetricType::Histogram)?;
        for (labels, histogram) in histograms {
            let bound = |bound: Option<u64>| bound.map_or(f64::INFINITY, seconds);
            let buckets: Vec<_> = histogram.buckets().map(|(upper, count)| (bound(upper), count)).collect();
            let mut of_one = family.encode_family(&labels)?;
            of_one.encode_histogram::<NoLabelSet>(seconds(histogram.sum()), histogram.count(), &buckets, None)?;
        }
        Ok(())
    }
}

#[expect(clippy::cast_precision_loss, reason = "microseconds since a process started, far below 2^53")]
fn seconds(micros: u64) -> f64 {
    micros as f64 / 1e6
}
