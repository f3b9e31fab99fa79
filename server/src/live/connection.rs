//! One live connection, from its first message to its last.

use std::time::{Duration, Instant};

use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket, close_code};
use domain::{BEAT, HERE, MOST_HELD, ServerMessage, Subscribe, UNANSWERED};
use futures_util::{SinkExt, StreamExt, stream::SplitSink};
use store::Store;
use tokio::sync::{mpsc, watch};

use super::listeners::{Place, encode};

/// How long a browser may say nothing.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// How often the node says that it is there.
    pub beat: Duration,
    /// So many beats in a row may stay unanswered.
    pub unanswered: u32,
}

impl Default for Patience {
    fn default() -> Self {
        Self { beat: Duration::from_millis(BEAT.into()), unanswered: UNANSWERED }
    }
}

/// How long one message may take to be sent to a client that does not read.
const SENDING: Duration = Duration::from_secs(10);
/// How often a browser may say what it holds: so many times at once, and one more each so often.
const BURST: u32 = 30;
const REFILL: Duration = Duration::from_millis(200);

/// Why a connection is closed, and in which words.
type Reason = (u16, &'static str);

/// Serves the connection until either end has had enough.
pub(super) async fn serve(
    socket: WebSocket,
    store: Store,
    place: Place,
    mut said: mpsc::Receiver<Utf8Bytes>,
    mut open: watch::Receiver<bool>,
) {
    let (mut out, mut incoming) = socket.split();
    let mut budget = Budget::full();
    let reason = loop {
        let next = tokio::select! {
            said = said.recv() => match said {
                Some(text) => send(&mut out, Message::Text(text)).await,
                None if place.is_silent() => Err((close_code::POLICY, "silent for too long")),
                None => Err((close_code::AGAIN, "too slow, or signed in or out: connect again")),
            },
            received = incoming.next() => {
                place.speaks();
                match received {
                    Some(Ok(Message::Text(text))) if text == HERE => budget.spend(),
                    Some(Ok(Message::Text(text))) => match answer(&store, &place, &mut budget, &text).await {
                        Ok(told) => send(&mut out, Message::Text(encode(&told))).await,
                        Err(reason) => Err(reason),
                    },
                    Some(Ok(Message::Ping(_) | Message::Pong(_))) => Ok(()),
                    Some(Ok(Message::Binary(_))) => Err((close_code::UNSUPPORTED, "only text")),
                    Some(Ok(Message::Close(_))) | None => return,
                    Some(Err(error)) => Err(fault(&error)),
                }
            }
            () = closing(&mut open) => Err((close_code::AWAY, "the server is stopping")),
        };
        if let Err(reason) = next {
            break reason;
        }
    };
    drop(place);
    let (code, words) = reason;
    let frame = CloseFrame { code, reason: Utf8Bytes::from_static(words) };
    // Who is told why may be gone, or not reading.
    let farewell = async {
        if out.send(Message::Close(Some(frame))).await.is_ok() {
            while let Some(Ok(_)) = incoming.next().await {}
        }
    };
    let _ = tokio::time::timeout(Duration::from_secs(1), farewell).await;
}

/// Ends when the server stops.
async fn closing(open: &mut watch::Receiver<bool>) {
    // A server that is gone has stopped.
    let _ = open.wait_for(|open| !open).await;
}

/// Takes in what the browser holds, and answers what became of that meanwhile.
async fn answer(store: &Store, place: &Place, budget: &mut Budget, text: &str) -> Result<ServerMessage, Reason> {
    budget.spend()?;
    let Ok(holds) = serde_json::from_str::<Subscribe>(text) else {
        return Err((close_code::INVALID, "not what a browser holds"));
    };
    if holds.tags.len() > MOST_HELD {
        return Err((close_code::SIZE, "too many tags"));
    }
    // First this, then the question: a commit in between is heard twice, not never.
    place.hold(&holds.tags);
    let caught = store.catch_up(holds.log, holds.since, &holds.tags, place.viewer()).await;
    caught.map(ServerMessage::CaughtUp).map_err(|error| {
        tracing::warn!(%error, "a live connection could not catch up");
        (close_code::AGAIN, "the library can't be reached just now")
    })
}

async fn send(out: &mut SplitSink<WebSocket, Message>, message: Message) -> Result<(), Reason> {
    match tokio::time::timeout(SENDING, out.send(message)).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(_)) | Err(_) => Err((close_code::AGAIN, "too slow")),
    }
}

/// The fault of a message.
fn fault(error: &axum::Error) -> Reason {
    let text = error.to_string();
    if text.contains("too long") || text.contains("capacity") {
        (close_code::SIZE, "too long a message")
    } else {
        (close_code::PROTOCOL, "not a live connection's protocol")
    }
}

/// How many messages may come at once.
struct Budget {
    left: u32,
    since: Instant,
}

impl Budget {
    fn full() -> Self {
        Self { left: BURST, since: Instant::now() }
    }

    fn spend(&mut self) -> Result<(), Reason> {
        if self.take() { Ok(()) } else { Err((close_code::POLICY, "too many messages")) }
    }

    fn take(&mut self) -> bool {
        let refilled = self.since.elapsed().as_millis() / REFILL.as_millis();
        if let Ok(refilled @ 1..) = u32::try_from(refilled) {
            self.left = self.left.saturating_add(refilled).min(BURST);
            self.since = Instant::now();
        }
        let taken = self.left.checked_sub(1);
        self.left = taken.unwrap_or(0);
        taken.is_some()
    }
}

#[cfg(test)]
mod tests {
    use domain::CatchUp;

    use super::*;

    #[test]
    fn a_burst_is_heard_and_a_flood_is_not() {
        let mut budget = Budget::full();
        assert!((0..BURST).all(|_| budget.take()));
        assert!(!budget.take());
    }

    #[test]
    fn what_is_told_is_text() {
        let lost = encode(&ServerMessage::CaughtUp(CatchUp::Lost { head: domain::Seq(7) }));
        assert_eq!(lost.as_str(), r#"{"caught-up":{"Lost":{"head":7}}}"#);
    }
}
