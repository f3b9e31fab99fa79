//! What stands around every page.

use leptos::prelude::*;

/// Header, navigation and footer around a page.
#[component]
pub fn Chrome(children: Children) -> impl IntoView {
    view! { <main id="main" tabindex="-1">{children()}</main> }
}
