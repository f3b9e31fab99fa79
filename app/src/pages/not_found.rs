//! The page for an address at which nothing is.

use leptos::prelude::*;

use crate::{
    AppError,
    components::{Failed, Page},
};

/// Nothing is here.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    view! { <Page><Failed error=AppError::NotFound /></Page> }
}
