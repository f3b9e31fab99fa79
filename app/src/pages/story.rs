//! StoryFrontPage.

use leptos::prelude::*;

/// StoryFrontPage.
#[component]
pub fn StoryFrontPage() -> impl IntoView {
    view! { <h1>"StoryFrontPage"</h1> }
}
