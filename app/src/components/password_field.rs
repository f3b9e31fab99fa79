//! The field for the password that one has.

use leptos::prelude::*;

/// A field of this name.
#[component]
pub fn PasswordField(
    /// Unique on the page.
    id: &'static str,
    name: &'static str,
    #[prop(default = "Password")] label: &'static str,
) -> impl IntoView {
    view! {
        <div class="field">
            <label class="field-label" r#for=id>{label}</label>
            <input class="field-input" id=id name=name r#type="password" autocomplete="current-password" required />
        </div>
    }
}
