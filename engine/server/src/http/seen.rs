//! Seen, raised by every answer that shows something of the database, or says that it is not there (rule 6): so that a
//! browser without a script is never shown less on its next page, either.
//!
//! The cookie is added as an answer goes out, and only if it says more than the browser's own. A kept page never has
//! one, and a browser that asks twice gets it once.

mod shown;

use abreast_core::Seq;
use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, header},
    middleware::Next,
    response::Response,
};

pub use self::shown::Shown;
use super::{Site, function_request::FunctionRequest};
use crate::App;

/// Answers, and raises Seen by what the answer shows: a layer for an app without kept pages, whose layer does the same
/// ([`super::serve_kept`]).
pub async fn raise_seen<A: App>(State(site): State<Site<A>>, mut request: Request, next: Next) -> Response {
    let raising = Raising::begin(&mut request, &site).await;
    raising.end(next.run(request).await, &site)
}

/// What an answer under way shows, and what its browser has seen before.
pub(super) struct Raising {
    shown: Shown,
    seen: Seq,
    proven: Seq,
    bears: Bears,
}

/// Which cookies an answer may bear.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bears {
    /// None: a cache in between may keep it.
    Nothing,
    /// Only what the app's script does not raise itself.
    Proof,
    /// Whatever it shows.
    All,
}

impl Raising {
    /// Has whatever answers this request say what it shows. What the browser proves to have been told is looked at
    /// first.
    pub(super) async fn begin<A: App>(request: &mut Request, site: &Site<A>) -> Self {
        let (seen, proof) = (site.seen(request.headers()), site.proof(request.headers()));
        let mut proven = Seq::ZERO;
        if let Some((seq, signature)) = proof {
            site.engine.accept_position(seq, signature).await;
            // One that was made up is replaced.
            proven = if seq <= site.engine.watermark() { seq } else { Seq::ZERO };
        }
        let shown = Shown::default();
        request.extensions_mut().insert(shown.clone());
        let is_function = request.uri().path().starts_with(site.functions);
        if is_function {
            request.extensions_mut().insert(FunctionRequest);
        }
        let bears = if is_function && request.method().is_safe() { bears(request.headers()) } else { Bears::All };
        Self { shown, seen, proven, bears }
    }

    /// The highest position that its browser has seen so far.
    pub(super) const fn seen(&self) -> Seq {
        self.seen
    }

    /// The same as if the answer had been made anew.
    pub(super) fn shows(&self, seq: Seq) {
        self.shown.note(seq);
    }

    /// Adds the cookies, if there is anything new to tell.
    pub(super) fn end<A: App>(self, mut response: Response, site: &Site<A>) -> Response {
        let (log, shown, told) = (site.engine.log_id(), self.shown.highest(), self.shown.highest_told());
        let (bears_seen, bears_proof) = match self.bears {
            Bears::Nothing => (false, false),
            Bears::Proof => (false, true),
            Bears::All => (true, true),
        };
        let mut set = |cookie: String| {
            if let Ok(cookie) = HeaderValue::from_str(&cookie) {
                response.headers_mut().append(header::SET_COOKIE, cookie);
            }
        };
        if bears_seen && shown > self.seen {
            set(site.cookie.cookie(log, shown));
        }
        if bears_proof && told > self.proven {
            set(site.cookie.proof(log, told, &site.engine.sign_position(told)));
        }
        response
    }
}

/// Which cookies the answer to a script's question may bear. A stranger's may be kept by a cache in between, which
/// hands no cookie on. The script raises Seen itself, and never lowers it when two answers cross; a proof that is
/// lowered proves less, and nothing wrong.
fn bears(request: &HeaderMap) -> Bears {
    let is = |name: &str, value: &str| request.get(name).is_some_and(|sent| sent == value);
    let is_our_page = is("sec-fetch-site", "same-origin");
    if is_our_page && is("sec-fetch-dest", "empty") {
        Bears::Proof
    } else if is_our_page || request.contains_key(header::COOKIE) {
        Bears::All
    } else {
        Bears::Nothing
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderName;

    use super::*;

    #[test]
    fn who_is_given_a_cookie_for_what_they_read() {
        let (site, dest) = (HeaderName::from_static("sec-fetch-site"), HeaderName::from_static("sec-fetch-dest"));
        for (headers, expected) in [
            (vec![], Bears::Nothing),
            (vec![(header::COOKIE, "example-theme=dark")], Bears::All),
            (vec![(site.clone(), "none")], Bears::Nothing),
            (vec![(site.clone(), "same-origin")], Bears::All),
            (vec![(site.clone(), "same-origin"), (dest.clone(), "document")], Bears::All),
            (vec![(site, "same-origin"), (dest, "empty"), (header::COOKIE, "example-theme=dark")], Bears::Proof),
        ] {
            let map = headers.iter().map(|(name, value)| (name.clone(), HeaderValue::from_static(value))).collect();
            assert_eq!(bears(&map), expected, "{headers:?}");
        }
    }
}
