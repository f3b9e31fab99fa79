//! `304 Not Modified`, for answers that name their content in an `ETag`.

use abreast_core::{
    Key,
    observe::metrics::{CacheEvent, Outcome, Tier},
};
use axum::{
    extract::{Request, State},
    http::{HeaderMap, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::Site;
use crate::App;

/// Answers without a body if the asker has this very content already.
pub async fn compare<A: App>(State(site): State<Site<A>>, request: Request, next: Next) -> Response {
    let address = request.uri().clone();
    let asked = request.headers().get(header::IF_NONE_MATCH).cloned();
    let asked = asked.map(|held| HeaderMap::from_iter([(header::IF_NONE_MATCH, held)]));
    let response = next.run(request).await;
    let is_bare = address.path().starts_with(site.functions) && !is_content(&response);
    let response = if is_bare { without_tags(response) } else { response };
    let Some(asked) = asked else { return response };
    if response.status() != StatusCode::OK {
        return response;
    }
    let is_same = is_held(&asked, response.headers());
    site.engine.record(CacheEvent {
        at: site.engine.now(),
        tier: Tier::Http,
        outcome: if is_same { Outcome::Hit } else { Outcome::Miss },
        key: Key::from_text(address.path()),
        micros: None,
        bytes: None,
    });
    if !is_same {
        return response;
    }
    let mut headers = response.headers().clone();
    for of_the_body in [header::CONTENT_LENGTH, header::CONTENT_TYPE, header::CONTENT_ENCODING] {
        headers.remove(of_the_body);
    }
    (StatusCode::NOT_MODIFIED, headers).into_response()
}

/// Whether it is an answer as it was asked for. A refusal and the way back of a plain form are not, and must not be
/// kept under the name of one.
fn is_content(response: &Response) -> bool {
    let is_json = response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind == "application/json");
    response.status() == StatusCode::OK && is_json
}

fn without_tags(mut response: Response) -> Response {
    for name in ["cache-tag", "surrogate-key"] {
        response.headers_mut().remove(name);
    }
    response.headers_mut().remove(header::ETAG);
    response
}

/// Whether the asker says to have what an answer with these headers holds.
pub(super) fn is_held(asked: &HeaderMap, answer: &HeaderMap) -> bool {
    asked.get(header::IF_NONE_MATCH).and_then(|held| held.to_str().ok()).is_some_and(|held| matches(held, answer))
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
