//! What every answer says beside its body.

use axum::{
    extract::Request,
    http::{HeaderName, HeaderValue, header},
    middleware::Next,
    response::Response,
};

/// Scripts, styles and pictures come from here alone, and nobody may frame a page. The page's own
/// hydration script is inline.
const POLICY: &str = "default-src 'self'; script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'; \
     img-src 'self' data:; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

/// Adds them.
pub(crate) async fn add(request: Request, next: Next) -> Response {
    let fonts = request.uri().path().starts_with("/fonts/");
    let mut response = next.run(request).await;
    let is_file = response.headers().contains_key(header::LAST_MODIFIED);
    let keep = match (is_file, fonts) {
        (true, true) => "public, max-age=31536000",
        // Asked each time whether it changed: a new build is there at once.
        (true, false) => "no-cache",
        // The same, of what is public and says which content it is, and only to whom we gave no cookie.
        (false, _) if response.headers().contains_key(header::ETAG) => "public, no-cache",
        // A browser's own cache knows nothing of the log, not even when going back.
        (false, _) => "no-store",
    };
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CACHE_CONTROL, keep),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    ] {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}
