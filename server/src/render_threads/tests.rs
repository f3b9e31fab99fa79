//! What the render threads do with pages that take long, become long, panic, or are too many.

use std::{future::pending, time::Instant};

use axum::{Router, body::Body, middleware, routing::get};
use tokio::task::JoinSet;
use tower::ServiceExt;

use super::*;

/// Two places on each of two threads.
fn site(patience: Duration) -> (RenderThreads, Router) {
    let threads = RenderThreads::start_with(2, 2, patience);
    let router = Router::new()
        .route("/quick", get(async || "made"))
        .route("/never", get(pending::<()>))
        .route("/long", get(async || "x".repeat(16 * 1024 * 1024 + 1)))
        .route("/panics", get(async || -> () { panic!("a page's own") }))
        .layer(middleware::from_fn_with_state(threads.clone(), render));
    (threads, router)
}

async fn ask(router: &Router, path: &str) -> Response {
    let request = Request::get(path).body(Body::empty()).expect("a request");
    router.clone().oneshot(request).await.expect("an answer")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn each_page_has_its_end() {
    // A panic with its backtrace takes most of a second on a busy machine.
    let (threads, router) = site(Duration::from_secs(3));
    // The one after a panic is made by another thread.
    for (path, expected) in [
        ("/quick", 200),
        ("/panics", 500),
        ("/panics", 500),
        ("/panics", 500),
        ("/quick", 200),
        ("/quick", 200),
        ("/long", 500),
        ("/never", 503),
        ("/quick", 200),
    ] {
        assert_eq!(ask(&router, path).await.status().as_u16(), expected, "{path}");
    }
    assert!(threads.can_render().await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn beyond_the_queues_pages_are_refused_at_once() {
    let (threads, router) = site(Duration::from_mins(1));
    let mut waiting = JoinSet::new();
    for _ in 0..4 {
        let router = router.clone();
        waiting.spawn(async move { ask(&router, "/never").await });
    }
    while threads.queues.iter().any(|queue| queue.places.available_permits() > 0) {
        tokio::task::yield_now().await;
    }
    let began = Instant::now();
    let refused = ask(&router, "/quick").await;
    assert_eq!(refused.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(refused.headers()[header::RETRY_AFTER], "1");
    assert!(began.elapsed() < Duration::from_secs(1));

    // Who goes away gives the place back.
    waiting.shutdown().await;
    let mut answer = ask(&router, "/quick").await;
    while answer.status() == StatusCode::SERVICE_UNAVAILABLE && began.elapsed() < Duration::from_secs(10) {
        tokio::task::yield_now().await;
        answer = ask(&router, "/quick").await;
    }
    assert_eq!(answer.status(), StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_thread_that_is_held_up_is_not_ready() {
    let (threads, router) = site(Duration::from_mins(1));
    assert!(threads.can_render().await);
    let held = router.route(
        "/held",
        get(async || std::thread::sleep(Duration::from_secs(2)))
            .layer(middleware::from_fn_with_state(threads.clone(), render)),
    );
    let page = tokio::spawn(async move { ask(&held, "/held").await });
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert!(!threads.can_render().await);
    assert_eq!(page.await.expect("an answer").status(), StatusCode::OK);
    assert!(threads.can_render().await);
}
