//! Idempotency keys: a click is done once, however often it is made and sent.
//!
//! A request has a key that the server remembers with its answer. The same request again, while the first is under
//! way or after its answer was lost, has the same key. After its answer it is a new request, with a key of its own.

use std::{cell::RefCell, collections::HashMap, pin::pin};

use serde::Serialize;

/// The header with the key.
pub const KEY_HEADER: &str = "idempotency-key";
/// The field with the key in the address that a plain form is sent to.
pub const FIELD: &str = "once";

thread_local! {
    /// By function: what was sent last and is not answered, and its key.
    static LAST: RefCell<HashMap<&'static str, Sent>> = RefCell::default();
    /// The key of the request that is being made.
    static KEY: RefCell<Option<String>> = const { RefCell::new(None) };
}

#[derive(Clone)]
struct Sent {
    content: String,
    key: String,
}

/// The key of a request that is to be done once.
pub struct IdempotencyKey {
    function: &'static str,
    key: String,
}

impl IdempotencyKey {
    /// For what a function is asked to do.
    pub fn of(function: &'static str, input: &impl Serialize) -> Self {
        let content = serde_json::to_string(input).unwrap_or_default();
        let key = LAST.with_borrow_mut(|last| {
            let sent = last.entry(function).or_insert_with(|| Sent { content: content.clone(), key: new_key() });
            // Only the last: what was asked before something else, and is asked again, is a change of mind.
            if sent.content != content {
                *sent = Sent { content, key: new_key() };
            }
            sent.key.clone()
        });
        Self { function, key }
    }

    /// Attaches it to a request, which is made by the first step of this.
    pub async fn attach<F: Future>(&self, request: F) -> F::Output {
        let mut request = pin!(request);
        std::future::poll_fn(|cx| {
            KEY.set(Some(self.key.clone()));
            let step = request.as_mut().poll(cx);
            KEY.set(None);
            step
        })
        .await
    }

    /// The header, for a request that is made otherwise.
    pub fn header(&self) -> (&'static str, String) {
        (KEY_HEADER, self.key.clone())
    }

    /// The request was answered: the same, asked again, is to be done again.
    pub fn answered(self) {
        LAST.with_borrow_mut(|last| {
            if last.get(self.function).is_some_and(|sent| sent.key == self.key) {
                last.remove(self.function);
            }
        });
    }
}

/// The key of the request that is being made.
#[cfg(feature = "hydrate")]
pub(super) fn attached() -> Option<String> {
    KEY.with_borrow(Clone::clone)
}

/// Where a plain form is sent. With `once`, which is for a page that is made for one person, the server gives the form
/// a key of its own; a script that takes the form over sends its own keys.
pub fn action(function: &'static str, once: bool) -> String {
    #[cfg(feature = "ssr")]
    if once {
        return format!("{function}?{FIELD}={:032x}", rand::random::<u128>());
    }
    let _ = once;
    function.to_owned()
}

/// Too long to guess. In the browser only.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 2^52")]
fn new_key() -> String {
    let chance = || (js_sys::Math::random() * 4_503_599_627_370_496.0) as u64;
    format!("{:013x}{:013x}", chance(), chance())
}
