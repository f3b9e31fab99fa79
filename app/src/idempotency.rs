//! The idempotency key that came with a request, and what it came with.

use std::sync::{Arc, Mutex, PoisonError};

use http::request::Parts;
use leptos::prelude::use_context;
use sha2::{Digest, Sha256};
use store::Intention;

use crate::asker::Asker;

/// A key, and the content as far as it has been read.
#[derive(Debug, Clone)]
pub struct IdempotencyKey {
    key: Vec<u8>,
    /// Whether it is a form's, which can be filled in and sent again: then other content is another intention.
    of_form: bool,
    content: Arc<Mutex<Sha256>>,
}

impl IdempotencyKey {
    /// The key that a script sent along, made for this one request.
    pub fn of_request(key: &[u8]) -> Self {
        Self { key: key.to_owned(), of_form: false, content: Arc::default() }
    }

    /// The key that a form was given when its page was made.
    pub fn of_form(key: &[u8]) -> Self {
        Self { of_form: true, ..Self::of_request(key) }
    }

    /// More of the request's content.
    pub fn tell(&self, content: &[u8]) {
        self.content.lock().unwrap_or_else(PoisonError::into_inner).update(content);
    }

    fn intention(mut self, asker: &Asker, function: &str) -> Intention {
        let content = self.content.lock().unwrap_or_else(PoisonError::into_inner).clone().finalize();
        if self.of_form {
            self.key.extend_from_slice(&content);
            self.key.extend_from_slice(function.as_bytes());
        }
        let account = asker.viewer.as_ref().map(|viewer| viewer.user);
        Intention::new(account, &self.key, function, &content)
    }
}

/// The action that this request asks to be done once, if it has a key.
pub(crate) fn intention() -> Option<Intention> {
    let request = use_context::<Parts>()?;
    let key = request.extensions.get::<IdempotencyKey>()?.clone();
    Some(key.intention(&Asker::current(), request.uri.path()))
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
