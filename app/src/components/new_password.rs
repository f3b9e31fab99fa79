//! The field for a new password, with what makes a good one.

use domain::Password;
use leptos::prelude::*;

/// A field of this name. The server judges what is typed there.
#[component]
pub fn NewPassword(name: &'static str, label: &'static str) -> impl IntoView {
    view! {
        <div class="field">
            <label class="field-label" r#for=name>{label}</label>
            <input
                class="field-input"
                id=name
                name=name
                r#type="password"
                autocomplete="new-password"
                minlength=Password::LEAST_OF_NEW
                required
                aria-describedby="password-hint"
            />
            <p class="field-hint" id="password-hint">
                {format!("{} characters or more. Some words that don't belong together are good.", Password::LEAST_OF_NEW)}
            </p>
        </div>
    }
}
