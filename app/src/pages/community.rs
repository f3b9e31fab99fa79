//! CommunityPage.

use leptos::prelude::*;

/// CommunityPage.
#[component]
pub fn CommunityPage() -> impl IntoView {
    view! { <h1>"CommunityPage"</h1> }
}
