//! A browser that signed in before, as it shows it: a cookie of signatures, one an account.

use domain::Email;

use crate::{cookie::HostCookie, respond::store};

/// A year.
const BROWSER: HostCookie =
    HostCookie { plain: "quire-browser", of_host: "__Host-quire-browser", max_age: 365 * 24 * 60 * 60 };

/// A household shares a browser; more accounts than this forget the first.
const MOST_ACCOUNTS: usize = 4;

/// Whether this browser signed in to this account before.
pub fn is_known(email: &Email) -> bool {
    let held = BROWSER.value().unwrap_or_default();
    held.split('.').take(MOST_ACCOUNTS).any(|signature| store().has_signed_browser(email, signature))
}

/// From now on it has.
pub fn remember(email: &Email) {
    let signature = store().sign_browser(email);
    let held = BROWSER.value().unwrap_or_default();
    let mut all: Vec<&str> = held.split('.').filter(|held| !held.is_empty() && *held != signature).collect();
    all.drain(..all.len().saturating_sub(MOST_ACCOUNTS - 1));
    all.push(&signature);
    BROWSER.set(&all.join("."));
}
