//! Telemetry: lines on standard error, and traces for a collector.
//!
//! Traces are behind the feature `traces`, which is on unless a build leaves it out: `cargo xtask run` does, because the
//! exporter brings packages that development does not need.

#[cfg(feature = "traces")]
mod traces;

use tracing_subscriber::{EnvFilter, Layer, layer::SubscriberExt, util::SubscriberInitExt};

/// Where the collector is: OTLP over HTTP, as the specification of OpenTelemetry names it.
const ENDPOINT: [&str; 2] = ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"];

/// Telemetry, for as long as this lives.
#[must_use = "traces end when this is dropped"]
pub struct Telemetry {
    #[cfg(feature = "traces")]
    _traces: Option<traces::Traces>,
}

/// Why telemetry can't begin.
#[cfg(feature = "traces")]
pub type TelemetryError = opentelemetry_otlp::ExporterBuildError;
/// Why telemetry can't begin.
#[cfg(not(feature = "traces"))]
pub type TelemetryError = std::convert::Infallible;

impl Telemetry {
    /// Begins to say it: lines as `RUST_LOG` wants them, traces if the environment names a collector.
    pub fn begin() -> Result<Self, TelemetryError> {
        let wanted = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
        let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr).with_filter(wanted);
        let wants_traces = ENDPOINT.iter().any(|name| std::env::var_os(name).is_some());
        #[cfg(feature = "traces")]
        {
            let traces = wants_traces.then(traces::Traces::begin).transpose()?;
            let layer = traces.as_ref().map(traces::Traces::layer);
            tracing_subscriber::registry().with(lines).with(layer).init();
            Ok(Self { _traces: traces })
        }
        #[cfg(not(feature = "traces"))]
        {
            tracing_subscriber::registry().with(lines).init();
            if wants_traces {
                tracing::warn!(
                    "a collector is named, but this build sends no traces: it is without the feature `traces`"
                );
            }
            Ok(Self {})
        }
    }
}
