//! What a page is about, for programs that read pages: schema.org's words, as JSON-LD.

use leptos::prelude::*;
use serde_json::Value;

/// Says it in the page that the server sends. No browser needs it.
#[component]
pub fn LinkedData(
    /// What it is about.
    about: impl Fn() -> Value + 'static,
) -> impl IntoView {
    // Text that an author wrote must not end the script that it stands in.
    let text = if cfg!(feature = "ssr") { about().to_string().replace('<', "\\u003c") } else { String::new() };
    view! { <script type="application/ld+json" inner_html=text></script> }
}
