//! A page that can't be opened without a network.

use leptos::{leptos_dom::helpers::location, prelude::*};

use crate::{
    AppError, app_shell,
    cache::LiveConnection,
    components::{Failed, Page},
};

/// Says so, and loads the address when there is a line again.
#[component]
pub fn OfflinePage() -> impl IntoView {
    let line = expect_context::<LiveConnection>().0;
    Effect::new(move || {
        if line.get() == Some(true) {
            // The app shell has an address of its own, at which there is nothing to see.
            let is_shell = location().pathname().is_ok_and(|path| path == app_shell::PATH);
            if is_shell { location().replace("/") } else { location().reload() }.ok();
        }
    });
    view! { <Page><Failed error=AppError::Offline /></Page> }
}
