//! How much may be sent at once.

use app::AppError;
use axum::{
    Json,
    body::Body,
    extract::Request,
    http::{StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use domain::ManuscriptFile;
use http_body_util::Limited;

/// A scene of a million characters, as JSON, with room to spare.
const BODY: usize = 5 * 1024 * 1024 / 2;
/// A book, and the form around it.
const BOOK: usize = ManuscriptFile::MOST_BYTES + 64 * 1024;

/// Refuses a body that says it is too large, and cuts one off that turns out to be.
pub(crate) async fn enforce(request: Request, next: Next) -> Response {
    let most = if request.uri().path() == "/api/import_story" { BOOK } else { BODY };
    let said = request.headers().get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    if said.is_some_and(|length: usize| length > most) {
        return (StatusCode::PAYLOAD_TOO_LARGE, Json(AppError::TooLarge)).into_response();
    }
    next.run(request.map(|body| Body::new(Limited::new(body, most)))).await
}
