//! What a request asks for: a path of ours. Its first line may name other things, for proxies and tunnels.

use app::AppError;
use axum::{
    Json,
    extract::Request,
    http::StatusCode,
    middleware::Next,
    response::{IntoResponse, Response},
};

/// Refuses requests without a path: `GET localhost`, `OPTIONS *`, `CONNECT elsewhere.example:443`. The layers further
/// in take a path for granted.
pub(crate) async fn enforce(request: Request, next: Next) -> Response {
    let asked = request.uri().path_and_query();
    if asked.is_some_and(|asked| asked.as_str().starts_with('/')) {
        return next.run(request).await;
    }
    let error = AppError::Invalid("A request must ask for a path that begins with a slash.".to_owned());
    (StatusCode::BAD_REQUEST, Json(error)).into_response()
}
