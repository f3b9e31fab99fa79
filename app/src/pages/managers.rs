//! What the pages of those who look after the place have in common: others find no such page, and long lists have pages.

use domain::{Role, UserId};
use leptos::prelude::*;

use super::not_found::NotFoundPage;
use crate::boot;

/// A page for managers.
pub(super) fn for_managers(page: impl FnOnce(UserId) -> AnyView) -> AnyView {
    match boot::viewer().filter(|viewer| viewer.role == Role::Manager) {
        Some(viewer) => page(viewer.user),
        None => view! { <NotFoundPage /> }.into_any(),
    }
}

/// The links to the pages before and after.
#[component]
pub fn Pages(
    /// The address of a page, by the number that people see.
    #[prop(into)]
    address: Callback<u32, String>,
    page: Memo<u32>,
    more: Signal<bool>,
    before: &'static str,
    after: &'static str,
) -> impl IntoView {
    let link = move |number: u32, words| view! { <a class="button" href=address.run(number)>{words}</a> };
    view! {
        <nav class="row section" aria-label="Pages">
            {move || (page.get() > 0).then(|| link(page.get(), before))}
            {move || more.get().then(|| link(page.get() + 2, after))}
        </nav>
    }
}
