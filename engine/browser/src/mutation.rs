//! `use_mutation`: a click becomes a fact, and the tiers hear of it before the screen does.

mod idempotency;
#[cfg(feature = "hydrate")]
mod client;
#[cfg(feature = "hydrate")]
mod keepalive;

use std::marker::PhantomData;

use leptos::{
    ev::SubmitEvent,
    form::{FromFormData, FromFormDataError},
    prelude::*,
    task::spawn_local,
};
use serde::Serialize;
use server_fn::ServerFn;

#[cfg(feature = "hydrate")]
pub use self::client::MutationClient;
pub use self::idempotency::{FIELD, IdempotencyKey, KEY_HEADER, action};
/// The server calls no server.
#[cfg(not(feature = "hydrate"))]
pub use server_fn::client::browser::BrowserClient as MutationClient;

use crate::{App, Browser, Failure, OptimisticUpdate, nouns::Changed};

/// A server function that answers with the envelope of its commit. One that lost its envelope can't be used as a
/// mutation.
pub trait Mutates<A: App>:
    ServerFn<Output = Changed<Self::Written, A>, Error = A::Failure> + Serialize + 'static
{
    /// What it answers with, inside the envelope.
    type Written: Clone + Send + Sync + 'static;
}

impl<A, S, T> Mutates<A> for S
where
    A: App,
    S: ServerFn<Output = Changed<T, A>, Error = A::Failure> + Serialize + 'static,
    T: Clone + Send + Sync + 'static,
{
    type Written = T;
}

/// A mutation and its state. Runs of one server function take turns, so the last click is the last
/// write, even where the button was drawn anew between two clicks.
pub struct Mutation<A: App, S> {
    browser: StoredValue<Browser<A>>,
    under_way: RwSignal<u32>,
    error: RwSignal<Option<A::Failure>>,
    function: PhantomData<fn(S)>,
}

impl<A: App, S> Clone for Mutation<A, S> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<A: App, S> Copy for Mutation<A, S> {}

/// A handle to run a mutation from a component.
pub fn use_mutation<A: App, S: Mutates<A>>() -> Mutation<A, S> {
    Mutation {
        browser: StoredValue::new(Browser::current()),
        under_way: RwSignal::new(0),
        error: RwSignal::new(None),
        function: PhantomData,
    }
}

impl<A: App, S: Mutates<A>> Mutation<A, S> {
    /// Runs it and waits for its answer. When this returns, every tier of this tab knows.
    pub async fn send(self, input: S) -> Result<S::Written, A::Failure> {
        self.send_over(input, vec![]).await
    }

    /// Runs it with optimistic layers over the answers on screen. They leave when the answer contains them, or when the
    /// server refuses.
    pub async fn send_over(self, input: S, laid: Vec<OptimisticUpdate>) -> Result<S::Written, A::Failure> {
        // The component may be gone before the answer is: the tiers must hear of it all the same.
        let browser = self.browser.get_value();
        let turns = browser.turns(S::PATH);
        let _writing = browser.writing();
        // Now, not when its turn comes: a click that is made twice has one key.
        let key = IdempotencyKey::of(S::PATH, &input);
        self.under_way.try_update(|count| *count += 1);
        let sent;
        let answer = {
            let _turn = turns.lock().await;
            sent = browser.clocks();
            key.attach(input.run_on_client()).await
        };
        if answer.is_ok() {
            key.answered();
        }
        let acknowledged = answer.as_ref().ok().map(|changed| changed.record().seq);
        for laid in laid {
            laid.settle(acknowledged);
        }
        let answer = answer.map(|mut changed| {
            let fresh = changed.take_fresh();
            let (receipt, value) = changed.open();
            browser.changed(&receipt, fresh, Some(sent));
            value
        });
        self.under_way.try_update(|count| *count -= 1);
        self.error.try_set(answer.as_ref().err().cloned());
        answer
    }

    /// Runs it, leaving error and progress to the signals.
    pub fn run(self, input: S) {
        spawn_local(async move {
            self.send(input).await.ok();
        });
    }

    /// Whether an answer is awaited.
    pub fn is_under_way(self) -> bool {
        self.under_way.get() > 0
    }

    /// What went wrong last; `None` after a success.
    pub const fn error(self) -> RwSignal<Option<A::Failure>> {
        self.error
    }
}

impl<A: App, S: Mutates<A> + FromFormData> Mutation<A, S> {
    /// Runs it with a form's fields, in place of the browser's own submission. Without a script the
    /// same form does the same by loading a new page.
    pub fn submit(self, event: &SubmitEvent, then: impl FnOnce(Result<S::Written, A::Failure>) + 'static) {
        event.prevent_default();
        match S::from_event(event) {
            Ok(input) => spawn_local(async move { then(self.send(input).await) }),
            Err(error) => {
                // Its own words hold ours as a debugger shows them.
                let error = match error {
                    FromFormDataError::Deserialization(error) => error.to_string(),
                    FromFormDataError::MissingForm(_) | FromFormDataError::FormData(_) => error.to_string(),
                };
                let error = A::Failure::unreadable(&error);
                self.error.set(Some(error.clone()));
                then(Err(error));
            }
        }
    }
}
