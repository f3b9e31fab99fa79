//! The last line of every server function: the answer in its envelope.

use abreast_server::http::{Basis, Shown};
use domain::{Answer, Changed, Entry, Receipt, Seq, list_tags};
use http::{HeaderName, HeaderValue, StatusCode, header, request::Parts};
use leptos::prelude::{expect_context, use_context};
use leptos_axum::ResponseOptions;
use serde::{Serialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};
use store::{Answered, Library, Load, Store};

use crate::{AppError, asker::Asker, date::iso8601, fresh, idempotency};

/// The library. A write through it is done once, if the request has an idempotency key.
pub fn store() -> Store {
    let store: Store = expect_context();
    match idempotency::intention() {
        Some(intention) => store.intending(intention),
        None => store,
    }
}

/// Answers a query for the asker: through the tiers, never below their Seen.
pub async fn read<Q: Load>(query: Q) -> Result<Answer<Q::Output>, AppError> {
    let asker = Asker::current();
    // A personal answer is for its viewer alone: the key names them, and so must the session.
    if query.viewer().is_some_and(|owner| asker.user() != Ok(owner)) {
        return Err(AppError::SignedOut).inspect_err(set_status);
    }
    match store().fetch(&query, asker.seen).await {
        Ok(fetched) => {
            shows(fetched.entry.as_of);
            let is_public = query.viewer().is_none() && !fetched.stale && fetched.keep;
            if is_public {
                describe(&fetched.entry);
            }
            match basis() {
                Some(basis) if is_public => basis.add(&fetched.entry, Q::POLICY, Q::AREA),
                Some(basis) => basis.spoil(),
                None => {}
            }
            Ok(Answer { entry: (*fetched.entry).clone(), stale: fetched.stale, keep: fetched.keep })
        }
        Err(error) => {
            if let Some(basis) = basis() {
                basis.spoil();
            }
            let error = AppError::from(error);
            if let AppError::NotThere(as_of) = error {
                shows(as_of);
            }
            set_status(&error);
            Err(error)
        }
    }
}

/// The basis of the page that is being made, if it may be kept.
fn basis() -> Option<Basis<Library>> {
    use_context::<Parts>()?.extensions.get::<Basis<Library>>().cloned()
}

/// Says which content an answer is and what it depends on, so that a cache between us and a stranger
/// may keep it and ask whether it is still that.
///
/// No cache may stand in the way of browsers that run the app: what they hold bears a position, and
/// content that is the same again would come back with an old one. They have been given a cookie; one that
/// takes none says that a page of ours asks.
fn describe<T: Serialize>(entry: &Entry<T>) {
    let (Some(request), Some(response)) = (use_context::<Parts>(), use_context::<ResponseOptions>()) else { return };
    if !request.uri.path().starts_with("/api/") {
        return;
    }
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

/// Answers a mutation: the envelope, its headers, and the position it reached. The same request is answered as
/// the first was.
pub async fn written<T: DeserializeOwned>(result: store::Result<Changed<T>>) -> Result<Changed<T>, AppError> {
    let changed = match Answered::again(result).map_err(AppError::of_write) {
        Ok(changed) => changed,
        Err(error) => {
            refused(&error).await;
            set_status(&error);
            return Err(error);
        }
    };
    tell(changed.record());
    Ok(fresh::carry(changed).await)
}

/// The plan's three headers, for people with a network tab, and Seen, for the next page load.
fn tell(receipt: &Receipt) {
    let Some(response) = use_context::<ResponseOptions>() else { return };
    let areas: Vec<&str> = receipt.areas.iter().map(|area| area.slug()).collect();
    let keys = list_tags(receipt.directives.iter().map(|directive| directive.tag()), ",");
    put(&response, "x-cache-invalidate", &areas.join(","));
    put(&response, "x-cache-invalidate-keys", &keys);
    put(&response, "x-cache-invalidate-timestamp", &iso8601(receipt.at));
    shows(receipt.seq);
}

/// Who gets this answer has seen this position: what they ask next is answered no lower (rule 6).
fn shows(seq: Seq) {
    raise(|shown| shown.note(seq));
}

/// Who gets this answer was told that the log was as far.
pub fn tells(seq: Seq) {
    raise(|shown| shown.note_told(seq));
}

fn raise(note: impl FnOnce(&Shown)) {
    if let Some(request) = use_context::<Parts>()
        && let Some(shown) = request.extensions.get::<Shown>()
    {
        note(shown);
    }
}

/// The asker was told "no", which says something of the library, too.
async fn refused(error: &AppError) {
    let says_something = match error {
        AppError::NotFound
        | AppError::NotAllowed
        | AppError::Conflict(_)
        | AppError::ConflictWith(_)
        | AppError::Full(_) => true,
        AppError::AddressTaken
        | AppError::NotThere(_)
        | AppError::SignedOut
        | AppError::Invalid(_)
        | AppError::WrongPassword
        | AppError::NotThePassword
        | AppError::LinkIsOver
        | AppError::TooMany(_)
        | AppError::TooLarge
        | AppError::Unavailable
        | AppError::Unsaved
        | AppError::Uncertain
        | AppError::Internal
        | AppError::Offline => false,
    };
    if says_something && let Ok(seq) = store().after_refusal().await {
        shows(seq);
    }
}

fn put(response: &ResponseOptions, name: &'static str, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.insert_header(HeaderName::from_static(name), value);
    }
}

/// Sets the response's status to the error's, if a server function is asked.
pub fn set_status(error: &AppError) {
    let Some(request) = use_context::<Parts>() else { return };
    let is_function = request.uri.path().starts_with("/api/");
    if let Some(response) = use_context::<ResponseOptions>()
        && is_function
        && let Ok(status) = StatusCode::from_u16(error.status())
    {
        response.set_status(status);
        if let AppError::TooMany(seconds) = error {
            put(&response, "retry-after", &seconds.to_string());
        }
    }
}
