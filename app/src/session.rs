//! The session's cookie: what a browser shows to be recognised.

use http::{HeaderValue, header};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;
use store::SessionToken;

use crate::asker::Asker;

/// The cookie's name over plain HTTP.
const PLAIN: &str = "quire-session";
/// Over TLS: browsers take it from this very host and path alone, not from a neighbour's.
const OF_HOST: &str = "__Host-quire-session";

/// Its names, the one that is believed first.
pub const COOKIES: [&str; 2] = [OF_HOST, PLAIN];

/// 30 days, as long as the session itself.
const MAX_AGE: u32 = 30 * 24 * 60 * 60;

/// Gives the browser a session.
pub fn begin(token: &SessionToken) {
    set(token.as_str(), MAX_AGE);
}

/// Takes it away.
pub fn end() {
    set("", 0);
}

fn set(value: &str, max_age: u32) {
    if Asker::current().secure {
        set_cookie(OF_HOST, value, max_age, "; Secure");
        // From before it had its name.
        set_cookie(PLAIN, "", 0, "; Secure");
    } else {
        set_cookie(PLAIN, value, max_age, "");
    }
}

fn set_cookie(name: &str, value: &str, max_age: u32, secure: &str) {
    let cookie = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={max_age}{secure}");
    if let (Some(response), Ok(cookie)) = (use_context::<ResponseOptions>(), HeaderValue::from_str(&cookie)) {
        response.append_header(header::SET_COOKIE, cookie);
    }
}
