//! One request on one connection, byte by byte: a client that costs next to nothing, so that a crowd of
//! thousands fits beside the node that it asks.

use std::{
    io::{self, Read, Write},
    net::{SocketAddr, TcpStream},
    time::Duration,
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net,
    time::timeout,
};

/// Nobody waits longer, refused or not.
pub(crate) const TIMEOUT: Duration = Duration::from_secs(30);

/// What became of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fate {
    /// It was answered, with this status, to its end.
    Answered(u16),
    /// The connection was closed instead.
    Closed,
    /// Neither, within all patience.
    Forgotten,
}

impl Fate {
    /// Whether the node said at once that it would not.
    pub(crate) fn is_refusal(self) -> bool {
        matches!(self, Self::Answered(503) | Self::Closed)
    }

    fn of(answer: io::Result<Vec<u8>>) -> Self {
        // A connection that is closed with something unread is reset.
        let Ok(answer) = answer else { return Self::Closed };
        let text = String::from_utf8_lossy(&answer);
        match text.strip_prefix("HTTP/1.1 ").and_then(|rest| rest.get(..3)?.parse().ok()) {
            Some(status) => Self::Answered(status),
            None => Self::Closed,
        }
    }
}

/// Where the node is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wire(SocketAddr);

impl Wire {
    pub(crate) fn to(base: &str) -> Self {
        Self(base.trim_start_matches("http://").parse().expect("an address"))
    }

    pub(crate) fn base(self) -> String {
        format!("http://{}", self.0)
    }

    pub(crate) async fn connect(self) -> io::Result<net::TcpStream> {
        net::TcpStream::connect(self.0).await
    }

    /// Asks on a connection of its own.
    pub(crate) async fn ask(self, path: &str) -> Fate {
        let asked = async {
            match self.connect().await {
                Ok(stream) => ask_on(stream, path).await,
                Err(_) => Fate::Closed,
            }
        };
        timeout(TIMEOUT, asked).await.unwrap_or(Fate::Forgotten)
    }

    /// The same for who has nothing else to do.
    pub(crate) fn ask_now(self, path: &str) -> Fate {
        let asked = || {
            let mut stream = TcpStream::connect(self.0)?;
            stream.set_read_timeout(Some(TIMEOUT))?;
            stream.write_all(question(path).as_bytes())?;
            let mut answer = Vec::new();
            stream.read_to_end(&mut answer)?;
            Ok(answer)
        };
        Fate::of(asked())
    }
}

/// Asks on a connection that is there.
pub(crate) async fn ask_on(mut stream: net::TcpStream, path: &str) -> Fate {
    let mut answer = Vec::new();
    let asked = async {
        stream.write_all(question(path).as_bytes()).await?;
        stream.read_to_end(&mut answer).await
    };
    match timeout(TIMEOUT, asked).await {
        Ok(asked) => Fate::of(asked.map(|_| answer)),
        Err(_) => Fate::Forgotten,
    }
}

fn question(path: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nhost: quire.example\r\nconnection: close\r\n\r\n")
}
