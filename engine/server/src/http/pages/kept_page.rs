//! A page as it is kept for strangers: its HTML, and its compressed forms.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    io::Write,
    sync::OnceLock,
};

use abreast_core::Key;
use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode, header},
};
use brotli::enc::BrotliEncoderParams;
use flate2::{Compression, write::GzEncoder};

use crate::http::etag::is_held;

/// Made once and sent often, so worth more effort than the router's own compression of each answer.
const BROTLI: i32 = 5;

/// A browser may put the page aside as it stands, and show it again on the way back: the page judges itself then
/// (`pageshow`). `no-store` would forbid that, too.
const KEEP: HeaderValue = HeaderValue::from_static("no-cache");

/// On the way back a browser asks for nothing that its own cache has, whatever `no-cache` says; but for an answer that
/// varies by everything it always asks (RFC 9111, section 4.1).
const VARIES: HeaderValue = HeaderValue::from_static("*");

/// A page.
pub(super) struct KeptPage {
    /// Its address, as metrics name it.
    name: Key,
    html: Bytes,
    headers: HeaderMap,
    brotli: OnceLock<Bytes>,
    gzip: OnceLock<Bytes>,
}

impl KeptPage {
    /// This page with its headers, which depends on these tags.
    pub(super) fn new(name: Key, html: Bytes, mut headers: HeaderMap, tags: &str) -> Self {
        // Names and ids: always a header's text.
        let tags = HeaderValue::try_from(tags).unwrap_or_else(|_| HeaderValue::from_static(""));
        headers.insert(HeaderName::from_static("cache-tag"), tags);
        headers.insert(header::CACHE_CONTROL, KEEP);
        headers.insert(header::VARY, VARIES);
        // Weak, because the bytes that go out may be compressed.
        let etag = HeaderValue::try_from(format!("W/\"{:016x}\"", hash(&html))).ok();
        headers.extend(etag.map(|etag| (header::ETAG, etag)));
        headers.remove(header::CONTENT_LENGTH);
        Self { name, html, headers, brotli: OnceLock::new(), gzip: OnceLock::new() }
    }

    /// Its address.
    pub(super) const fn name(&self) -> &Key {
        &self.name
    }

    /// About what it takes: its compressed forms are a third of it together.
    pub(super) fn weight(&self) -> u64 {
        self.html.len() as u64 * 4 / 3 + 512
    }

    /// The page, in the smallest form that is accepted, or the word that the asker has these very bytes.
    pub(super) fn answer(&self, request: &HeaderMap) -> Response<Body> {
        if is_held(request, &self.headers) {
            let mut response = Response::new(Body::empty());
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            *response.headers_mut() = self.headers.clone();
            response.headers_mut().remove(header::CONTENT_TYPE);
            return response;
        }
        let (encoding, body) = match accepted(request) {
            Some("br") => (Some("br"), self.brotli.get_or_init(|| brotli(&self.html))),
            Some(_) => (Some("gzip"), self.gzip.get_or_init(|| gzip(&self.html))),
            None => (None, &self.html),
        };
        let mut response = Response::new(Body::from(body.clone()));
        *response.headers_mut() = self.headers.clone();
        if let Some(encoding) = encoding {
            response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
        }
        response
    }
}

/// The better of our two encodings that a browser takes.
fn accepted(request: &HeaderMap) -> Option<&'static str> {
    ["br", "gzip"].into_iter().find(|ours| accepts(request, ours))
}

/// Whether a browser takes this encoding. None sends one of ours to refuse it.
pub(super) fn accepts(request: &HeaderMap, encoding: &str) -> bool {
    let accepted = request.get(header::ACCEPT_ENCODING).and_then(|accepted| accepted.to_str().ok());
    accepted.is_some_and(|accepted| accepted.split(',').any(|theirs| theirs.trim() == encoding))
}

/// Changes with the text, and with a build that hashes otherwise: then the page is sent once more.
fn hash(html: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    html.hash(&mut hasher);
    hasher.finish()
}

fn brotli(html: &[u8]) -> Bytes {
    let mut packed = Vec::with_capacity(html.len() / 3);
    let settings = BrotliEncoderParams { quality: BROTLI, size_hint: html.len(), ..BrotliEncoderParams::default() };
    brotli::BrotliCompress(&mut &*html, &mut packed, &settings).expect("memory takes all bytes");
    packed.into()
}

fn gzip(html: &[u8]) -> Bytes {
    let mut packed = GzEncoder::new(Vec::with_capacity(html.len() / 3), Compression::default());
    packed.write_all(html).expect("memory takes all bytes");
    packed.finish().expect("memory takes all bytes").into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_accepted() {
        for (sent, expected) in [
            ("gzip, deflate, br, zstd", Some("br")),
            ("gzip, deflate", Some("gzip")),
            ("identity", None),
            ("", None),
            ("brotli", None),
        ] {
            let headers = HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static(sent))]);
            assert_eq!(accepted(&headers), expected, "{sent}");
        }
    }
}
