//! This node's counts, for Prometheus. They are read from the recorder when they are asked for, so that they cost
//! serving nothing.

mod families;
mod node_figures;

use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use prometheus_client::{collector::Collector, encoding::text, registry::Registry};

pub use self::{families::Families, node_figures::NodeFigures};

/// What Prometheus is told that the text is.
const KIND: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Answers with these figures: [`NodeFigures`], and what an app has beside them.
pub fn answer_figures(figures: impl IntoIterator<Item = Box<dyn Collector>>) -> Response {
    let mut registry = Registry::default();
    for collector in figures {
        registry.register_collector(collector);
    }
    let mut page = String::new();
    match text::encode(&mut page, &registry) {
        Ok(()) => ([(header::CONTENT_TYPE, KIND)], page).into_response(),
        Err(error) => {
            tracing::error!(%error, "figures could not be written");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}
