//! One render thread: it takes pages from its queue, many at a time, because they mostly wait for
//! the store.

use std::panic::AssertUnwindSafe;

use axum::{
    body::{Body, to_bytes},
    extract::Request,
    http::StatusCode,
    middleware::Next,
    response::{IntoResponse, Response},
};
use futures_util::{FutureExt, StreamExt, stream::FuturesUnordered};
use tokio::{
    runtime::Handle,
    sync::{OwnedSemaphorePermit, mpsc::UnboundedReceiver, oneshot},
    task::LocalSet,
};

use crate::one_thread;

/// How many pages one thread has under way at once.
const TOGETHER: usize = 32;
/// How long a page may become, in bytes.
const MOST_BYTES: usize = 16 * 1024 * 1024;

/// What a thread is asked.
pub(super) enum Job {
    /// To make a page.
    Page(Box<Page>),
    /// To say that it could.
    Probe(oneshot::Sender<()>),
}

/// A page to be made, and its place in the queue.
pub(super) struct Page {
    pub(super) request: Request,
    pub(super) next: Next,
    pub(super) answer: oneshot::Sender<Response>,
    pub(super) place: OwnedSemaphorePermit,
}

/// What a page left behind.
#[derive(PartialEq, Eq)]
enum After {
    Nothing,
    /// It panicked, and may have left the thread's own variables in disorder.
    Disorder,
}

/// Starts a thread that answers this queue until no sender is left.
pub(super) fn start(runtime: Handle, jobs: UnboundedReceiver<Job>) {
    std::thread::Builder::new()
        .name("quire-render".to_owned())
        .spawn(move || {
            one_thread::begin();
            runtime.block_on(answer(&runtime, jobs));
        })
        .expect("a thread for pages");
}

async fn answer(runtime: &Handle, jobs: UnboundedReceiver<Job>) {
    let mut jobs = Some(jobs);
    let mut under_way = FuturesUnordered::new();
    loop {
        let has_room = under_way.len() < TOGETHER;
        tokio::select! {
            Some(after) = under_way.next() => {
                // Another thread goes on; this one finishes what it has begun.
                if after == After::Disorder && let Some(jobs) = jobs.take() {
                    start(runtime.clone(), jobs);
                }
            }
            job = receive(&mut jobs), if has_room && jobs.is_some() => match job {
                Some(Job::Page(page)) => under_way.push(make(*page)),
                // Who asked may have gone away.
                Some(Job::Probe(answer)) => drop(answer.send(())),
                None => jobs = None,
            },
            else => return,
        }
    }
}

async fn receive(jobs: &mut Option<UnboundedReceiver<Job>>) -> Option<Job> {
    jobs.as_mut()?.recv().await
}

/// Makes the page, unless no request waits for it any more. Its tasks end with it.
async fn make(page: Page) -> After {
    let Page { request, next, mut answer, place } = page;
    let tasks = LocalSet::new();
    let made = AssertUnwindSafe(tasks.run_until(async { whole(next.run(request).await).await })).catch_unwind();
    let made = tokio::select! {
        biased;
        () = answer.closed() => return After::Nothing,
        made = made => made,
    };
    drop(place);
    match made {
        Ok(response) => {
            // Who asked may have gone away.
            drop(answer.send(response));
            After::Nothing
        }
        // The panic has been logged.
        Err(_) => After::Disorder,
    }
}

/// A page with all its text.
async fn whole(response: Response) -> Response {
    let (head, body) = response.into_parts();
    match to_bytes(body, MOST_BYTES).await {
        Ok(bytes) => Response::from_parts(head, Body::from(bytes)),
        Err(error) => {
            tracing::error!(%error, "a page broke off, or became too long");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}
