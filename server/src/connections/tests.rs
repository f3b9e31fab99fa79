//! What a connection meets, over real sockets.

use std::time::Instant;

use axum::{
    extract::ws::{WebSocket, WebSocketUpgrade},
    routing::get,
};
use futures_util::{SinkExt, StreamExt, stream};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    sync::oneshot,
    task::JoinHandle,
};
use tokio_tungstenite::{client_async, tungstenite::Message};

use super::*;

async fn start(all: usize) -> (SocketAddr, oneshot::Sender<()>, JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let at = listener.local_addr().expect("an address");
    let router = Router::new().route("/", get(async || "hello")).route("/readyz", get(async || "ready"));
    let router = router.route("/live", get(async |line: WebSocketUpgrade| line.on_upgrade(echo)));
    let (stop, stopped) = oneshot::channel::<()>();
    let router = router.route("/much", get(async || vec![0_u8; 64 << 20]));
    let endless = async || Body::from_stream(stream::pending::<io::Result<Vec<u8>>>());
    let router = router.route("/endless", get(endless));
    let caps = Caps { all, lines: 1, of_one: 1 };
    let serving = tokio::spawn(serve(listener, router, caps, Proxies::None, async move { drop(stopped.await) }));
    (at, stop, serving)
}

async fn echo(mut line: WebSocket) {
    while let Some(Ok(message)) = line.recv().await {
        if line.send(message).await.is_err() {
            return;
        }
    }
}

/// Sends this, and reads until the server closes or goes on waiting for more.
async fn say(stream: &mut TcpStream, text: &str) -> String {
    stream.write_all(text.as_bytes()).await.expect("sent");
    let mut answer = [0; 4_096];
    let length = stream.read(&mut answer).await.unwrap_or(0);
    String::from_utf8_lossy(&answer[..length]).into_owned()
}

const ASK: &str = "GET / HTTP/1.1\r\nhost: x\r\n\r\n";
const READY: &str = "GET /readyz HTTP/1.1\r\nhost: x\r\n\r\n";

#[tokio::test]
async fn beyond_the_cap_it_is_said_at_once_and_health_answers() {
    let (at, stop, serving) = start(2).await;
    let mut held = Vec::new();
    for _ in 0..2 {
        let mut stream = TcpStream::connect(at).await.expect("a connection");
        assert!(say(&mut stream, ASK).await.starts_with("HTTP/1.1 200"));
        held.push(stream);
    }
    let mut third = TcpStream::connect(at).await.expect("a connection");
    let answer = say(&mut third, ASK).await;
    assert!(answer.starts_with("HTTP/1.1 503") && answer.contains("retry-after"), "{answer}");
    assert_eq!(third.read(&mut [0; 16]).await.expect("closed"), 0);
    let mut health = TcpStream::connect(at).await.expect("a connection");
    assert!(say(&mut health, READY).await.starts_with("HTTP/1.1 200"));
    drop(stop);
    // Kept connections without a request end with the server.
    tokio::time::timeout(Duration::from_secs(5), serving).await.expect("an end").expect("no panic");
    assert!(TcpStream::connect(at).await.is_err());
}

#[tokio::test]
async fn a_half_sent_header_is_cut_off() {
    let (at, _stop, _serving) = start(2).await;
    let check = async |text| {
        let began = Instant::now();
        let mut stream = TcpStream::connect(at).await.expect("a connection");
        let answer = say(&mut stream, text).await;
        assert!(!answer.starts_with("HTTP/1.1 200"), "{answer}");
        let took = began.elapsed();
        assert!((9..15).contains(&took.as_secs()), "{text:?} took {took:?}");
    };
    tokio::join!(check(""), check("GET / HTTP/1.1\r\nho"));
}

#[tokio::test]
async fn a_live_line_may_be_silent_for_longer_than_a_header() {
    let (at, _stop, _serving) = start(1).await;
    let stream = TcpStream::connect(at).await.expect("a connection");
    let (mut line, _) = client_async(format!("ws://{at}/live"), stream).await.expect("a live line");
    for pause in [Duration::ZERO, HEADERS + Duration::from_secs(1)] {
        tokio::time::sleep(pause).await;
        line.send(Message::text("hello")).await.expect("sent");
        assert_eq!(line.next().await.expect("an answer").expect("no error"), Message::text("hello"));
    }
}

#[tokio::test]
async fn who_takes_nothing_gives_up_the_place() {
    let (at, _stop, _serving) = start(1).await;
    let mut deaf = TcpStream::connect(at).await.expect("a connection");
    deaf.write_all(b"GET /much HTTP/1.1\r\nhost: x\r\n\r\n").await.expect("sent");
    for (pause, expected) in [(1, "HTTP/1.1 503"), (SENDING.as_secs() + 1, "HTTP/1.1 200")] {
        tokio::time::sleep(Duration::from_secs(pause)).await;
        let mut next = TcpStream::connect(at).await.expect("a connection");
        let answer = say(&mut next, ASK).await;
        assert!(answer.starts_with(expected), "after {pause} s: {answer}");
    }
}

#[tokio::test]
async fn an_answer_that_does_not_end_does_not_keep_the_server() {
    let (at, stop, serving) = start(1).await;
    let mut stream = TcpStream::connect(at).await.expect("a connection");
    let answer = say(&mut stream, "GET /endless HTTP/1.1\r\nhost: x\r\n\r\n").await;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    drop(stop);
    let began = Instant::now();
    tokio::time::timeout(ENDING * 2, serving).await.expect("an end").expect("no panic");
    assert!(began.elapsed() >= ENDING, "what was begun has its time");
}
