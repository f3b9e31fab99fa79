//! The caches themselves: catching up, and looking inside.

#[cfg(feature = "ssr")]
use abreast_browser::ssr::{self, set_status};
use abreast_browser::{JsonCodec, MutationClient};
use domain::{
    Areas, CatchUp, Changed, Checked, ClientSample, Key, LogId, Logged, NodeReport, Rule, Seq, Shown, Tag, Why,
};
#[cfg(feature = "ssr")]
use domain::{Invalidation, NotAnInvalidation};
use leptos::prelude::server;
use server_fn::codec::{GetUrl, Json};

use crate::AppError;
#[cfg(feature = "ssr")]
use crate::{
    cache::Website,
    debug_access::may_look,
    respond::{store, written},
};

/// The most tags whose rows may be asked for at once.
#[cfg(feature = "ssr")]
const MOST_TAGS: usize = 10_000;

/// The most that may be invalidated at once: one answer depends on a few dozen tags at most.
#[cfg(feature = "ssr")]
const MOST_INVALIDATIONS: usize = 100;

/// How many keys a list to choose from may have.
#[cfg(feature = "ssr")]
const MOST_KEYS: usize = 500;

/// What became of these tags of this log since then.
#[server(endpoint = "fetch_changes", input = Json, output = JsonCodec)]
pub async fn fetch_changes(log: LogId, since: Seq, tags: Vec<Tag>) -> Result<CatchUp, AppError> {
    ssr::catch_up::<Website>(log, since, tags).await.inspect_err(set_status)
}

/// Whether an answer of this log that a browser showed was as new as is promised. `None` if nothing can be
/// said.
#[server(endpoint = "check_answer", input = Json, output = JsonCodec)]
pub async fn check_answer(log: LogId, shown: Shown, sample: ClientSample) -> Result<Option<Checked>, AppError> {
    ssr::recheck::<Website>(log, shown, sample).await.inspect_err(set_status)
}

/// What this node's tiers did and hold. For managers; in a debug build for everybody.
#[server(endpoint = "fetch_node_report", input = GetUrl, output = JsonCodec)]
pub async fn fetch_node_report() -> Result<NodeReport, AppError> {
    may_look()?;
    let mut report = store().report();
    report.retain_keys(is_told);
    Ok(report)
}

/// Counts anew.
#[server(endpoint = "clear_node_metrics", output = JsonCodec)]
pub async fn clear_node_metrics() -> Result<(), AppError> {
    may_look()?;
    store().clear_metrics();
    Ok(())
}

/// Empties this node's memory tier; nothing is lost but speed.
#[server(endpoint = "clear_node_memory", output = JsonCodec)]
pub async fn clear_node_memory() -> Result<(), AppError> {
    may_look()?;
    store().clear_memory();
    Ok(())
}

/// Acknowledges this rule's alert. This node alone.
#[server(endpoint = "acknowledge_alert", output = JsonCodec)]
pub async fn acknowledge_alert(rule: Rule) -> Result<(), AppError> {
    may_look()?;
    store().acknowledge_alert(rule);
    Ok(())
}

/// Keeps answers of these areas from now on, and of no others: `all`, `off`, or a list. This node alone.
#[server(endpoint = "set_areas", output = JsonCodec)]
pub async fn set_areas(areas: Areas) -> Result<(), AppError> {
    may_look()?;
    store().set_areas(areas);
    Ok(())
}

/// The last rows of the log, newest first: all, or those that one of these tags is in.
#[server(endpoint = "fetch_log", input = Json, output = JsonCodec)]
pub async fn fetch_log(tags: Vec<Tag>) -> Result<Vec<Logged>, AppError> {
    may_look()?;
    if tags.len() > MOST_TAGS {
        return Err(AppError::TooLarge).inspect_err(set_status);
    }
    store().fetch_log(&tags).await.map_err(AppError::from).inspect_err(set_status)
}

/// The keys in this node's memory, as many as a list shows.
#[server(endpoint = "fetch_node_keys", input = GetUrl, output = JsonCodec)]
pub async fn fetch_node_keys() -> Result<Vec<Key>, AppError> {
    may_look()?;
    let mut keys = store().memory_keys();
    keys.retain(is_told);
    keys.sort_unstable();
    keys.truncate(MOST_KEYS);
    Ok(keys)
}

/// Whether a key is told to those who look into the caches. The words that an author looks for in a draft are in it.
#[cfg(feature = "ssr")]
fn is_told(key: &Key) -> bool {
    !domain::StoryMatches::has_key(key)
}

/// Why the answer that this node's memory holds of a key is judged as it is, if it holds one.
#[server(endpoint = "explain_answer", input = GetUrl, output = JsonCodec)]
pub async fn explain_answer(key: Key) -> Result<Option<Why>, AppError> {
    may_look()?;
    Ok(store().explain(&key))
}

/// Has all that depends on these keys, tags and areas read anew, on every node and in every browser.
#[server(endpoint = "invalidate_answers", input = Json, output = JsonCodec, client = MutationClient)]
pub async fn invalidate_answers(what: Vec<String>) -> Result<Changed<()>, AppError> {
    may_look()?;
    let what = parse_invalidations(&what).inspect_err(set_status)?;
    written(store().invalidate(what).await).await
}

/// What was pointed at: at least one thing.
#[cfg(feature = "ssr")]
fn parse_invalidations(what: &[String]) -> Result<Vec<Invalidation>, AppError> {
    let nothing = NotAnInvalidation::Empty;
    if what.len() > MOST_INVALIDATIONS {
        return Err(AppError::TooLarge);
    }
    let parsed: Result<Vec<Invalidation>, _> = what.iter().map(|text| text.parse()).collect();
    let parsed = parsed.and_then(|what| if what.is_empty() { Err(nothing) } else { Ok(what) });
    parsed.map_err(|error| AppError::Invalid(error.to_string()))
}
