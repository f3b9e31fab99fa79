//! SignInPage.

use leptos::prelude::*;

/// SignInPage.
#[component]
pub fn SignInPage() -> impl IntoView {
    view! { <h1>"SignInPage"</h1> }
}
