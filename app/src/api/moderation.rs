//! Moderation: reports, what managers do about them, and the answers of those concerned. Plain forms, which work
//! before a script has loaded.

use abreast_browser::{JsonCodec, MutationClient};
use domain::{ActId, Changed, Grounds, Note, PostId, Reason, Reportable, Suspension, UserId};
use leptos::prelude::server;

use crate::{AppError, way_back::WayBack};
#[cfg(feature = "ssr")]
use crate::{
    asker::{member, signed_in},
    respond::{store, written},
};

/// Reports something that everybody finds.
#[server(endpoint = "report_thing", output = JsonCodec, client = MutationClient)]
pub async fn report_thing(
    what: Reportable,
    reason: Reason,
    words: Option<Note>,
    next: Option<WayBack>,
) -> Result<Changed<()>, AppError> {
    let user = signed_in()?;
    let reported = written(store().report_thing(user, what, reason, words.unwrap_or_default()).await).await?;
    leptos_axum::redirect(&format!("/report?done=reported&{}", next.unwrap_or_default().in_query("next")));
    Ok(reported)
}

/// Hides something. For managers.
#[server(endpoint = "hide_thing", output = JsonCodec, client = MutationClient)]
pub async fn hide_thing(what: Reportable, told: Grounds, note: Option<Note>) -> Result<Changed<()>, AppError> {
    let manager = signed_in()?;
    written(store().hide_thing(manager, what, told, note.unwrap_or_default()).await).await
}

/// Lets everybody find something again that was hidden. For managers.
#[server(endpoint = "restore_hidden", output = JsonCodec, client = MutationClient)]
pub async fn restore_hidden(what: Reportable, note: Option<Note>) -> Result<Changed<()>, AppError> {
    let manager = signed_in()?;
    written(store().restore_hidden(manager, what, note.unwrap_or_default()).await).await
}

/// Closes all reports of something, which stays as it is. For managers.
#[server(endpoint = "dismiss_reports", output = JsonCodec, client = MutationClient)]
pub async fn dismiss_reports(what: Reportable, note: Option<Note>) -> Result<Changed<()>, AppError> {
    let manager = signed_in()?;
    written(store().dismiss_reports(manager, what, note.unwrap_or_default()).await).await
}

/// Closes a thread, or opens it again. For managers.
#[server(endpoint = "lock_thread", output = JsonCodec, client = MutationClient)]
pub async fn lock_thread(post: PostId, locked: bool, note: Option<Note>) -> Result<Changed<()>, AppError> {
    let manager = signed_in()?;
    written(store().lock_thread(manager, post, locked, note.unwrap_or_default()).await).await
}

/// Has a person only read, for a time. For managers.
#[server(endpoint = "suspend_account", output = JsonCodec, client = MutationClient)]
pub async fn suspend_account(
    user: UserId,
    term: Suspension,
    told: Grounds,
    note: Option<Note>,
) -> Result<Changed<()>, AppError> {
    let manager = signed_in()?;
    written(store().suspend_account(manager, user, term, told, note.unwrap_or_default()).await).await
}

/// Signs a person out everywhere, for good. For managers.
#[server(endpoint = "ban_account", output = JsonCodec, client = MutationClient)]
pub async fn ban_account(user: UserId, told: Grounds, note: Option<Note>) -> Result<Changed<()>, AppError> {
    let manager = signed_in()?;
    written(store().ban_account(manager, user, told, note.unwrap_or_default()).await).await
}

/// Ends a suspension or a ban. For managers.
#[server(endpoint = "lift_bar", output = JsonCodec, client = MutationClient)]
pub async fn lift_bar(user: UserId, note: Option<Note>) -> Result<Changed<()>, AppError> {
    let manager = signed_in()?;
    written(store().lift_bar(manager, user, note.unwrap_or_default()).await).await
}

/// Answers a decision about oneself, once. A suspended person may, too.
#[server(endpoint = "answer_decision", output = JsonCodec, client = MutationClient)]
pub async fn answer_decision(decision: ActId, text: Grounds) -> Result<Changed<()>, AppError> {
    let user = member()?;
    written(store().answer_decision(user, decision, text).await).await
}
