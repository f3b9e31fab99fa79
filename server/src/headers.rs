//! What every answer says beside its body.

use std::net::SocketAddr;

use axum::{
    extract::{ConnectInfo, Request},
    http::{HeaderName, HeaderValue, header},
    middleware::Next,
    response::Response,
};

use crate::{content_policy, proxies::Proxies};

/// No page of ours asks for any of these, and no script that came into one may.
const PERMISSIONS: &str = "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), hid=(), \
     magnetometer=(), microphone=(), midi=(), payment=(), serial=(), usb=()";

/// For half a year; not for other hosts of the same domain, which are not ours to speak for.
const ONLY_TLS: &str = "max-age=15552000";

/// Adds what an answer says to everybody.
pub(crate) async fn add(request: Request, next: Next) -> Response {
    let fonts = request.uri().path().starts_with("/fonts/");
    let mut response = next.run(request).await;
    let is_file = response.headers().contains_key(header::LAST_MODIFIED);
    let keep = match (is_file, fonts) {
        (true, true) => "public, max-age=31536000",
        // Asked each time whether it changed: a new build is there at once.
        (true, false) => "no-cache",
        // The same, for public answers that name their content, and only for clients without a cookie of ours.
        (false, _) if response.headers().contains_key(header::ETAG) => "public, no-cache",
        // A browser's own cache knows nothing of the log, not even when going back.
        (false, _) => "no-store",
    };
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CACHE_CONTROL, keep),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (header::CONTENT_SECURITY_POLICY, content_policy::OF_FILES),
        (HeaderName::from_static("permissions-policy"), PERMISSIONS),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    ] {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}

/// Whether the client came over TLS.
pub(crate) fn is_secure(proxies: &Proxies, request: &Request) -> bool {
    let connection = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0);
    proxies.is_secure(connection, request.headers())
}

/// Adds the header for such a client. It depends on the request's way, so no kept page has it.
pub(crate) fn keep_to_tls(response: &mut Response) {
    response.headers_mut().insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(ONLY_TLS));
}
