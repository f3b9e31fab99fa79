//! The app shell: the document without a page. The service worker keeps it, and opens every address with it when there
//! is no network. The page is then made in the browser, of the answers that localStorage holds: marked, and judged by
//! the log as soon as there is a line again.

#[cfg(not(feature = "ssr"))]
use leptos::{
    mount::{hydrate_body, mount_to_renderer},
    prelude::{document, view},
};

#[cfg(not(feature = "ssr"))]
use wasm_bindgen::JsCast;

#[cfg(not(feature = "ssr"))]
use crate::{appearance::Appearance, bundle::Bundle, pages::Pages, shell::App};

/// Its address.
pub const PATH: &str = "/app-shell";

/// Whether this document is it.
pub fn is_here() -> bool {
    #[cfg(feature = "ssr")]
    return false;
    #[cfg(not(feature = "ssr"))]
    document().document_element().is_some_and(|html| html.has_attribute("data-app-shell"))
}

/// Brings the page alive that the server sent, or makes one in the app shell.
#[cfg(not(feature = "ssr"))]
pub fn start(bundle: Bundle, pages: &'static Pages) {
    bundle.note_loaded();
    let app = move || view! { <App pages /> };
    match document().body().filter(|_| is_here()) {
        Some(body) => {
            if let Some(document) = document().dyn_ref() {
                Appearance::renew(document);
            }
            mount_to_renderer(&body, app).forget();
            // Last, as in every page: the first link leads past the navigation.
            if let Some(notice) = document().get_element_by_id("not-alive") {
                body.append_child(&notice).ok();
            }
        }
        None => hydrate_body(app),
    }
}
