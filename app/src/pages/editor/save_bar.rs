//! The save bar: whether the text is safe, and the button that makes it so.

use leptos::prelude::*;

use super::{
    form::{Form, Outcome},
    subject::Subject,
};
use crate::components::count::counted;

/// Status, words and the save button of a form.
#[component]
pub fn SaveBar<S: Subject>(
    form: Form<S>,
    words: Signal<u32>,
    /// What the button says.
    #[prop(default = "Save".into(), into)]
    label: Signal<&'static str>,
) -> impl IntoView {
    let status = Memo::new(move |_| {
        if form.is_saving() {
            return (Some("saving"), Some("Saving…"));
        }
        match form.outcome() {
            Outcome::Failed(_) => (Some("failed"), Some("Failed to save")),
            _ if form.is_dirty() && form.is_kept() => (Some("kept"), Some("Kept · not saved")),
            _ if form.is_dirty() && form.is_offline() => (Some("offline"), Some("Offline: kept in this browser")),
            _ if form.is_dirty() => (Some("unsaved"), Some("Unsaved changes")),
            Outcome::Saved => (Some("saved"), Some("Saved successfully")),
            Outcome::None => (None, None),
        }
    });
    view! {
        <div class="save-bar">
            <p class="save-bar-status" role="status" data-testid="save-status" data-state=move || status.get().0>
                {move || status.get().1}
            </p>
            <span class="save-bar-count">{move || counted(words.get(), "word", "words")}</span>
            <button
                class="button" data-kind="primary" data-testid="save-button" title="Ctrl+S saves too"
                aria-busy=move || form.is_saving().then_some("true")
            >
                {move || label.get()}
            </button>
        </div>
    }
}
