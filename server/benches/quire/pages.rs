//! A chapter's page for a signed-out reader, beside an empty handler with a body of the same size.

use std::{
    net::SocketAddr,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use abreast_server::http::Heartbeat;
use axum::{Router, routing::get};
use domain::{ReadingPage, Seq};
use leptos::config::LeptosOptions;
use server::{
    live,
    router::{RouterConfig, router},
};
use store::Store;
use tokio::net::TcpListener;

use crate::{http, library::Library, report::Report};

/// Long enough for the noise of a shared machine to even out.
const LONG: Duration = Duration::from_secs(5);
const CONNECTIONS: usize = 32;

pub(crate) async fn chapter(report: &mut Report) {
    let library = Library::open().await;
    let app = serve_library(&library.store).await;
    let path = format!("/novels/{}/{}", library.story, library.chapter);
    let page = http::get(&mut http::connect(app).await, &path).await;
    let body = "x".repeat(page.len());
    let empty = serve(Router::new().route("/", get(move || std::future::ready(body.clone())))).await;

    let ours = http::load(app, &path, CONNECTIONS, LONG).await;
    let bare = http::load(empty, "/", CONNECTIONS, LONG).await;
    report.add("chapter page", ours, "req/s", "signed out, 32 connections");
    report.add("empty handler with a body of the same size", bare, "req/s", "same run");
    report.add("chapter page / empty handler", ours / bare, "", "aim: ≥ 0.5");

    let second = Store::open(&library.address).await.expect("a second node");
    let second = serve_library(&second).await;
    let half = |node| http::load(node, &path, CONNECTIONS / 2, LONG);
    let (one, other) = tokio::join!(half(app), half(second));
    report.add("chapter page, two nodes", one + other, "req/s", "16 connections each, same cores");

    let answer = format!("/api/fetch_reading_page?story={}&chapter={}", library.story, library.chapter);
    report.add("chapter as JSON", http::load(app, &answer, CONNECTIONS, LONG).await, "req/s", "without rendering");
    one_request(report, app, &path, &library).await;
}

/// Where the time of one page goes.
async fn one_request(report: &mut Report, app: SocketAddr, path: &str, library: &Library) {
    const ROUNDS: u32 = 500;
    let mut connection = http::connect(app).await;
    let began = Instant::now();
    for _ in 0..ROUNDS {
        http::get(&mut connection, path).await;
    }
    let whole = began.elapsed() / ROUNDS;
    let page = ReadingPage { story: library.story, chapter: library.chapter };
    let began = Instant::now();
    for _ in 0..ROUNDS {
        library.store.fetch(&page, Seq::ZERO).await.expect("an answer");
    }
    let fetch = began.elapsed() / ROUNDS;
    report.add("one chapter page, alone", whole.as_secs_f64() * 1e6, "µs", "request to last byte");
    report.add("… of which the cached query", fetch.as_secs_f64() * 1e6, "µs", "the rest is the page cache and HTTP");
}

/// The server's memory after its start, before anybody asked for anything, and after one page.
pub(crate) async fn at_rest(report: &mut Report) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut child = Command::new(env!("CARGO_BIN_EXE_quire"))
        .arg("serve")
        .env("DATABASE_URL", format!("sqlite:{}", folder.path().join("rest.db").display()))
        .env("QUIRE_ADDR", "127.0.0.1:0")
        .env("QUIRE_DEMO", "true")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the server");
    tokio::time::sleep(Duration::from_secs(3)).await;
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
    child.kill().and_then(|()| child.wait()).expect("an end");
    let resident = status.lines().find_map(|line| line.strip_prefix("VmRSS:")?.split_whitespace().next()?.parse().ok());
    if let Some(kib) = resident {
        let kib: f64 = kib;
        report.add("server at rest, resident", kib / 1024.0, "MiB", "with the demo library");
    }
}

/// A node over this library.
pub(crate) async fn serve_library(store: &Store) -> SocketAddr {
    let options = LeptosOptions::builder().output_name("quire").site_root("../target/site").build();
    let live = live::start(store, Heartbeat::default());
    serve(router(options, store.clone(), live, RouterConfig::default())).await
}

pub(crate) async fn serve(router: Router) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let at = listener.local_addr().expect("an address");
    tokio::spawn(server::serve::answer_on(listener, router));
    at
}
