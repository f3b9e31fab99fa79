//! StudioPage.

use leptos::prelude::*;

/// StudioPage.
#[component]
pub fn StudioPage() -> impl IntoView {
    view! { <h1>"StudioPage"</h1> }
}
