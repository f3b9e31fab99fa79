//! Cookies: found among a request's headers, and set on its answer.

use http::{HeaderMap, HeaderValue, header, request::Parts};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;

use crate::asker::Asker;

/// The values of a request's cookies of this name.
pub fn values<'a>(headers: &'a HeaderMap, name: &'a str) -> impl Iterator<Item = &'a str> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|cookies| cookies.to_str().ok());
    let cookies = lines.flat_map(|line| line.split(';')).filter_map(|cookie| cookie.trim().split_once('='));
    cookies.filter(move |(of, _)| *of == name).map(|(_, value)| value)
}

/// A cookie that no script reads, with a name of its own over TLS: browsers take that one from this very host and path
/// alone, not from a neighbour's.
#[derive(Debug, Clone, Copy)]
pub struct HostCookie {
    /// Its name over plain HTTP.
    pub plain: &'static str,
    /// Over TLS.
    pub of_host: &'static str,
    /// Seconds that it stays.
    pub max_age: u32,
}

impl HostCookie {
    /// Its names, the one that is believed first.
    pub const fn names(&self) -> [&'static str; 2] {
        [self.of_host, self.plain]
    }

    /// What the browser that asks holds.
    pub fn value(&self) -> Option<String> {
        let request = use_context::<Parts>()?;
        self.names().into_iter().find_map(|name| values(&request.headers, name).next().map(str::to_owned))
    }

    /// Gives it to the browser that asks.
    pub fn set(&self, value: &str) {
        self.set_for(value, self.max_age);
    }

    /// Takes it away.
    pub fn unset(&self) {
        self.set_for("", 0);
    }

    fn set_for(&self, value: &str, max_age: u32) {
        if Asker::current().secure {
            append(self.of_host, value, max_age, "; Secure");
            // From before it had its name.
            append(self.plain, "", 0, "; Secure");
        } else {
            append(self.plain, value, max_age, "");
        }
    }
}

fn append(name: &str, value: &str, max_age: u32, secure: &str) {
    let cookie = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={max_age}{secure}");
    if let (Some(response), Ok(cookie)) = (use_context::<ResponseOptions>(), HeaderValue::from_str(&cookie)) {
        response.append_header(header::SET_COOKIE, cookie);
    }
}
