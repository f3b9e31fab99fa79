//! Which requests are done once, however often they come: those with an idempotency key.

use abreast_browser::{FIELD, KEY_HEADER};
use abreast_server::http::IdempotencyKey;
use axum::{
    extract::Request,
    http::{Method, header},
    middleware::Next,
    response::Response,
};

use crate::plain_forms::PlainForm;

/// What a plain form of ours that makes an account bears in place of a key: strangers' pages are all alike, so
/// no form on them has one of its own.
const REGISTERING: &[u8] = b"a plain form";

/// Finds the key of a request, and has it told what the body says while that is read.
pub(crate) async fn read_key(mut request: Request, next: Next) -> Response {
    if request.method() != Method::POST {
        return next.run(request).await;
    }
    let Some(key) = key(&request) else { return next.run(request).await };
    request.extensions_mut().insert(key.clone());
    let request = if says_itself(&request) { request } else { key.listen(request) };
    next.run(request).await
}

fn key(request: &Request) -> Option<IdempotencyKey> {
    let registering = || is_registering(request) && request.extensions().get::<PlainForm>().is_some();
    IdempotencyKey::find(request, KEY_HEADER, FIELD)
        .or_else(|| registering().then(|| IdempotencyKey::of_form(REGISTERING)))
}

/// Whether the function tells the request's content, in place of the body.
fn says_itself(request: &Request) -> bool {
    is_registering(request) || has(request, header::CONTENT_TYPE, "multipart/form-data")
}

fn is_registering(request: &Request) -> bool {
    matches!(request.uri().path(), "/api/register" | "/api/register_manager")
}

fn has(request: &Request, name: header::HeaderName, text: &str) -> bool {
    request.headers().get(name).and_then(|value| value.to_str().ok()).is_some_and(|value| value.contains(text))
}
