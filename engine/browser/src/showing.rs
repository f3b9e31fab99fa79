//! The keys that a tab shows: each mutation tells the server, so that its answer can bring new answers along.

use std::cell::RefCell;

use abreast_core::Key;

/// The header with the keys, a space between them.
pub const SHOWING_HEADER: &str = "x-cache-showing";

thread_local! {
    static SHOWN: RefCell<String> = const { RefCell::new(String::new()) };
}

/// From now on this tab shows these.
pub(crate) fn shows<'a>(keys: impl Iterator<Item = &'a Key>) {
    let keys: Vec<&str> = keys.map(Key::as_str).collect();
    SHOWN.set(keys.join(" "));
}

/// What it shows, as the header has it.
#[cfg(feature = "hydrate")]
pub(crate) fn shown() -> String {
    SHOWN.with_borrow(Clone::clone)
}
