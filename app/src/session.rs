//! The session's cookie: what a browser shows to be recognised.

use http::{HeaderValue, header};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;
use store::SessionToken;

use crate::asker::Asker;

/// The cookie's name.
pub const COOKIE: &str = "quire-session";

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
    let secure = if Asker::current().secure { "; Secure" } else { "" };
    let cookie = format!("{COOKIE}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={max_age}{secure}");
    if let (Some(response), Ok(cookie)) = (use_context::<ResponseOptions>(), HeaderValue::from_str(&cookie)) {
        response.append_header(header::SET_COOKIE, cookie);
    }
}
