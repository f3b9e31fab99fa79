//! The field for an e-mail address.

use leptos::prelude::*;

/// A field called `email`.
#[component]
pub fn EmailField(
    /// Unique on the page.
    #[prop(default = "email")]
    id: &'static str,
    #[prop(default = "E-mail address")] label: &'static str,
    /// What a browser may fill in: `username`, where one signs in with it.
    #[prop(default = "username")]
    autocomplete: &'static str,
) -> impl IntoView {
    view! {
        <div class="field">
            <label class="field-label" r#for=id>{label}</label>
            <input class="field-input" id=id name="email" r#type="email" autocomplete=autocomplete required />
        </div>
    }
}
