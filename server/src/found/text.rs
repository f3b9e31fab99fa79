//! An answer for programs that ask again and again: they are told when it is the same as before.

use app::AppError;
use axum::{
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};

use crate::site::hash;

/// The text, or the word that the asker has it already.
pub(super) fn answer(headers: &HeaderMap, kind: &'static str, text: String) -> Response {
    let known = headers.get(header::IF_NONE_MATCH).and_then(|known| known.to_str().ok()).unwrap_or_default();
    let etag = format!("\"{:016x}\"", hash(text.as_bytes()));
    // Without a name for the site in its settings, the addresses are those that the asker used.
    let about = [
        (header::ETAG, etag.as_str()),
        (header::CACHE_CONTROL, "public, no-cache"),
        (header::CONTENT_TYPE, kind),
        (header::VARY, "host"),
    ];
    // A proxy that compresses makes the tag a weak one.
    if known.contains(&etag) {
        (StatusCode::NOT_MODIFIED, about).into_response()
    } else {
        (about, text).into_response()
    }
}

/// Why there is none, for the person who looks.
pub(super) fn refuse(error: impl Into<AppError>) -> Response {
    let error: AppError = error.into();
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, [(header::CONTENT_TYPE, "text/plain; charset=utf-8")], error.to_string()).into_response()
}
