//! The field for the code of a second step.

use leptos::prelude::*;

/// A field called `code`. Phones offer what a message or an app says.
#[component]
pub fn CodeField(
    /// Unique on the page.
    id: &'static str,
    /// What may be typed there.
    hint: &'static str,
) -> impl IntoView {
    let hint_id = format!("{id}-hint");
    view! {
        <div class="field">
            <label class="field-label" r#for=id>"Code"</label>
            <input
                class="field-input code-input"
                id=id
                name="code"
                r#type="text"
                autocomplete="one-time-code"
                autocapitalize="none"
                spellcheck="false"
                maxlength="60"
                required
                aria-describedby=hint_id.clone()
            />
            <p class="field-hint" id=hint_id>{hint}</p>
        </div>
    }
}
