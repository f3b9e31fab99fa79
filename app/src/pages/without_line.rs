//! A page that can't be opened without a network.

use leptos::{leptos_dom::helpers::location, prelude::*};

use crate::{
    AppError,
    cache::LiveConnection,
    components::{Failed, Page},
};

/// Says so, and loads the address when there is a line again.
#[component]
pub fn WithoutLine() -> impl IntoView {
    let line = expect_context::<LiveConnection>().0;
    Effect::new(move || {
        if line.get() == Some(true) {
            location().reload().ok();
        }
    });
    view! { <Page><Failed error=AppError::Offline /></Page> }
}
