//! What stands around every page.

use leptos::prelude::*;

/// Header, navigation and footer around a page, which brings its own `<main>` ([`super::Page`]).
#[component]
pub fn Chrome(children: Children) -> impl IntoView {
    children()
}
