//! A question before something that can't be undone: one dialog for the whole desk, because a novel
//! has hundreds of things that could be deleted.

use std::sync::Arc;

use leptos::prelude::*;

use crate::components::Confirm;

/// The question, and the action when the answer is yes.
#[derive(Clone)]
pub struct Question {
    /// As in “Delete “The assembly”?”.
    pub title: String,
    /// What goes with it.
    pub text: String,
    /// The button that does it.
    pub button: String,
    /// Does it. No `Callback`: what asked, a menu, is gone when the answer comes.
    pub done: Arc<dyn Fn() + Send + Sync>,
}

/// The dialog that asks whatever there is to ask.
#[component]
pub fn Ask(question: RwSignal<Option<Question>>) -> impl IntoView {
    move || {
        question.get().map(|Question { title, text, button, done }| {
            let open = RwSignal::new(true);
            Effect::new(move || {
                if !open.get() {
                    question.set(None);
                }
            });
            view! { <Confirm id="ask" open title text verb=button on_yes=move |()| done() /> }
        })
    }
}
