//! The idempotency key that came with a request: where server functions find it.

use abreast_server::http::IdempotencyKey;
use http::request::Parts;
use leptos::prelude::use_context;
use store::Intention;

use crate::asker::Asker;

/// The action that this request asks to be done once, if it has a key.
pub(crate) fn intention() -> Option<Intention> {
    let request = use_context::<Parts>()?;
    let key = request.extensions.get::<IdempotencyKey>()?.clone();
    let account = Asker::current().viewer.map(|viewer| viewer.user);
    Some(key.intention(account, request.uri.path()))
}

/// Tells the request's content, where its body can't: a form with a file has another body each time, and a password
/// must not be remembered.
pub(crate) fn tell(content: &[u8]) {
    let request = use_context::<Parts>();
    if let Some(key) = request.as_ref().and_then(|request| request.extensions.get::<IdempotencyKey>()) {
        key.tell(&u64::try_from(content.len()).unwrap_or(u64::MAX).to_be_bytes());
        key.tell(content);
    }
}
