//! Seen, raised by every answer that shows something of the library, or says that it is not there (rule 6): so
//! that a browser without our script is never shown less on its next page, either.
//!
//! The cookie is added as an answer goes out, and only if it says more than the browser's own: what is kept of a
//! page never bears one, and who asks twice is told once.

use app::seen::{self, Shown};
use axum::{
    extract::Request,
    http::{HeaderMap, HeaderValue, header},
    response::Response,
};
use axum_extra::extract::CookieJar;
use domain::Seq;
use store::Store;

/// What an answer under way shows, and to whom.
pub(crate) struct Raising {
    shown: Shown,
    seen: Seq,
    may_bear: bool,
}

impl Raising {
    /// Has whatever answers this request say what it shows.
    pub(crate) fn begin(request: &mut Request, cookies: &CookieJar, store: &Store) -> Self {
        let seen = cookies.get(seen::COOKIE).map(|cookie| seen::parse(cookie.value(), store.log_id()));
        let shown = Shown::default();
        request.extensions_mut().insert(shown.clone());
        let reads_api = request.method().is_safe() && request.uri().path().starts_with("/api/");
        let may_bear = !reads_api || bears_reads(request.headers());
        Self { shown, seen: seen.unwrap_or_default(), may_bear }
    }

    /// The highest position that its browser has seen so far.
    pub(crate) const fn seen(&self) -> Seq {
        self.seen
    }

    /// The same as if the answer had been made anew.
    pub(crate) fn shows(&self, seq: Seq) {
        self.shown.note(seq);
    }

    /// Adds the cookie, if there is anything new to tell.
    pub(crate) fn end(self, mut response: Response, store: &Store) -> Response {
        let shown = self.shown.highest();
        if self.may_bear
            && shown > self.seen
            && let Ok(cookie) = HeaderValue::from_str(&seen::cookie(store.log_id(), shown))
        {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
        response
    }
}

/// Whether what is read by a server function bears the cookie. A stranger's answer may be kept by a cache in
/// between (`app::respond`), which hands no cookie on. Our script raises the cookie itself, and never lowers
/// it when two answers cross.
fn bears_reads(request: &HeaderMap) -> bool {
    let is = |name: &str, value: &str| request.get(name).is_some_and(|sent| sent == value);
    let is_our_page = is("sec-fetch-site", "same-origin");
    let is_script = is_our_page && is("sec-fetch-dest", "empty");
    (is_our_page || request.contains_key(header::COOKIE)) && !is_script
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderName;

    use super::*;

    #[test]
    fn who_is_given_a_cookie_for_what_they_read() {
        let (site, dest) = (HeaderName::from_static("sec-fetch-site"), HeaderName::from_static("sec-fetch-dest"));
        for (headers, expected) in [
            (vec![], false),
            (vec![(header::COOKIE, "quire-theme=dark")], true),
            (vec![(site.clone(), "none")], false),
            (vec![(site.clone(), "same-origin")], true),
            (vec![(site.clone(), "same-origin"), (dest.clone(), "document")], true),
            (vec![(site, "same-origin"), (dest, "empty"), (header::COOKIE, "quire-theme=dark")], false),
        ] {
            let map = headers.iter().map(|(name, value)| (name.clone(), HeaderValue::from_static(value))).collect();
            assert_eq!(bears_reads(&map), expected, "{headers:?}");
        }
    }
}
