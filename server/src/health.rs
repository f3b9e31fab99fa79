//! Whether this node lives, and whether it should be asked. For proxies and supervisors; both skip
//! everything that other requests pass.

use axum::{Router, extract::State, http::StatusCode, routing::get};
use domain::Seq;
use store::Store;

use crate::live::Live;

/// `/healthz`: the process answers. `/readyz`: the library can be read, and the node is not stopping.
pub(crate) fn routes(store: Store, live: Live) -> Router {
    Router::new().route("/healthz", get(async || "alive")).route("/readyz", get(ready).with_state((store, live)))
}

async fn ready(State((store, live)): State<(Store, Live)>) -> (StatusCode, &'static str) {
    if live.is_closing() {
        return (StatusCode::SERVICE_UNAVAILABLE, "stopping");
    }
    match store.confirm(Seq::ZERO).await {
        Ok(()) => (StatusCode::OK, "ready"),
        Err(error) => {
            tracing::warn!(%error, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "the library can't be read")
        }
    }
}
