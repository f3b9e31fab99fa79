//! Icons: one file of symbols, drawn by name.

use leptos::prelude::*;

/// A symbol of `/icons.svg`. It says nothing by itself: the words are beside it.
#[component]
pub fn Icon(name: &'static str) -> impl IntoView {
    view! { <svg class="icon" aria-hidden="true"><use_ href=format!("/icons.svg#{name}") /></svg> }
}
