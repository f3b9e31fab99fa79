//! `304 Not Modified`, for what says of itself which content it is ([`app::respond`]).

use axum::{
    extract::Request,
    http::{HeaderMap, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

/// Answers without a body who has this very content already.
pub(crate) async fn compare(request: Request, next: Next) -> Response {
    let held = request.headers().get(header::IF_NONE_MATCH).cloned();
    let response = next.run(request).await;
    let Some(held) = held.as_ref().and_then(|held| held.to_str().ok()) else { return response };
    if response.status() != StatusCode::OK || !matches(held, response.headers()) {
        return response;
    }
    let mut headers = response.headers().clone();
    for of_the_body in [header::CONTENT_LENGTH, header::CONTENT_TYPE, header::CONTENT_ENCODING] {
        headers.remove(of_the_body);
    }
    (StatusCode::NOT_MODIFIED, headers).into_response()
}

/// A list of tags, each perhaps weakened by a proxy that compressed the body.
fn matches(held: &str, headers: &HeaderMap) -> bool {
    let Some(current) = headers.get(header::ETAG).and_then(|tag| tag.to_str().ok()) else { return false };
    let strong = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    held.trim() == "*" || held.split(',').any(|tag| strong(tag) == strong(current))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(held: &str, current: Option<&'static str>, expected: bool) {
        let tag = current.map(|tag| (header::ETAG, header::HeaderValue::from_static(tag)));
        assert_eq!(matches(held, &tag.into_iter().collect()), expected, "{held} {current:?}");
    }

    #[test]
    fn what_is_held() {
        check(r#""a""#, Some(r#""a""#), true);
        check(r#"W/"a""#, Some(r#""a""#), true);
        check(r#""b", "a""#, Some(r#"W/"a""#), true);
        check(r#""b""#, Some(r#""a""#), false);
        check("*", Some(r#""a""#), true);
        check("*", None, false);
    }
}
