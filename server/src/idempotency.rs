//! Which requests are done once, however often they come: those with an idempotency key.

use abreast_browser::{FIELD, KEY_HEADER};
use app::idempotency::IdempotencyKey;
use axum::{
    body::{Body, Bytes},
    extract::Request,
    http::{Method, header},
    middleware::Next,
    response::Response,
};
use http_body_util::BodyExt;

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
    if !says_itself(&request) {
        request = request.map(|body| {
            Body::new(body.map_frame(move |frame| {
                key.tell(frame.data_ref().map_or(&[], Bytes::as_ref));
                frame
            }))
        });
    }
    next.run(request).await
}

fn key(request: &Request) -> Option<IdempotencyKey> {
    if let Some(key) = request.headers().get(KEY_HEADER).filter(|key| !key.is_empty()) {
        return Some(IdempotencyKey::of_request(key.as_bytes()));
    }
    let query = request.uri().query().unwrap_or_default();
    let field = query.split('&').find_map(|field| field.strip_prefix(FIELD)?.strip_prefix('='));
    let registering = is_registering(request) && request.extensions().get::<PlainForm>().is_some();
    let key = field.map(str::as_bytes).or(registering.then_some(REGISTERING));
    key.filter(|key| !key.is_empty()).map(IdempotencyKey::of_form)
}

/// Whether the function tells the request's content, in place of the body.
fn says_itself(request: &Request) -> bool {
    is_registering(request) || has(request, header::CONTENT_TYPE, "multipart/form-data")
}

fn is_registering(request: &Request) -> bool {
    request.uri().path() == "/api/register"
}

fn has(request: &Request, name: header::HeaderName, text: &str) -> bool {
    request.headers().get(name).and_then(|value| value.to_str().ok()).is_some_and(|value| value.contains(text))
}
