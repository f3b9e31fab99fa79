//! One live connection, from its first message to its last.

use std::time::Duration;

use abreast_core::{HERE, MOST_HELD, ServerMessage, Subscribe};
use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket, close_code};
use futures_util::{SinkExt, StreamExt, stream::SplitSink};
use tokio::sync::{mpsc, watch};

use super::{
    listeners::encode,
    messages::{Flood, Messages},
    place::Place,
};
use crate::{App, Engine, Error, nouns::Tag};

/// How long one message may take to be sent to a client that does not read.
const WRITE_TIMEOUT: Duration = Duration::from_secs(10);

/// Why a connection is closed, and in which words.
type Reason = (u16, &'static str);

/// Serves the connection until either end has had enough.
pub(super) async fn serve<A: App>(
    socket: WebSocket,
    engine: Engine<A>,
    place: Place<A>,
    mut said: mpsc::Receiver<Utf8Bytes>,
    mut open: watch::Receiver<bool>,
) {
    let (mut out, mut incoming) = socket.split();
    let mut messages = Messages::default();
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
                    Some(Ok(Message::Text(text))) if text == HERE => messages.take().map_err(flood),
                    Some(Ok(Message::Text(text))) => match answer(&engine, &place, &mut messages, &text).await {
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
    // The browser may be gone, or not reading.
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
async fn answer<A: App>(
    engine: &Engine<A>,
    place: &Place<A>,
    messages: &mut Messages,
    text: &str,
) -> Result<ServerMessage<Tag<A>>, Reason> {
    messages.take().map_err(flood)?;
    let Ok(holds) = serde_json::from_str::<Subscribe<Tag<A>>>(text) else {
        return Err((close_code::INVALID, "not what a browser holds"));
    };
    if holds.tags.len() > MOST_HELD {
        return Err((close_code::SIZE, "too many tags"));
    }
    // First this, then the question: a commit in between is heard twice, not never.
    place.hold(&holds.tags);
    let caught = engine.catch_up(holds.log, holds.since, &holds.tags, place.viewer()).await;
    caught.map(ServerMessage::CaughtUp).map_err(|error| {
        let error: Error = error.into();
        tracing::warn!(%error, "a live connection could not catch up");
        (close_code::AGAIN, "the log can't be read just now")
    })
}

async fn send(out: &mut SplitSink<WebSocket, Message>, message: Message) -> Result<(), Reason> {
    match tokio::time::timeout(WRITE_TIMEOUT, out.send(message)).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(_)) | Err(_) => Err((close_code::AGAIN, "too slow")),
    }
}

fn flood(_: Flood) -> Reason {
    (close_code::POLICY, "too many messages")
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
