//! Telemetry: lines on standard error, and traces for a collector.
//!
//! A trace leads from the request through the tiers to the statements. Its spans are at level `debug`
//! in our own packages, so that without a collector they cost a comparison each.

use opentelemetry::trace::TracerProvider;
use opentelemetry_otlp::{ExporterBuildError, SpanExporter};
use opentelemetry_sdk::{Resource, trace::SdkTracerProvider};
use tracing::Level;
use tracing_subscriber::{EnvFilter, Layer, filter::Targets, layer::SubscriberExt, util::SubscriberInitExt};

/// Where the collector is: OTLP over HTTP, as the specification of OpenTelemetry names it.
const ENDPOINT: [&str; 2] = ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"];

/// Under which name the collector knows the program, unless `OTEL_SERVICE_NAME` says otherwise.
const SERVICE: &str = "quire";

/// Telemetry, for as long as this lives.
#[must_use = "traces end when this is dropped"]
pub struct Telemetry(Option<SdkTracerProvider>);

impl Telemetry {
    /// Begins to say it: lines as `RUST_LOG` wants them, traces if the environment names a collector.
    pub fn begin() -> Result<Self, ExporterBuildError> {
        let wanted = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
        let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr).with_filter(wanted);
        let provider = ENDPOINT.iter().any(|name| std::env::var_os(name).is_some()).then(provider).transpose()?;
        let traces = provider.as_ref().map(|provider| {
            // sqlx tells each statement as an event, which lands in the span that asked.
            let ours =
                ["server", "app", "store", "abreast_server", "sqlx::query"].map(|package| (package, Level::DEBUG));
            tracing_opentelemetry::layer().with_tracer(provider.tracer(SERVICE)).with_filter(Targets::from_iter(ours))
        });
        tracing_subscriber::registry().with(lines).with(traces).init();
        Ok(Self(provider))
    }
}

impl Drop for Telemetry {
    fn drop(&mut self) {
        if let Some(Err(error)) = self.0.take().map(|provider| provider.shutdown()) {
            tracing::warn!(%error, "the last traces were not sent");
        }
    }
}

/// Sends spans in batches, from a thread of its own.
fn provider() -> Result<SdkTracerProvider, ExporterBuildError> {
    let exporter = SpanExporter::builder().with_http().build()?;
    let named = std::env::var_os("OTEL_SERVICE_NAME").is_some();
    let resource = if named { Resource::builder() } else { Resource::builder().with_service_name(SERVICE) };
    Ok(SdkTracerProvider::builder().with_batch_exporter(exporter).with_resource(resource.build()).build())
}
