//! A browser that signed in before, as it shows it: a cookie of signatures, one an account.

use domain::Email;
use http::{HeaderValue, header, request::Parts};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;

use crate::{asker::Asker, respond::store};

/// The cookie's names, over plain HTTP and over TLS.
const PLAIN: &str = "quire-browser";
const OF_HOST: &str = "__Host-quire-browser";

/// A year.
const MAX_AGE: u32 = 365 * 24 * 60 * 60;

/// A household shares a browser; more accounts than this forget the first.
const MOST: usize = 4;

/// Whether this browser signed in to this account before.
pub fn is_known(email: &Email) -> bool {
    let signature = store().sign_browser(email);
    // One try in a billion billion guesses a signature, so how long this takes tells nothing of use.
    held().split('.').any(|held| held == signature)
}

/// From now on it has.
pub fn remember(email: &Email) {
    let signature = store().sign_browser(email);
    let held = held();
    let others = held.split('.').filter(|held| !held.is_empty() && *held != signature);
    let mut all: Vec<&str> = others.collect();
    all.drain(..all.len().saturating_sub(MOST - 1));
    all.push(&signature);
    let (name, secure) = if Asker::current().secure { (OF_HOST, "; Secure") } else { (PLAIN, "") };
    let cookie = format!("{name}={}; Path=/; HttpOnly; SameSite=Lax; Max-Age={MAX_AGE}{secure}", all.join("."));
    if let (Some(response), Ok(cookie)) = (use_context::<ResponseOptions>(), HeaderValue::from_str(&cookie)) {
        response.append_header(header::SET_COOKIE, cookie);
    }
}

/// What the browser shows of it.
fn held() -> String {
    let Some(request) = use_context::<Parts>() else { return String::new() };
    let cookies = request.headers.get_all(header::COOKIE).iter().filter_map(|cookies| cookies.to_str().ok());
    let mut cookies = cookies.flat_map(|cookies| cookies.split(';')).filter_map(|cookie| cookie.trim().split_once('='));
    cookies.find(|(name, _)| [OF_HOST, PLAIN].contains(name)).map(|(_, value)| value.to_owned()).unwrap_or_default()
}
