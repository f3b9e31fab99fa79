//! A browser's end of a live connection.

use std::time::Duration;

use domain::{HERE, LogId, Seq, ServerMessage, Subscribe, Tag};
use futures_util::{SinkExt, StreamExt};
use tokio::{io::AsyncReadExt, net::TcpStream};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{Error, Message, client::IntoClientRequest, http::HeaderValue},
};

/// An open line.
pub struct Line(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Line {
    /// Calls the server, with this session or without one.
    pub async fn open(base: &str, session: Option<&str>) -> Self {
        Self::open_with(base, session, None).await.expect("a line")
    }

    /// The same, from a page of this origin.
    pub async fn open_with(base: &str, session: Option<&str>, origin: Option<&str>) -> Result<Self, Error> {
        let mut request = format!("{}/api/live", base.replace("http", "ws")).into_client_request()?;
        let mut put = |name: &'static str, value: String| {
            request.headers_mut().insert(name, HeaderValue::from_str(&value).expect("a header"));
        };
        if let Some(session) = session {
            put("cookie", format!("quire-session={session}"));
        }
        if let Some(origin) = origin {
            put("origin", origin.to_owned());
        }
        Ok(Self(connect_async(request).await?.0))
    }

    /// Says what it holds, and hears what became of that.
    pub async fn hold(&mut self, log: LogId, since: Seq, tags: &[Tag]) -> ServerMessage {
        let holds = Subscribe { log, tags: tags.to_vec(), since };
        self.send(serde_json::to_string(&holds).expect("text")).await;
        self.told().await.expect("an answer")
    }

    /// Sends a text.
    pub async fn send(&mut self, text: impl Into<String>) {
        // A server that has hung up already is noticed by the next read.
        let _ = self.0.send(Message::text(text.into())).await;
    }

    /// Sends bytes.
    pub async fn send_bytes(&mut self, bytes: Vec<u8>) {
        let _ = self.0.send(Message::binary(bytes)).await;
    }

    /// Reads on, and answers beats, for as long as something else takes.
    pub async fn read_during(&mut self, something: impl Future) {
        tokio::pin!(something);
        loop {
            tokio::select! {
                _ = &mut something => return,
                next = self.0.next() => match next {
                    Some(Ok(Message::Text(text))) if is_beat(&text) => self.send(HERE).await,
                    other => panic!("no beat: {other:?}"),
                },
            }
        }
    }

    /// What it is told next; `None` if that is nothing for half a second.
    pub async fn told(&mut self) -> Option<ServerMessage> {
        let next = tokio::time::timeout(Duration::from_millis(500), async {
            loop {
                match self.0.next().await {
                    Some(Ok(Message::Text(text))) if is_beat(&text) => self.send(HERE).await,
                    Some(Ok(Message::Text(text))) => return serde_json::from_str(&text).expect("what a server tells"),
                    other => panic!("the line was cut: {other:?}"),
                }
            }
        });
        next.await.ok()
    }

    /// With which code and words it is closed.
    pub async fn closed(&mut self) -> (u16, String) {
        let end = tokio::time::timeout(Duration::from_secs(5), async {
            loop {
                match self.0.next().await {
                    Some(Ok(Message::Close(Some(frame)))) => return (frame.code.into(), frame.reason.to_string()),
                    Some(Ok(Message::Close(None)) | Err(_)) | None => return (0, String::new()),
                    Some(Ok(_)) => {}
                }
            }
        });
        end.await.expect("a line that is closed")
    }

    /// Answers nothing until it is cut: how many beats came, and with which code and words it ends. Read past
    /// the protocol, which would answer by itself.
    pub async fn ignored(mut self) -> (usize, u16, String) {
        let end = tokio::time::timeout(Duration::from_secs(5), async {
            let mut beats = 0;
            loop {
                let (kind, body) = self.frame().await;
                match (kind, body.as_slice()) {
                    (0x81, body) if body.starts_with(b"{\"beat\"") => beats += 1,
                    (0x88, [high, low, words @ ..]) => {
                        let words = String::from_utf8(words.to_vec()).expect("words");
                        return (beats, u16::from_be_bytes([*high, *low]), words);
                    }
                    other => panic!("neither a beat nor an end: {other:?}"),
                }
            }
        });
        end.await.expect("a line that is cut")
    }

    /// The next frame as it is: a server's are short and bare.
    async fn frame(&mut self) -> (u8, Vec<u8>) {
        let stream = self.0.get_mut();
        let mut head = [0; 2];
        stream.read_exact(&mut head).await.expect("a frame");
        let mut body = vec![0; usize::from(head[1])];
        stream.read_exact(&mut body).await.expect("its body");
        (head[0], body)
    }
}

fn is_beat(text: &str) -> bool {
    matches!(serde_json::from_str(text), Ok(ServerMessage::Beat { .. }))
}
