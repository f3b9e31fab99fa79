//! Whether this node lives, and whether it should be asked. For proxies and supervisors; both skip
//! everything that other requests pass.

use axum::{Router, extract::State, http::StatusCode, routing::get};
use domain::Seq;
use store::Store;

use crate::{live::Live, render_threads::RenderThreads};

/// `/healthz`: the process answers. `/readyz`: the library can be read, pages can be
/// made, and the node is not stopping.
pub(crate) fn routes(store: Store, live: Live, threads: RenderThreads) -> Router {
    let ready = get(ready).with_state((store, live, threads));
    Router::new().route("/healthz", get(async || "alive")).route("/readyz", ready)
}

type Asked = (Store, Live, RenderThreads);

async fn ready(State((store, live, threads)): State<Asked>) -> (StatusCode, &'static str) {
    if live.is_closing() {
        return (StatusCode::SERVICE_UNAVAILABLE, "stopping");
    }
    if !threads.can_render().await {
        tracing::warn!("not ready: no page can be made within half a second");
        return (StatusCode::SERVICE_UNAVAILABLE, "no page can be made");
    }
    match store.confirm(Seq::ZERO).await {
        Ok(()) => (StatusCode::OK, "ready"),
        Err(error) => {
            tracing::warn!(%error, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "the library can't be read")
        }
    }
}
