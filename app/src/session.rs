//! The session's cookie: what a browser shows to be recognised.

use store::SessionToken;

use crate::cookie::HostCookie;

/// 30 days, as long as the session itself.
const SESSION: HostCookie =
    HostCookie { plain: "quire-session", of_host: "__Host-quire-session", max_age: 30 * 24 * 60 * 60 };

/// Its names, the one that is believed first.
pub const COOKIES: [&str; 2] = SESSION.names();

/// Gives the browser a session.
pub fn begin(token: &SessionToken) {
    SESSION.set(token.as_str());
}

/// Takes it away.
pub fn end() {
    SESSION.unset();
}
