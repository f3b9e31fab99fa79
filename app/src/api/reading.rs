//! What readers do: where they are in a story, and what they follow.

use abreast_browser::{JsonCodec, MutationClient};
use domain::{BookmarkReports, Changed, ChapterId, KeptSpot, Millis, Rev, Spot, StoryId, UserId};
use leptos::prelude::server;
use server_fn::codec::{GetUrl, Json};

use crate::AppError;
#[cfg(feature = "ssr")]
use crate::{
    asker::{member, signed_in},
    respond::{past_caches, store, written},
};

/// Where one stopped in a story. Past the caches: it changes every few seconds, and is asked for once a visit.
#[server(endpoint = "fetch_spot", input = GetUrl, output = JsonCodec)]
pub async fn fetch_spot(story: StoryId) -> Result<Option<KeptSpot>, AppError> {
    let user = member()?;
    past_caches(store().kept_spot(user, story).await).await
}

/// Keeps where in the chapter one is. No answer shows it, so nothing becomes old.
#[server(endpoint = "keep_spot", input = Json, output = JsonCodec, client = MutationClient)]
pub async fn keep_spot(
    story: StoryId,
    chapter: ChapterId,
    spot: Spot,
    base: Rev,
) -> Result<Option<KeptSpot>, AppError> {
    let user = member()?;
    past_caches(store().keep_spot(user, story, chapter, spot, base).await).await
}

/// Keeps in which chapters one is, and which were read to their end.
#[server(endpoint = "keep_bookmarks", input = Json, output = JsonCodec, client = MutationClient)]
pub async fn keep_bookmarks(reports: BookmarkReports) -> Result<Changed<Option<KeptSpot>>, AppError> {
    let user = member()?;
    written(store().keep_bookmarks(user, reports).await).await
}

/// Follows a story, or no longer.
#[server(endpoint = "follow_story", output = JsonCodec, client = MutationClient)]
pub async fn follow_story(story: StoryId, followed: bool) -> Result<Changed<()>, AppError> {
    let user = signed_in()?;
    written(store().follow_story(user, story, followed).await).await
}

/// Notes that one's notices were read up to a moment.
#[server(endpoint = "read_inbox", output = JsonCodec, client = MutationClient)]
pub async fn read_inbox(up_to: Millis) -> Result<Changed<()>, AppError> {
    let user = member()?;
    written(store().read_inbox(user, up_to).await).await
}

/// Follows an author, or no longer.
#[server(endpoint = "follow_author", output = JsonCodec, client = MutationClient)]
pub async fn follow_author(author: UserId, followed: bool) -> Result<Changed<()>, AppError> {
    let user = signed_in()?;
    written(store().follow_author(user, author, followed).await).await
}
