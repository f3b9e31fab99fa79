//! The door for those who look after the node. With one, what shows the caches is to be had there, and at no
//! address that strangers reach.

use std::borrow::Cow;

use app::AppError;
use axum::{
    Json, Router,
    extract::Request,
    http::StatusCode,
    middleware::{self, Next},
    response::{IntoResponse, Response},
};
use percent_encoding::percent_decode_str;

/// What the other door alone has: figures, a page, and the functions of that page.
const THERE: [&str; 11] = [
    "/metrics",
    "/debug/cache",
    "/api/fetch_node_report",
    "/api/clear_node_metrics",
    "/api/clear_node_memory",
    "/api/acknowledge_alert",
    "/api/set_areas",
    "/api/fetch_log",
    "/api/fetch_node_keys",
    "/api/explain_answer",
    "/api/invalidate_answers",
];

/// The same node as strangers meet it.
pub fn without(router: Router) -> Router {
    Router::new().fallback_service(router).layer(middleware::from_fn(send_away))
}

async fn send_away(request: Request, next: Next) -> Response {
    let path = request.uri().path();
    if !is_there(path) {
        return next.run(request).await;
    }
    let error = AppError::NotFound;
    if path.starts_with("/api/") {
        (StatusCode::NOT_FOUND, Json(error)).into_response()
    } else {
        (StatusCode::NOT_FOUND, error.to_string()).into_response()
    }
}

/// However it is spelled.
fn is_there(path: &str) -> bool {
    let segments = path.split('/').filter(|segment| !segment.is_empty());
    let segments: Vec<_> = segments.map(|segment| percent_decode_str(segment).decode_utf8_lossy()).collect();
    let is_asked = |there: &&str| there.split('/').skip(1).eq(segments.iter().map(Cow::as_ref));
    THERE.iter().any(is_asked)
}

#[test]
fn what_is_there() {
    for (path, expected) in [
        ("/metrics", true),
        ("/metrics/", true),
        ("//metrics", true),
        ("/%6Detrics", true),
        ("/debug/cache", true),
        ("/debug//c%61che/", true),
        ("/", false),
        ("/debug", false),
        ("/debug/cache/x", false),
        ("/api/metrics", false),
        ("/api/set_areas", true),
        ("/api/set_appearance", false),
        ("/community", false),
    ] {
        assert_eq!(is_there(path), expected, "{path}");
    }
}
