//! Downloads: a story as a file, and all that a person has here as one archive. Nobody keeps a copy in between.

use app::{AppError, asker::Asker};
use axum::{
    Extension, Json, Router,
    body::{Body, Bytes},
    extract::{Query, State, rejection::QueryRejection},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use domain::{FileKind, OwnThings, StoryId, UserId};
use formats::{Archive, ArchiveFailed, Folders, attachment};
use futures_util::stream;
use serde::Deserialize;
use store::Store;
use tokio::{
    sync::{Semaphore, SemaphorePermit, mpsc},
    task::spawn_blocking,
};

/// How many files are made at once: each holds a whole story in memory.
static ROOM: Semaphore = Semaphore::const_new(4);

/// The two downloads.
pub(crate) fn routes<S: Clone + Send + Sync + 'static>(store: Store) -> Router<S> {
    Router::new()
        .route("/api/export_story", get(export_story))
        .route("/api/export_account", get(export_account))
        .with_state(store)
}

/// Which story, as which file.
#[derive(Deserialize)]
struct Wanted {
    story: String,
    format: String,
}

async fn export_story(
    State(store): State<Store>,
    Extension(asker): Extension<Asker>,
    headers: HeaderMap,
    wanted: Result<Query<Wanted>, QueryRejection>,
) -> Response {
    let made = async {
        let author = asker.user()?;
        let Ok(Query(Wanted { story, format })) = wanted else {
            return Err(AppError::Invalid("Please say which story, and as which file.".to_owned()));
        };
        let story = story.parse::<StoryId>().map_err(|_| AppError::NotFound)?;
        let kind = format.parse::<FileKind>().map_err(|error| AppError::Invalid(error.to_string()))?;
        let _room = room().await?;
        let story = store.export_story(author, story).await.map_err(AppError::from)?;
        let made = spawn_blocking(move || formats::download(kind, &story)).await;
        made.map_err(|_| AppError::Internal)?.map_err(failed)
    };
    match made.await {
        Ok(download) => file(&download.name, download.media_type, Body::from(download.bytes)),
        Err(error) => refuse(&headers, &error),
    }
}

async fn export_account(
    State(store): State<Store>,
    Extension(asker): Extension<Asker>,
    headers: HeaderMap,
) -> Response {
    let begun = async {
        let user = asker.user()?;
        let things = store.export_own_things(user).await.map_err(AppError::from)?;
        Ok::<_, AppError>((user, things))
    };
    match begun.await {
        Ok((user, things)) => {
            let name = format!("{}.zip", formats::safe_name(&format!("Quire {}", things.profile.name)));
            file(&name, "application/zip", streamed(store, user, things))
        }
        Err(error) => refuse(&headers, &error),
    }
}

/// The archive of all that a person has, a story at a time: the next one is read when the one before has gone out.
fn streamed(store: Store, user: UserId, things: OwnThings) -> Body {
    let (send, receive) = mpsc::channel::<Result<Bytes, ArchiveFailed>>(1);
    tokio::spawn(async move {
        if let Err(error) = write(&store, user, &things, &send).await {
            tracing::error!(%error, "an account could not be exported");
            // The download breaks off, so that nobody takes it for whole.
            _ = send.send(Err(std::io::Error::other("broken off").into())).await;
        }
    });
    Body::from_stream(stream::unfold(receive, async |mut receive| Some((receive.recv().await?, receive))))
}

/// Why an account could not be exported.
#[derive(Debug, thiserror::Error)]
enum Failed {
    #[error(transparent)]
    Store(#[from] store::Error),
    #[error(transparent)]
    Archive(#[from] ArchiveFailed),
    #[error(transparent)]
    Task(#[from] tokio::task::JoinError),
    #[error(transparent)]
    Room(#[from] tokio::sync::AcquireError),
}

async fn write(
    store: &Store,
    user: UserId,
    things: &OwnThings,
    send: &mpsc::Sender<Result<Bytes, ArchiveFailed>>,
) -> Result<(), Failed> {
    let (mut archive, mut taken) = (Archive::default(), Folders::default());
    formats::account_things(&mut archive, things)?;
    for &story in &things.stories {
        let room = ROOM.acquire().await?;
        let read = async { Ok((store.export_story(user, story).await?, store.export_notes(user, story).await?)) };
        let (whole, notes) = match read.await {
            // One that was deleted meanwhile is theirs no longer.
            Err(store::Error::NotFound | store::Error::NotThere { .. }) => continue,
            read => read?,
        };
        (archive, taken) = spawn_blocking(move || {
            formats::story_folder(&mut archive, &mut taken, &whole, &notes).map(|()| (archive, taken))
        })
        .await??;
        // Who takes it slowly keeps nobody else waiting.
        drop(room);
        if send.send(Ok(archive.ready().into())).await.is_err() {
            // Nobody takes it any more.
            return Ok(());
        }
    }
    _ = send.send(Ok(archive.finish()?.into())).await;
    Ok(())
}

async fn room() -> Result<SemaphorePermit<'static>, AppError> {
    ROOM.acquire().await.map_err(|_| AppError::Internal)
}

fn failed(error: ArchiveFailed) -> AppError {
    tracing::error!(%error, "a story could not be exported");
    AppError::Internal
}

/// A file to be kept under this name. It is one person's, so no cache may have it.
fn file(name: &str, media_type: &'static str, body: Body) -> Response {
    let disposition = HeaderValue::from_str(&attachment(name)).unwrap_or(HeaderValue::from_static("attachment"));
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(media_type)),
        (header::CONTENT_DISPOSITION, disposition),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    (headers, body).into_response()
}

/// Says why not: a sentence for people who followed a link, JSON for programs.
fn refuse(headers: &HeaderMap, error: &AppError) -> Response {
    let accept = headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok()).unwrap_or_default();
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::BAD_REQUEST);
    if accept.contains("text/html") {
        (status, error.to_string()).into_response()
    } else {
        (status, Json(error)).into_response()
    }
}
