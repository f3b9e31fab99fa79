//! A page's main part, and what its head says of it.

use std::sync::{Arc, Mutex, PoisonError};

use leptos::{prelude::*, text_prop::TextProp};
use leptos_meta::{Link, Meta, Title};

use super::text_area::escaped;
use crate::site_url::address_of;

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
    /// The page's path, if the page is everybody's: of several addresses that lead here, the one to be known by.
    #[prop(optional, into)]
    at: Option<TextProp>,
    /// What the page is, in the words of the Open Graph.
    #[prop(default = "website")]
    kind: &'static str,
) -> impl IntoView {
    let shown = title.clone();
    // `leptos_meta` writes a title into the page as it is, and an author may call their story
    // `</title><script>`. In the browser the title is set as text, which needs no care. The server asks for the
    // title when all else is written, and its sources may be gone by then: so it is told now.
    let title: TextProp =
        if cfg!(feature = "ssr") { escaped(&untrack(|| title.get())).into() } else { outliving(title) };
    view! {
        <Title text=title />
        // Two vocabularies have the same word for it.
        <Meta name="description" property="og:description" content=description />
        {at.map(|at| view! {
            <Meta property="og:title" content=shown />
            <Meta property="og:type" content=kind />
            {move || view! { <Link rel="canonical" href=address_of(&at.get()) /> }}
        })}
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
