//! Undo: a word about what was done, with a button that takes it back.

use std::sync::Arc;

use leptos::{prelude::*, task::spawn_local};

use super::toast::{ToastKind, Toasts};
use crate::cache::{Browser, Mutates, Mutation, Website, use_mutation};

/// Says what was done, and offers to take it back by another mutation. The page where it was done may be left by then.
pub fn offer_undo<S>(toasts: Toasts, browser: Browser, text: &str, undo: S)
where
    S: Mutates<Website> + Clone + Send + Sync,
{
    offer_undo_saying(toasts, browser, text, undo, |_| "Undone".to_owned());
}

/// The same, where there is more to say of what was taken back.
pub fn offer_undo_saying<S>(toasts: Toasts, browser: Browser, text: &str, undo: S, said: fn(&S::Written) -> String)
where
    S: Mutates<Website> + Clone + Send + Sync,
{
    let run = move || {
        // Below nothing: the button and its toast are gone before the answer is there.
        let (browser, undo, owner) = (browser.clone(), undo.clone(), Owner::new_root(None));
        let mutation: Mutation<S> = owner.with(|| {
            provide_context(browser);
            use_mutation()
        });
        // A root owner makes itself the current one.
        owner.clone().unset();
        spawn_local(async move {
            match mutation.send(undo).await {
                Ok(done) => toasts.toast(said(&done), ToastKind::Good),
                Err(error) => toasts.toast(error.to_string(), ToastKind::Danger),
            }
            // It holds the mutation's signals until here.
            drop(owner);
        });
    };
    toasts.toast_with_undo(text, Arc::new(run));
}
