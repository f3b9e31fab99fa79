//! Cross-origin requests that could change something are refused.
//!
//! The browser says where a request comes from (`Sec-Fetch-Site`, else `Origin`), and a page elsewhere can't forge
//! either. Other programs send neither, and carry no other person's cookies. Source: Go 1.25's
//! `http.CrossOriginProtection`.

use app::AppError;
use axum::{
    Json,
    extract::Request,
    http::{HeaderMap, Method, StatusCode, Uri, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

/// Passes the request on if it comes from our own pages, or changes nothing.
pub(crate) async fn enforce(request: Request, next: Next) -> Response {
    let mut request = request;
    // A plain form is sent back to where it came from. A page elsewhere must not choose where that is.
    if !comes_from_here(request.headers()) {
        request.headers_mut().remove(header::REFERER);
    }
    let harmless = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if harmless || is_our_own(request.headers()) {
        return next.run(request).await;
    }
    let error = AppError::Invalid("That request came from another site, so it was not carried out.".to_owned());
    (StatusCode::FORBIDDEN, Json(error)).into_response()
}

/// Whether the page that the request names as its origin is one of ours.
fn comes_from_here(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|value: &axum::http::HeaderValue| value.to_str().ok());
    let from = text(header::REFERER).and_then(|referer| referer.parse::<Uri>().ok());
    from.is_some_and(|from| from.authority().is_some_and(|authority| Some(authority.as_str()) == text(header::HOST)))
}

/// Whether it comes from one of our own pages, or from no page at all.
pub(crate) fn is_our_own(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|value: &axum::http::HeaderValue| value.to_str().ok());
    if let Some(site) = text(header::HeaderName::from_static("sec-fetch-site")) {
        return matches!(site, "same-origin" | "none");
    }
    let Some(origin) = text(header::ORIGIN) else { return true };
    let host = text(header::HOST).unwrap_or_default();
    origin.split_once("://").is_some_and(|(_, origin)| origin == host)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(sent: &[(&'static str, &'static str)], expected: bool) {
        let headers = sent
            .iter()
            .map(|(name, value)| (header::HeaderName::from_static(name), axum::http::HeaderValue::from_static(value)));
        assert_eq!(is_our_own(&headers.collect()), expected, "{sent:?}");
    }

    #[test]
    fn whose_request_it_is() {
        check(&[("host", "quire.example")], true);
        check(&[("sec-fetch-site", "same-origin")], true);
        check(&[("sec-fetch-site", "none")], true);
        check(&[("sec-fetch-site", "cross-site")], false);
        check(&[("sec-fetch-site", "same-site")], false);
        check(&[("host", "quire.example"), ("origin", "https://quire.example")], true);
        check(&[("host", "quire.example"), ("origin", "https://evil.example")], false);
        check(&[("host", "quire.example:3000"), ("origin", "http://quire.example")], false);
        check(&[("host", "quire.example"), ("origin", "null")], false);
    }
}
