//! HomePage.

use leptos::prelude::*;

/// HomePage.
#[component]
pub fn HomePage() -> impl IntoView {
    view! { <h1>"HomePage"</h1> }
}
