//! Headings of parts that stand on several pages, at the level that each page needs.

use leptos::prelude::*;

/// How deep a heading stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// `h2`.
    Two,
    /// `h3`.
    Three,
}

/// A heading; its class decides its looks.
#[component]
pub fn Heading(
    /// How deep it stands.
    level: Level,
    /// What it looks like.
    class: &'static str,
    /// Unique on the page, where something is labelled by it.
    #[prop(optional, into)]
    id: Option<String>,
    children: Children,
) -> impl IntoView {
    match level {
        Level::Two => view! { <h2 class=class id=id>{children()}</h2> }.into_any(),
        Level::Three => view! { <h3 class=class id=id>{children()}</h3> }.into_any(),
    }
}
