//! A client that costs next to nothing: connections kept open, one request after another.

use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// Asks for a path on so many connections for so long. Requests a second.
pub(crate) async fn load(at: SocketAddr, path: &str, connections: usize, long: Duration) -> f64 {
    load_with(at, path, "", connections, long).await
}

/// The same with lines of headers.
pub(crate) async fn load_with(at: SocketAddr, path: &str, headers: &str, connections: usize, long: Duration) -> f64 {
    let until = Instant::now() + long;
    let began = Instant::now();
    let clients: Vec<_> = (0..connections)
        .map(|_| {
            let (path, headers) = (path.to_owned(), headers.to_owned());
            tokio::spawn(async move {
                let mut connection = connect(at).await;
                let mut count = 0u32;
                while Instant::now() < until {
                    get_with(&mut connection, &path, &headers).await;
                    count += 1;
                }
                count
            })
        })
        .collect();
    let mut requests = 0;
    for client in clients {
        requests += client.await.expect("a client");
    }
    f64::from(requests) / began.elapsed().as_secs_f64()
}

pub(crate) async fn connect(at: SocketAddr) -> TcpStream {
    let connection = TcpStream::connect(at).await.expect("a connection");
    connection.set_nodelay(true).expect("no delay");
    connection
}

/// One request and its whole answer.
pub(crate) async fn get(connection: &mut TcpStream, path: &str) -> Vec<u8> {
    get_with(connection, path, "").await
}

/// The same with lines of headers.
pub(crate) async fn get_with(connection: &mut TcpStream, path: &str, headers: &str) -> Vec<u8> {
    let request = format!("GET {path} HTTP/1.1\r\nhost: bench\r\naccept: text/html\r\n{headers}\r\n");
    connection.write_all(request.as_bytes()).await.expect("sent");
    let mut answer = Vec::with_capacity(64 * 1024);
    while !is_whole(&answer) {
        assert!(connection.read_buf(&mut answer).await.expect("an answer") > 0, "the server hung up");
    }
    answer
}

fn is_whole(answer: &[u8]) -> bool {
    let Some(head) = answer.windows(4).position(|window| window == b"\r\n\r\n") else { return false };
    let text = String::from_utf8_lossy(&answer[..head]).to_ascii_lowercase();
    let length = text.lines().find_map(|line| line.strip_prefix("content-length: ")?.trim().parse::<usize>().ok());
    match length {
        Some(length) => answer.len() >= head + 4 + length,
        None => answer.ends_with(b"\r\n0\r\n\r\n"),
    }
}
