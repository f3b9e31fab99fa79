//! EditorPage.

use leptos::prelude::*;

/// EditorPage.
#[component]
pub fn EditorPage() -> impl IntoView {
    view! { <h1>"EditorPage"</h1> }
}
