//! The engine's browser half with Quire in it: the two hooks that pages use, and the tab's tiers behind them.

use abreast_browser as engine;
use web_sys::Element;

pub use self::engine::{
    Applied, Fetch, LiveConnection, Mutates, OptimisticUpdate, Storage, ToldBy, When, apply_optimistic, outcome,
    use_query, use_query_if,
};
use crate::boot;

/// Quire's pages, for the engine. Never made.
#[derive(Debug, Clone, Copy)]
pub enum Website {}

/// This tab's tiers.
pub type Browser = engine::Browser<Website>;
/// Held answers are confirmed each time that more was seen, until this is dropped.
pub type Confirming = engine::Confirming<Website>;
/// A query without its type.
pub type AnyQuery = engine::AnyQuery<Website>;
/// A query on screen.
pub type Reading<Q> = engine::Reading<Website, Q>;
/// A mutation and its state.
///
/// A server function that lost its envelope can't be used as one:
/// ```compile_fail
/// use leptos::prelude::*;
/// #[server]
/// async fn rename(name: String) -> Result<String, app::AppError> { Ok(name) }
/// fn component() { let rename = app::cache::use_mutation::<Rename>(); }
/// ```
/// and with it, it can:
/// ```
/// use leptos::prelude::*;
/// #[server]
/// async fn rename(name: String) -> Result<domain::Changed<()>, app::AppError> {
///     Err(app::AppError::NotFound)
/// }
/// fn component() { let rename = app::cache::use_mutation::<Rename>(); }
/// ```
pub type Mutation<S> = engine::Mutation<Website, S>;
/// What is fetched before it is asked for.
pub type Prefetch = engine::Prefetch<Website>;

/// A handle to run a mutation from a component.
pub fn use_mutation<S: Mutates<Website>>() -> Mutation<S> {
    engine::use_mutation()
}

/// Where a plain form is sent. On a page of one person's, each form has an idempotency key of its own.
pub fn action(function: &'static str) -> String {
    #[cfg(feature = "ssr")]
    if crate::stand_in::is_body() {
        return format!(
            "{function}?{}={}",
            engine::FIELD,
            crate::stand_in::mark(&crate::fragments::Place::Key.to_string())
        );
    }
    engine::action(function, boot::viewer().is_some())
}

/// `use:likely=Some(When::Seen)` on a link: what it leads to is fetched when the browser is idle.
pub fn likely(link: Element, when: Option<When>) {
    engine::likely::<Website>(link, when);
}
