//! A page is made on one thread.
//!
//! A page's content is a graph of signals, and leptos spawns the tasks that fill it. On several threads an answer can
//! arrive while a task is just about to wait for it: then the task is not woken, and the page is never sent. See
//! <https://github.com/leptos-rs/leptos/issues/4851>. On one thread nothing happens between looking and waiting.

use std::cell::Cell;

use any_spawner::{CustomExecutor, Executor, PinnedFuture, PinnedLocalFuture};
use tokio::task::spawn_local;

thread_local! {
    /// Whether this thread makes pages.
    static MAKES_PAGES: Cell<bool> = const { Cell::new(false) };
}

/// Has leptos spawn a page's tasks on the page's thread. Once is enough; later calls change nothing.
pub(crate) fn prepare() {
    if Executor::init_custom_executor(PagesThread).is_err() {
        tracing::debug!("the pages' executor is there already");
    }
}

/// This thread makes pages, from now on and nothing else.
pub(crate) fn begin() {
    MAKES_PAGES.set(true);
}

struct PagesThread;

impl CustomExecutor for PagesThread {
    fn spawn(&self, task: PinnedFuture<()>) {
        if MAKES_PAGES.get() {
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
