//! The end of mails, without signing in: by a click in a mail program, or by the button of the page that a mail's link
//! leads to. A link alone ends nothing: programs that look for viruses open all of them. It stands below `/api/`, where
//! every write has a budget.

use axum::{
    Router,
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
    routing::post,
};
use serde::Deserialize;
use store::Store;

/// Where these mails are ended.
pub(super) const PATH: &str = "/api/unsubscribe";

/// What the link in a mail holds.
#[derive(Debug, Deserialize)]
struct Link {
    #[serde(default)]
    code: String,
}

/// Its route.
pub(crate) fn routes<S: Clone + Send + Sync + 'static>(store: Store) -> Router<S> {
    Router::new().route(PATH, post(stop)).with_state(store)
}

/// The same answer for every code. A mail program is not led elsewhere: RFC 8058 forbids that.
async fn stop(State(store): State<Store>, Query(link): Query<Link>, body: String) -> Response {
    if let Err(error) = store.stop_mail(&link.code).await {
        tracing::warn!(%error, "mails could not be ended");
        return (StatusCode::SERVICE_UNAVAILABLE, "Please try again in a moment.").into_response();
    }
    if body.contains("List-Unsubscribe=One-Click") {
        return "You get no more of these mails.".into_response();
    }
    Redirect::to("/unsubscribe?done=1").into_response()
}
