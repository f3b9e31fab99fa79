//! Families of figures, one after the other.

use std::fmt::Error;

use abreast_core::observe::metrics::Histogram;
use prometheus_client::{
    encoding::{DescriptorEncoder, EncodeGaugeValue, EncodeLabelSet, EncodeMetric, NoLabelSet},
    metrics::{MetricType, TypedMetric, counter::ConstCounter, gauge::ConstGauge},
};

/// Writes families of figures, whose names begin with the app's.
#[derive(Debug)]
pub struct Families<'a> {
    encoder: DescriptorEncoder<'a>,
    prefix: &'static str,
}

impl<'a> Families<'a> {
    /// For this encoder, and the app with this name.
    pub const fn new(encoder: DescriptorEncoder<'a>, prefix: &'static str) -> Self {
        Self { encoder, prefix }
    }

    /// Counters, one for each set of labels.
    pub fn counters<L: EncodeLabelSet>(
        &mut self,
        name: &str,
        help: &str,
        counts: impl IntoIterator<Item = (L, u64)>,
    ) -> Result<(), Error> {
        self.family(name, help, counts.into_iter().map(|(labels, count)| (labels, ConstCounter::new(count))))
    }

    /// Values that go up and down, one for each set of labels.
    pub fn gauges<L: EncodeLabelSet>(
        &mut self,
        name: &str,
        help: &str,
        values: impl IntoIterator<Item = (L, u64)>,
    ) -> Result<(), Error> {
        self.family(name, help, values.into_iter().map(|(labels, value)| (labels, ConstGauge::new(value))))
    }

    /// One value that goes up and down.
    pub fn gauge(&mut self, name: &str, help: &str, value: impl EncodeGaugeValue) -> Result<(), Error> {
        let name = self.name(name);
        self.encoder.encode_descriptor(&name, help, None, MetricType::Gauge)?.encode_gauge(&value)
    }

    /// Histograms of microseconds, written in seconds.
    pub fn histograms<'h, L: EncodeLabelSet>(
        &mut self,
        name: &str,
        help: &str,
        histograms: impl IntoIterator<Item = (L, &'h Histogram)>,
    ) -> Result<(), Error> {
        let name = self.name(name);
        let mut family = self.encoder.encode_descriptor(&name, help, None, MetricType::Histogram)?;
        for (labels, histogram) in histograms {
            let bound = |bound: Option<u64>| bound.map_or(f64::INFINITY, seconds);
            let buckets: Vec<_> = histogram.buckets().map(|(upper, count)| (bound(upper), count)).collect();
            let mut of_one = family.encode_family(&labels)?;
            of_one.encode_histogram::<NoLabelSet>(seconds(histogram.sum()), histogram.count(), &buckets, None)?;
        }
        Ok(())
    }

    fn family<L: EncodeLabelSet, M: EncodeMetric + TypedMetric>(
        &mut self,
        name: &str,
        help: &str,
        metrics: impl IntoIterator<Item = (L, M)>,
    ) -> Result<(), Error> {
        let name = self.name(name);
        let mut family = self.encoder.encode_descriptor(&name, help, None, M::TYPE)?;
        for (labels, metric) in metrics {
            metric.encode(family.encode_family(&labels)?)?;
        }
        Ok(())
    }

    fn name(&self, name: &str) -> String {
        format!("{}_{name}", self.prefix)
    }
}

#[expect(clippy::cast_precision_loss, reason = "microseconds since a process started, far below 2^53")]
pub(super) fn seconds(micros: u64) -> f64 {
    micros as f64 / 1e6
}
