//! The stylesheet, carried inside the program.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    sync::LazyLock,
};

use axum::{
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};

static CSS: &str = include_str!(concat!(env!("OUT_DIR"), "/quire.css"));

static ETAG: LazyLock<String> = LazyLock::new(|| {
    let mut hasher = DefaultHasher::new();
    CSS.hash(&mut hasher);
    format!("\"{:x}\"", hasher.finish())
});

/// The stylesheet, or the word that the browser's copy is the current one.
pub(crate) async fn style(headers: HeaderMap) -> Response {
    // A proxy that compresses makes the tag a weak one.
    let known = headers.get(header::IF_NONE_MATCH).and_then(|known| known.to_str().ok()).unwrap_or_default();
    let about = [(header::ETAG, &**ETAG), (header::CACHE_CONTROL, "no-cache"), (header::CONTENT_TYPE, "text/css")];
    if known.contains(&**ETAG) {
        (StatusCode::NOT_MODIFIED, about).into_response()
    } else {
        (about, CSS).into_response()
    }
}
