//! The idempotency key that comes with a request, and what it comes with.

use std::{
    fmt::Display,
    sync::{Arc, Mutex, PoisonError},
};

use axum::{
    body::{Body, Bytes},
    extract::Request,
};
use http_body_util::BodyExt;
use sha2::{Digest, Sha256};

use crate::Intention;

/// A key, and the content as far as it has been read. It is among its request's extensions.
#[derive(Debug, Clone)]
pub struct IdempotencyKey {
    key: Vec<u8>,
    /// Whether it is a form's, which can be filled in and sent again: then other content is another intention.
    of_form: bool,
    content: Arc<Mutex<Sha256>>,
}

impl IdempotencyKey {
    /// The key that a request bears: in this header, as scripts send it, or in this field of the address that a plain
    /// form is sent to.
    pub fn find(request: &Request, header: &str, field: &str) -> Option<Self> {
        if let Some(key) = request.headers().get(header).filter(|key| !key.is_empty()) {
            return Some(Self::of_request(key.as_bytes()));
        }
        let query = request.uri().query().unwrap_or_default();
        let key = query.split('&').find_map(|pair| pair.strip_prefix(field)?.strip_prefix('='));
        key.filter(|key| !key.is_empty()).map(|key| Self::of_form(key.as_bytes()))
    }

    /// The key that a script sent along, made for this one request.
    pub fn of_request(key: &[u8]) -> Self {
        Self { key: key.to_owned(), of_form: false, content: Arc::default() }
    }

    /// The key that a form was given when its page was made.
    pub fn of_form(key: &[u8]) -> Self {
        Self { of_form: true, ..Self::of_request(key) }
    }

    /// Has the key told what the request's body says, while that is read. Where the body is another each time, its
    /// reader tells the content itself.
    pub fn listen(&self, request: Request) -> Request {
        let key = self.clone();
        request.map(|body| {
            Body::new(body.map_frame(move |frame| {
                key.tell(frame.data_ref().map_or(&[], Bytes::as_ref));
                frame
            }))
        })
    }

    /// More of the request's content.
    pub fn tell(&self, content: &[u8]) {
        self.content.lock().unwrap_or_else(PoisonError::into_inner).update(content);
    }

    /// What an account asks a function to do once, now that the content has been read.
    pub fn intention(mut self, account: Option<impl Display>, function: &str) -> Intention {
        let content = self.content.lock().unwrap_or_else(PoisonError::into_inner).clone().finalize();
        if self.of_form {
            self.key.extend_from_slice(&content);
            self.key.extend_from_slice(function.as_bytes());
        }
        Intention::new(account, &self.key, function, &content)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(address: &str, header: Option<&str>) -> Request {
        let request = Request::post(address);
        let request = header.into_iter().fold(request, |request, key| request.header("idempotency-key", key));
        request.body(Body::from("page 1")).expect("a request")
    }

    #[test]
    fn where_a_key_is_found() {
        for (address, header, expected) in [
            ("/save", None, None),
            ("/save", Some(""), None),
            ("/save", Some("a"), Some(IdempotencyKey::of_request(b"a"))),
            ("/save?once=b", Some("a"), Some(IdempotencyKey::of_request(b"a"))),
            ("/save?at=1&once=b", Some(""), Some(IdempotencyKey::of_form(b"b"))),
            ("/save?once=", None, None),
            ("/save?once", None, None),
            ("/save?onceb=b", None, None),
        ] {
            let found = IdempotencyKey::find(&request(address, header), "idempotency-key", "once");
            let intention = |key: IdempotencyKey| key.intention(None::<u64>, "save");
            assert_eq!(found.map(intention), expected.map(intention), "{address} {header:?}");
        }
    }

    #[tokio::test]
    async fn a_form_that_says_something_else_is_another_intention() {
        let read = async |key: IdempotencyKey| {
            let body = key.listen(request("/save", None)).into_body();
            body.collect().await.expect("a body");
            key.intention(Some(1), "save")
        };
        let told = |key: IdempotencyKey, content: &[u8]| {
            key.tell(content);
            key.intention(Some(1), "save")
        };
        let (script, form) = (IdempotencyKey::of_request, IdempotencyKey::of_form);
        assert_eq!(read(script(b"a")).await, told(script(b"a"), b"page 1"));
        assert_eq!(read(form(b"a")).await, told(form(b"a"), b"page 1"));
        assert_ne!(read(form(b"a")).await, told(form(b"a"), b"page 2"));
    }
}
