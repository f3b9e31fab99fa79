//! How long each request took to answer, whatever answered it.

use std::time::Instant;

use axum::{extract::Request, middleware::Next, response::Response};
use store::Store;
use tracing::Instrument;

/// Counts the time until the answer begins; a live line's is over when it is open.
pub(crate) async fn measure(store: &Store, request: Request, next: Next) -> Response {
    let began = Instant::now();
    let span = tracing::debug_span!("request", method = %request.method(), path = request.uri().path());
    let response = next.run(request).instrument(span).await;
    store.answered(began.elapsed());
    response
}
