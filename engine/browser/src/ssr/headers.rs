//! What an answer's headers say: its status, how far its browser has seen, what a commit made old, which content it is.

use abreast_core::{Entry, Noun, Seq, Tag, date::iso8601, list_tags};
use abreast_server::http::{FunctionRequest, Shown};
use http::{HeaderName, HeaderValue, StatusCode, header, request::Parts};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::Serve;
use crate::{Failure, nouns::Receipt};

/// Sets the response's status to the failure's, if a server function is asked.
pub fn set_status<F: Failure>(failure: &F) {
    if let Some(response) = answer_of_function()
        && let Ok(status) = StatusCode::from_u16(failure.status())
    {
        response.set_status(status);
        if let Some(seconds) = failure.retry_after() {
            put(&response, "retry-after", &seconds.to_string());
        }
    }
}

/// The receiver of this answer has seen this position: what they ask next is answered no lower (rule 6).
pub fn shows(seq: Seq) {
    raise(|shown| shown.note(seq));
}

/// The receiver of this answer was told that the log was as far.
pub(super) fn tells(seq: Seq) {
    raise(|shown| shown.note_told(seq));
}

/// The plan's three headers, for people with a network tab, and Seen, for the next page load.
pub(super) fn tell<A: Serve>(receipt: &Receipt<A>) {
    let Some(response) = use_context::<ResponseOptions>() else { return };
    let areas: Vec<&str> = receipt.areas.iter().map(|&area| A::area_name(area)).collect();
    let keys = list_tags(receipt.directives.iter().map(|directive| directive.tag()), ",");
    put(&response, "x-cache-invalidate", &areas.join(","));
    put(&response, "x-cache-invalidate-keys", &keys);
    put(&response, "x-cache-invalidate-timestamp", &iso8601(receipt.at));
    shows(receipt.seq);
}

/// Says which content an answer is and what it depends on, so that a cache between us and a stranger
/// may keep it and ask whether it is still that.
///
/// No cache may stand in the way of browsers that run the app: what they hold bears a position, and
/// content that is the same again would come back with an old one. They have been given a cookie; one that
/// takes none says that a page of ours asks.
pub(super) fn describe<V: Serialize, T: Noun + Tag>(entry: &Entry<V, T>) {
    let (Some(request), Some(response)) = (use_context::<Parts>(), answer_of_function()) else { return };
    put(&response, "vary", "cookie, sec-fetch-site");
    let is_our_page = request.headers.get("sec-fetch-site").is_some_and(|site| site == "same-origin");
    if is_our_page || request.headers.contains_key(header::COOKIE) {
        return;
    }
    let content = serde_json::to_vec(&entry.value).unwrap_or_default();
    // Weak: the same content may be sent in several encodings.
    let hash = Sha256::digest(content);
    let tag = hash.iter().take(12).fold(String::new(), |tag, byte| tag + &format!("{byte:02x}"));
    put(&response, "etag", &format!("W/\"{tag}\""));
    put(&response, "cache-tag", &list_tags(entry.tags.iter(), ","));
    put(&response, "surrogate-key", &list_tags(entry.tags.iter(), " "));
}

/// The response, if a server function is asked; a page's own status is its own to say.
fn answer_of_function() -> Option<ResponseOptions> {
    use_context::<Parts>()?.extensions.get::<FunctionRequest>()?;
    use_context::<ResponseOptions>()
}

fn raise(note: impl FnOnce(&Shown)) {
    if let Some(request) = use_context::<Parts>()
        && let Some(shown) = request.extensions.get::<Shown>()
    {
        note(shown);
    }
}

fn put(response: &ResponseOptions, name: &'static str, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.insert_header(HeaderName::from_static(name), value);
    }
}
