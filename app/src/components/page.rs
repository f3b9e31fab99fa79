//! A page's main part, and what its head says of it.

use std::sync::{Arc, Mutex, PoisonError};

use leptos::{prelude::*, text_prop::TextProp};
use leptos_meta::{Meta, Title};

use super::text_area::escaped;

/// The page itself, between header and footer.
#[component]
pub fn Page(
    /// Its layout, as in `page page-narrow`.
    #[prop(default = "page")]
    class: &'static str,
    children: Children,
) -> impl IntoView {
    view! { <main class=class id="main" tabindex="-1">{children()}</main> }
}

/// What tabs, bookmarks and search engines say of a page. Always this, never `leptos_meta::Title`.
#[component]
pub fn Head(
    /// Without the site's name.
    #[prop(into)]
    title: TextProp,
    /// A sentence or two.
    #[prop(into)]
    description: TextProp,
) -> impl IntoView {
    // `leptos_meta` writes a title into the page as it is, and an author may call their story
    // `</title><script>`. In the browser the title is set as text, which needs no care. The server asks for the
    // title when all else is written, and its sources may be gone by then: so it is told now.
    let title: TextProp =
        if cfg!(feature = "ssr") { escaped(&untrack(|| title.get())).into() } else { outliving(title) };
    view! {
        <Title text=title />
        <Meta name="description" content=description />
    }
}

/// `leptos_meta` asks for a page's title once more after the page has gone, and what it is made of with it:
/// it is then what it was. To look would end the whole app, as `cargo xtask load` found out.
fn outliving(title: TextProp) -> TextProp {
    let here = StoredValue::new(());
    let last = Arc::new(Mutex::new(untrack(|| title.get())));
    TextProp::from(move || {
        let mut last = last.lock().unwrap_or_else(PoisonError::into_inner);
        if !here.is_disposed() {
            *last = title.get();
        }
        last.clone()
    })
}
