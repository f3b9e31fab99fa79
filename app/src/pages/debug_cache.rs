//! CachePage.

use leptos::prelude::*;

/// CachePage.
#[component]
pub fn CachePage() -> impl IntoView {
    view! { <h1>"CachePage"</h1> }
}
