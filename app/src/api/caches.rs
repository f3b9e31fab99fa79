//! The caches themselves: catching up, and looking inside.

use domain::{Areas, CatchUp, Checked, Claim, LogId, NodeReport, Rule, Seq, Shown, Tag};
use leptos::prelude::server;
use server_fn::codec::{GetUrl, Json};

use crate::{AppError, told::Told};
#[cfg(feature = "ssr")]
use crate::{
    asker::Asker,
    attempts, checking,
    respond::{set_status, store},
};

/// The most tags a browser may ask about at once.
#[cfg(feature = "ssr")]
const MOST_TAGS: usize = 10_000;

/// What became of these tags of this log since then.
#[server(endpoint = "fetch_changes", input = Json, output = Told)]
pub async fn fetch_changes(log: LogId, since: Seq, tags: Vec<Tag>) -> Result<CatchUp, AppError> {
    if tags.len() > MOST_TAGS {
        return Err(AppError::TooLarge).inspect_err(set_status);
    }
    let viewer = Asker::current().user().ok();
    store().catch_up(log, since, &tags, viewer).await.map_err(AppError::from).inspect_err(set_status)
}

/// Whether an answer of this log that a browser showed was as new as is promised. `None` if nothing can be
/// said.
#[server(endpoint = "check_answer", input = Json, output = Told)]
pub async fn check_answer(log: LogId, shown: Shown, claim: Claim) -> Result<Option<Checked>, AppError> {
    attempts::allow_check()?;
    checking::check(log, shown, claim).await.inspect_err(set_status)
}

/// What this node's tiers did and hold. For managers; in a debug build for everybody.
#[server(endpoint = "fetch_node_report", input = GetUrl, output = Told)]
pub async fn fetch_node_report() -> Result<NodeReport, AppError> {
    may_look()?;
    Ok(store().report())
}

/// Counts anew.
#[server(endpoint = "clear_node_metrics", output = Told)]
pub async fn clear_node_metrics() -> Result<(), AppError> {
    may_look()?;
    store().clear_metrics();
    Ok(())
}

/// Empties this node's memory tier; nothing is lost but speed.
#[server(endpoint = "clear_node_memory", output = Told)]
pub async fn clear_node_memory() -> Result<(), AppError> {
    may_look()?;
    store().clear_memory();
    Ok(())
}

/// Says that somebody knows of this rule's alert. This node alone.
#[server(endpoint = "acknowledge_alert", output = Told)]
pub async fn acknowledge_alert(rule: Rule) -> Result<(), AppError> {
    may_look()?;
    store().acknowledge_alert(rule);
    Ok(())
}

/// Keeps answers of these areas from now on, and of no others: `all`, `off`, or a list. This node alone.
#[server(endpoint = "set_areas", output = Told)]
pub async fn set_areas(areas: Areas) -> Result<(), AppError> {
    may_look()?;
    store().set_areas(areas);
    Ok(())
}

/// Keys name stories and people, so in production they are the managers' to see.
#[cfg(feature = "ssr")]
fn may_look() -> Result<(), AppError> {
    let role = Asker::current().viewer.map(|viewer| viewer.role);
    if cfg!(debug_assertions) || role == Some(domain::Role::Manager) {
        return Ok(());
    }
    let error = if role.is_some() { AppError::NotAllowed } else { AppError::SignedOut };
    Err(error).inspect_err(set_status)
}
