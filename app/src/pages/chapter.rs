//! ChapterPage.

use leptos::prelude::*;

/// ChapterPage.
#[component]
pub fn ChapterPage() -> impl IntoView {
    view! { <h1>"ChapterPage"</h1> }
}
