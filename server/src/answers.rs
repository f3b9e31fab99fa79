//! How long each request took to answer, whatever answered it.

use std::time::Instant;

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use store::Store;

/// Counts the time until the answer begins; a live line's is over when it is open.
pub(crate) async fn time(State(store): State<Store>, request: Request, next: Next) -> Response {
    let began = Instant::now();
    let response = next.run(request).await;
    store.answered(began.elapsed());
    response
}
