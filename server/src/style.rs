//! The stylesheet, carried inside the program.

use std::sync::Arc;

use app::file_names::FileNames;
use axum::{
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};

use crate::site::hash;

static CSS: &str = include_str!(concat!(env!("OUT_DIR"), "/quire.css"));

/// The path of the stylesheet.
pub(crate) const PATH: &str = "/quire.css";

/// The stylesheet, with the names of the files that it asks for.
#[derive(Debug, Clone)]
pub(crate) struct Style {
    css: Arc<str>,
    hash: u64,
}

impl Style {
    /// For a site whose files have these names. It comes with them, and its own.
    pub(crate) fn of(names: &FileNames) -> (Self, FileNames) {
        let name =
            |css: String, (path, name): (&str, &str)| css.replace(&format!("\"{path}\""), &format!("\"{name}\""));
        let css = names.iter().fold(CSS.to_owned(), name);
        let hash = hash(css.as_bytes());
        (Self { css: css.into(), hash }, names.with(PATH, hash))
    }

    /// The stylesheet, or the word that the browser's copy is the current one.
    pub(crate) fn answer(&self, headers: &HeaderMap) -> Response {
        // A proxy that compresses makes the tag a weak one.
        let known = headers.get(header::IF_NONE_MATCH).and_then(|known| known.to_str().ok()).unwrap_or_default();
        let etag = format!("\"{:x}\"", self.hash);
        let about = [(header::ETAG, &*etag), (header::CACHE_CONTROL, "no-cache"), (header::CONTENT_TYPE, "text/css")];
        if known.contains(&etag) {
            (StatusCode::NOT_MODIFIED, about).into_response()
        } else {
            (about, self.css.to_string()).into_response()
        }
    }
}
