//! The live line: how long an edit takes to another node's reader, and what two thousand lines cost.

use std::{
    net::SocketAddr,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use domain::{Body, HERE, Heading, LogId, Note, Rev, SceneSave, Seq, ServerMessage, Subscribe, Tag};
use futures_util::{SinkExt, StreamExt, future::join_all};
use services::{Postgres, Redis};
use store::{Address, Settings, Store};
use tokio_tungstenite::{
    connect_async,
    tungstenite::{Message, client::IntoClientRequest},
};

use crate::{http, library::Library, pages, report::Report};

/// How many lines one node is given.
const LINES: usize = 2_000;
/// How many readers wait for one page.
const CROWD: usize = 1_000;
/// How often each is measured.
const ROUNDS: usize = 300;

type Line = tokio_tungstenite::WebSocketStream<tokio_tungstenite::MaybeTlsStream<tokio::net::TcpStream>>;

/// From the answer to a save on one node, until a reader on another has the new text in hand.
pub(crate) async fn save_to_reader(report: &mut Report) {
    let (postgres, redis) = (Postgres::start(), Redis::start());
    let database = postgres.empty();
    let address = Address::Postgres(database.url.clone());
    let library = Library::open_at(address.clone()).await;
    let settings = || Settings { redis: Some(redis.url().parse().expect("an address")), ..Settings::default() };
    let writer = Store::open_with(&address, settings()).await.expect("a node");
    let reader = Store::open_with(&address, settings()).await.expect("another");
    let node = pages::serve_library(&reader).await;
    let mut line = open(node, "").await;
    hold(&mut line, reader.log_id(), &[Tag::Chapter(library.chapter)]).await;
    let mut connection = http::connect(node).await;
    let path = format!("/api/fetch_reading_page?story={}&chapter={}", library.story, library.chapter);
    let (mut told, mut there) = (vec![], vec![]);
    let mut base = reader.load(&library.draft()).await.expect("the scene").value.rev;
    for round in 0..ROUNDS {
        let text = format!("Saved for the {round}th time.");
        let saved = writer.save_scene(library.author, library.scene, save(&text, base)).await.expect("a save");
        let answered = Instant::now();
        base = *saved.value();
        next(&mut line).await;
        told.push(answered.elapsed());
        let answer = http::get(&mut connection, &path).await;
        there.push(answered.elapsed());
        assert!(String::from_utf8_lossy(&answer).contains(&text), "the reader got another text");
        tokio::time::sleep(Duration::from_millis(3)).await;
    }
    report.add_times("save answered on one node → told on a line of another", told);
    report.add_times("… → the new text in that reader's hands", there);
}

/// A node of its own process with two thousand lines: what each costs, and one edit told to all.
pub(crate) async fn many_lines(report: &mut Report) {
    let folder = tempfile::tempdir().expect("a folder");
    let library = format!("sqlite:{}", folder.path().join("lines.db").display());
    let (mut child, node) = start(&library);
    tokio::time::sleep(Duration::from_secs(1)).await;
    let before = resident(&child);
    let store = Store::open(&library.parse().expect("an address")).await.expect("the library");
    let mut lines = vec![];
    for _ in 0..LINES {
        let mut line = open(node, "").await;
        hold(&mut line, store.log_id(), &[Tag::Feed]).await;
        // Beats want an answer, whatever else is measured.
        let (told, hears) = tokio::sync::mpsc::unbounded_channel();
        tokio::spawn(async move { while told.send(next(&mut line).await).is_ok() {} });
        lines.push(hears);
    }
    let after = resident(&child);
    #[expect(clippy::cast_precision_loss, reason = "a few thousand")]
    report.add("one live line, resident", (after - before) / LINES as f64, "KiB", "2,000 lines on one node");

    let cookie = register(node).await;
    let mut times = vec![];
    for round in 0..10 {
        post(node, &cookie, round).await;
        let answered = Instant::now();
        join_all(lines.iter_mut().map(tokio::sync::mpsc::UnboundedReceiver::recv)).await;
        times.push(answered.elapsed());
    }
    report.add_times("a post answered → all 2,000 lines told", times);
    child.kill().and_then(|()| child.wait()).expect("an end");
}

/// A thousand readers ask at once for a chapter that was just saved.
pub(crate) async fn crowd(report: &mut Report) {
    let library = Library::open().await;
    let node = pages::serve_library(&library.store).await;
    let path = format!("/novels/{}/{}", library.story, library.chapter);
    let mut connections = join_all((0..CROWD).map(|_| http::connect(node))).await;
    http::get(&mut connections[0], &path).await;
    let base = library.store.load(&library.draft()).await.expect("the scene").value.rev;
    library.store.clear_metrics();
    library.store.save_scene(library.author, library.scene, save("Saved before a crowd.", base)).await.expect("a save");
    let began = Instant::now();
    let times = join_all(connections.iter_mut().map(async |connection| {
        http::get(connection, &path).await;
        began.elapsed()
    }))
    .await;
    let loads = library.store.report().recorder.tally(domain::Tier::Database).hits;
    report.add_times("1,000 readers of a chapter just saved, each answered after", times);
    #[expect(clippy::cast_precision_loss, reason = "one, or a few")]
    report.add("… loads from the database", loads as f64, "", "single flight: one");
}

fn save(text: &str, base: Rev) -> SceneSave {
    let (goal, conflict, outcome) = (Note::default(), Note::default(), Note::default());
    SceneSave {
        title: Heading::default(),
        content: Body::parse(text).expect("a body"),
        goal,
        conflict,
        outcome,
        base,
        kept: Rev(0),
    }
}

async fn open(node: SocketAddr, cookie: &str) -> Line {
    let mut request = format!("ws://{node}/api/live").into_client_request().expect("a request");
    request.headers_mut().insert("cookie", cookie.parse().expect("a cookie"));
    connect_async(request).await.expect("a line").0
}

async fn hold(line: &mut Line, log: LogId, tags: &[Tag]) {
    let holds = Subscribe { log, tags: tags.to_vec(), since: Seq::ZERO };
    line.send(Message::text(serde_json::to_string(&holds).expect("text"))).await.expect("sent");
    next(line).await;
}

async fn next(line: &mut Line) -> ServerMessage {
    loop {
        if let Message::Text(text) = line.next().await.expect("an open line").expect("a message") {
            match serde_json::from_str(&text).expect("what a server tells") {
                ServerMessage::Beat { .. } => line.send(Message::text(HERE)).await.expect("an open line"),
                told => return told,
            }
        }
    }
}

fn start(library: &str) -> (Child, SocketAddr) {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let node = listener.local_addr().expect("an address");
    drop(listener);
    let mut command = Command::new(env!("CARGO_BIN_EXE_quire"));
    command
        .args(["serve", "--database", library, "--addr", &node.to_string()])
        .env("RUST_LOG", "warn")
        .env("QUIRE_BUDGETS", "off");
    (command.stdout(Stdio::null()).spawn().expect("the server"), node)
}

/// Kibibytes.
fn resident(child: &Child) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")?.split_whitespace().next()?.parse().ok());
    line.unwrap_or_default()
}

async fn register(node: SocketAddr) -> String {
    let fields =
        [("name", "Ada"), ("email", "ada@quire.example"), ("password", "quire bench of books"), ("role", "writer")];
    let answer = send(node, "register", "", &fields).await;
    let cookies = answer.headers().get_all("set-cookie").iter().filter_map(|cookie| cookie.to_str().ok());
    cookies.filter_map(|cookie| cookie.split(';').next()).collect::<Vec<_>>().join("; ")
}

async fn post(node: SocketAddr, cookie: &str, round: usize) {
    send(node, "create_post", cookie, &[("text", &format!("The {round}th post."))]).await;
}

async fn send(node: SocketAddr, function: &str, cookie: &str, fields: &[(&str, &str)]) -> reqwest::Response {
    let request = reqwest::Client::new().post(format!("http://{node}/api/{function}")).header("cookie", cookie);
    let body = serde_urlencoded::to_string(fields).expect("a form");
    let request = request.header("content-type", "application/x-www-form-urlencoded").body(body);
    request.send().await.and_then(reqwest::Response::error_for_status).expect("an answer")
}
