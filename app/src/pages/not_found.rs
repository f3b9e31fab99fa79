//! The page for an address at which nothing is.

use leptos::prelude::*;

use super::offline::OfflinePage;
use crate::{
    AppError, app_shell,
    components::{Failed, Page},
};

/// Nothing is here; without a network, perhaps something that this browser doesn't know.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    if app_shell::is_here() {
        return view! { <OfflinePage /> }.into_any();
    }
    view! { <Page><Failed error=AppError::NotFound /></Page> }.into_any()
}
