//! Muting and blocking: plain forms, which work before a script has loaded.

use abreast_browser::{JsonCodec, MutationClient};
use domain::{Changed, Silence, UserId};
use leptos::prelude::server;

use crate::{AppError, way_back::WayBack};
#[cfg(feature = "ssr")]
use crate::{
    asker::member,
    respond::{store, written},
};

/// Mutes or blocks a person.
#[server(endpoint = "silence_person", output = JsonCodec, client = MutationClient)]
pub async fn silence_person(person: UserId, how: Silence, next: Option<WayBack>) -> Result<Changed<()>, AppError> {
    let user = member()?;
    let silenced = written(store().silence_person(user, person, how).await).await?;
    lead_on(next);
    Ok(silenced)
}

/// Mutes or blocks a person no longer.
#[server(endpoint = "end_silence", output = JsonCodec, client = MutationClient)]
pub async fn end_silence(person: UserId, next: Option<WayBack>) -> Result<Changed<()>, AppError> {
    let user = member()?;
    let ended = written(store().end_silence(user, person).await).await?;
    lead_on(next);
    Ok(ended)
}

/// To the page that the form names; else to the one that it is on.
#[cfg(feature = "ssr")]
fn lead_on(next: Option<WayBack>) {
    if let Some(next) = next {
        leptos_axum::redirect(next.as_str());
    }
}
