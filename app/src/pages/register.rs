//! RegisterPage.

use leptos::prelude::*;

/// RegisterPage.
#[component]
pub fn RegisterPage() -> impl IntoView {
    view! { <h1>"RegisterPage"</h1> }
}
