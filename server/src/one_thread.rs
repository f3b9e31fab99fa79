//! A page is made on one thread.
//!
//! What a page shows is a graph of signals, and leptos spawns the tasks that fill it. On several
//! threads an answer can arrive while somebody is just about to wait for it: then nobody is told,
//! and the page is never sent. See <https://github.com/leptos-rs/leptos/issues/4851>. On one thread
//! nothing happens between looking and waiting.

use std::cell::Cell;

use any_spawner::{CustomExecutor, Executor, PinnedFuture, PinnedLocalFuture};
use axum::{
    body::{Body, to_bytes},
    extract::Request,
    http::{StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use tokio::{
    runtime::Handle,
    task::{LocalSet, spawn_blocking, spawn_local},
};

thread_local! {
    /// Whether this thread is making a page just now.
    static MAKES_A_PAGE: Cell<bool> = const { Cell::new(false) };
}

/// Has leptos spawn a page's tasks on the page's thread. Once is enough; later calls change nothing.
pub(crate) fn prepare() {
    if Executor::init_custom_executor(PagesThread).is_err() {
        tracing::debug!("the pages' executor is there already");
    }
}

struct PagesThread;

impl CustomExecutor for PagesThread {
    fn spawn(&self, task: PinnedFuture<()>) {
        if MAKES_A_PAGE.get() {
            spawn_local(task);
        } else {
            tokio::spawn(task);
        }
    }

    fn spawn_local(&self, task: PinnedLocalFuture<()>) {
        spawn_local(task);
    }

    fn poll_local(&self) {}
}

/// Answers whatever may be a page on a thread of its own, to its last byte. Server functions have no
/// signals, and stay where they are.
pub(crate) async fn render(request: Request, next: Next) -> Response {
    if request.uri().path().starts_with("/api/") {
        return next.run(request).await;
    }
    let runtime = Handle::current();
    let made = spawn_blocking(move || {
        MAKES_A_PAGE.set(true);
        let _done = Done;
        runtime.block_on(LocalSet::new().run_until(async { whole(next.run(request).await).await }))
    });
    match made.await {
        Ok(response) => response,
        // The panic has been logged; the router's own layer answers those of other threads.
        Err(_) => {
            (StatusCode::INTERNAL_SERVER_ERROR, "Something went wrong on our side. It has been noted.").into_response()
        }
    }
}

/// A page with all its text; its tasks end with the thread's turn. Files are sent as they are read.
async fn whole(response: Response) -> Response {
    let is_page = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.to_str().is_ok_and(|kind| kind.starts_with("text/html")));
    if !is_page {
        return response;
    }
    let (head, body) = response.into_parts();
    match to_bytes(body, usize::MAX).await {
        Ok(bytes) => Response::from_parts(head, Body::from(bytes)),
        Err(error) => {
            tracing::error!(%error, "a page broke off");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// The thread goes back to its pool.
struct Done;

impl Drop for Done {
    fn drop(&mut self) {
        MAKES_A_PAGE.set(false);
    }
}
