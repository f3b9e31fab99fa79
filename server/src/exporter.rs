//! `/metrics`: this node's counts, for Prometheus: the engine's, and Quire's own beside them. Names and units are in
//! `docs/operating.md`.

use std::fmt::{self, Error};

use abreast_server::{
    App, Engine,
    http::{Families, NodeFigures, PageCounts, answer_figures},
};
use axum::{Router, extract::State, response::Response, routing::get};
use domain::Area;
use prometheus_client::{collector::Collector, encoding::DescriptorEncoder};
use store::{Library, Store};

use crate::alerts::notices::{Fate, Notices};

/// The page of figures.
pub(crate) fn routes(store: Store, notices: Option<Notices>, pages: PageCounts) -> Router {
    Router::new().route("/metrics", get(tell).with_state(OwnFigures { store, notices, pages }))
}

async fn tell(State(own): State<OwnFigures>) -> Response {
    answer_figures([Box::new(NodeFigures::of(Engine::clone(&own.store))) as _, Box::new(own) as _])
}

/// What Quire has to say of a node.
#[derive(Clone)]
struct OwnFigures {
    store: Store,
    notices: Option<Notices>,
    pages: PageCounts,
}

impl fmt::Debug for OwnFigures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OwnFigures")
    }
}

impl Collector for OwnFigures {
    fn encode(&self, encoder: DescriptorEncoder<'_>) -> Result<(), Error> {
        let mut families = Families::new(encoder, Library::NAME);
        let kept = self.store.areas();
        let areas = Area::ALL.iter().map(|&area| ([("area", area.slug())], u64::from(kept.has(area))));
        families.gauges("area_kept", "1 while answers of the area are kept", areas)?;
        let pages = self.pages.all().map(|(answer, count)| ([("answer", answer.label())], count));
        families.counters("pages", "Pages that may be kept, by how they were answered", pages)?;
        let Some(notices) = &self.notices else { return Ok(()) };
        let notices = Fate::ALL.map(|fate| ([("outcome", fate.label())], notices.of(fate)));
        families.counters("alert_notices", "Notices of alerts for the webhook", notices)
    }
}
