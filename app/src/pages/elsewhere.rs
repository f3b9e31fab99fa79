//! A page that this bundle doesn't have.

use std::time::Duration;

use leptos::{leptos_dom::helpers::location, prelude::*};

use super::offline::OfflinePage;
use crate::app_shell;

/// Loads the address anew, with the bundle that has its page. Links to such pages are left to the
/// browser ([`crate::bundle::rel`]). What leads here is the way back: a document that was loaded anew
/// keeps the history that another bundle had made for it; and links in people's texts.
#[component]
pub fn ElsewherePage() -> impl IntoView {
    if app_shell::is_here() {
        return view! { <OfflinePage /> }.into_any();
    }
    // The router puts the address in place when it has the page: when this task has ended.
    set_timeout(|| drop(location().reload()), Duration::ZERO);
    ().into_any()
}
