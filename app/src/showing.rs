//! The headers of each mutation: the keys that the tab shows, so that the answer can bring new answers along, and an
//! idempotency key, so that it is done once.

#[cfg(feature = "hydrate")]
mod lasting;
#[cfg(feature = "hydrate")]
mod tab;
mod once;

use std::cell::RefCell;

use domain::Key;

/// The header with the keys, a space between them.
pub const HEADER: &str = "x-quire-showing";

pub use self::once::{FIELD, KEY_HEADER, Once, action};
/// How a tab sends its mutations.
#[cfg(feature = "hydrate")]
pub use self::tab::Tab;
/// The server calls no server.
#[cfg(not(feature = "hydrate"))]
pub use server_fn::client::browser::BrowserClient as Tab;

/// From now on this tab shows these.
pub(crate) fn shows<'a>(keys: impl Iterator<Item = &'a Key>) {
    let keys: Vec<&str> = keys.map(Key::as_str).collect();
    SHOWN.with_borrow_mut(|shown| *shown = keys.join(" "));
}

thread_local! {
    static SHOWN: RefCell<String> = const { RefCell::new(String::new()) };
}
