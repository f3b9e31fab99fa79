//! Icons: one file of symbols, drawn by name.

use leptos::prelude::*;

use crate::file_names::icons;

/// A symbol of `/icons.svg`. It says nothing by itself: the words are beside it.
#[component]
pub fn Icon(
    /// Which symbol.
    name: &'static str,
    /// Its size and colour.
    #[prop(default = "icon")]
    class: &'static str,
) -> impl IntoView {
    // Only with a computed address does `view!` write `<use>`: in markup that never changes, it
    // leaves the `use_` as it is.
    view! { <svg class=class aria-hidden="true"><use_ href=format!("{}#{name}", icons()) /></svg> }
}
