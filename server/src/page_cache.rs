//! Which pages are kept whole: those for visitors without a session, which differ by address and theme alone.

use app::theme;
use axum::{extract::Request, http::Method};
use axum_extra::extract::CookieJar;

use crate::asking::shown_session;

/// Where strangers read. Other pages are made anew each time.
const PUBLIC: [&str; 6] = ["/novels", "/novels/", "/comics", "/comics/", "/community", "/community/"];

/// Arguments that pages have. An address with any other is not kept, so that visitors can't fill the memory.
const ARGUMENTS: [&str; 3] = ["genre=", "page=", "under="];

/// Under which name a stranger's page is kept; `None` if it isn't.
pub(crate) fn key(request: &Request) -> Option<String> {
    if request.method() != Method::GET || shown_session(&CookieJar::from_headers(request.headers())).is_some() {
        return None;
    }
    let (path, arguments) = (request.uri().path(), request.uri().query().unwrap_or_default());
    let public = path == "/"
        || PUBLIC.iter().any(|public| path == *public || (public.ends_with('/') && path.starts_with(public)));
    let known = arguments.is_empty()
        || arguments.split('&').all(|argument| ARGUMENTS.iter().any(|known| argument.starts_with(known)));
    // A theme that there isn't is the usual one: a visitor who invents themes fills nothing.
    let theme = theme::of_request(request.headers()).slug();
    (public && known).then(|| format!("{theme} {path}?{arguments}"))
}
