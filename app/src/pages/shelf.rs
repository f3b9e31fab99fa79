//! NovelsPage.

use leptos::prelude::*;

/// NovelsPage.
#[component]
pub fn NovelsPage() -> impl IntoView {
    view! { <h1>"NovelsPage"</h1> }
}

/// ComicsPage.
#[component]
pub fn ComicsPage() -> impl IntoView {
    view! { <h1>"ComicsPage"</h1> }
}
