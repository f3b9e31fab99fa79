//! PublishPage.

use leptos::prelude::*;

/// PublishPage.
#[component]
pub fn PublishPage() -> impl IntoView {
    view! { <h1>"PublishPage"</h1> }
}
