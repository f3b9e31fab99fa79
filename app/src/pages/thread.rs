//! ThreadPage.

use leptos::prelude::*;

/// ThreadPage.
#[component]
pub fn ThreadPage() -> impl IntoView {
    view! { <h1>"ThreadPage"</h1> }
}
