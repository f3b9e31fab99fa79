//! Traces: each leads from a request through the tiers to the statements. Spans are at level `debug` in our own
//! packages, so that without a collector they cost a comparison each.

use opentelemetry::trace::TracerProvider;
use opentelemetry_otlp::{ExporterBuildError, SpanExporter};
use opentelemetry_sdk::{Resource, trace::SdkTracerProvider};
use tracing::{Level, Subscriber};
use tracing_subscriber::{Layer, filter::Targets, registry::LookupSpan};

/// Under which name the collector knows the program, unless `OTEL_SERVICE_NAME` says otherwise.
const SERVICE: &str = "quire";

/// Sends spans in batches, from a thread of its own. The last ones go when this is dropped.
pub(super) struct Traces(SdkTracerProvider);

impl Traces {
    pub(super) fn begin() -> Result<Self, ExporterBuildError> {
        let exporter = SpanExporter::builder().with_http().build()?;
        let named = std::env::var_os("OTEL_SERVICE_NAME").is_some();
        let resource = if named { Resource::builder() } else { Resource::builder().with_service_name(SERVICE) };
        Ok(Self(SdkTracerProvider::builder().with_batch_exporter(exporter).with_resource(resource.build()).build()))
    }

    pub(super) fn layer<S: Subscriber + for<'a> LookupSpan<'a>>(&self) -> impl Layer<S> + use<S> {
        // sqlx tells each statement as an event, which lands in the span that asked.
        let ours = ["server", "app", "store", "abreast_server", "sqlx::query"].map(|package| (package, Level::DEBUG));
        tracing_opentelemetry::layer().with_tracer(self.0.tracer(SERVICE)).with_filter(Targets::from_iter(ours))
    }
}

impl Drop for Traces {
    fn drop(&mut self) {
        if let Err(error) = self.0.shutdown() {
            tracing::warn!(%error, "the last traces were not sent");
        }
    }
}
