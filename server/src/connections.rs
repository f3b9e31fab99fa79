//! Connections: how many there may be, how long one may send nothing, and how long read nothing.
//!
//! Beyond the cap a connection is answered 503, or closed at once: none waits. A few are kept for operators, so
//! `/healthz` and `/readyz` answer in any crowd.

mod admission;
mod turns;

use std::{cell::Cell, convert::Infallible, io, net::SocketAddr, sync::Arc, time::Duration};

use axum::{
    Router,
    body::Body,
    extract::ConnectInfo,
    http::{Request, StatusCode, header},
    response::{IntoResponse, Response},
};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{
    net::{TcpListener, TcpSocket, TcpStream},
    sync::{mpsc, watch},
};
use tokio_io_timeout::TimeoutStream;
use tower::ServiceExt;

pub(crate) use self::admission::Caps;
use self::{
    admission::{Admission, Admitted, Place},
    turns::Turns,
};
use crate::proxies::Proxies;

/// Within this a request's headers are there: from the connection's beginning, and from the end of
/// the answer before. It is also how long a connection may be kept without a request.
const HEADERS: Duration = Duration::from_secs(10);
/// The same for a connection beyond the cap.
const HEADERS_BEYOND: Duration = Duration::from_secs(2);

/// How long a client may read nothing of its answer. Without this limit a client that asks and does not read keeps
/// its place for good.
const SENDING: Duration = Duration::from_secs(20);
/// What was begun when the server is told to stop has so long to end.
const ENDING: Duration = Duration::from_secs(20);

/// So many connections may wait to be accepted, if the system allows it. Further ones get no answer at all, and try
/// again after a second.
const WAITING: u32 = 4_096;

/// Listens there.
pub(crate) fn listen(addr: SocketAddr) -> io::Result<TcpListener> {
    let socket = if addr.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    // A server that is started again does not wait for its last connections to be forgotten. Elsewhere than on
    // Unix this would let two servers have one address.
    #[cfg(unix)]
    socket.set_reuseaddr(true)?;
    socket.bind(addr)?;
    socket.listen(WAITING)
}

/// Serves until it is told to stop, then finishes what it has begun.
pub(crate) async fn serve(
    listener: TcpListener,
    router: Router,
    caps: Caps,
    proxies: Proxies,
    stop: impl Future<Output = ()>,
) {
    let admission = Arc::new(Admission::new(caps, proxies));
    let turns = Arc::new(Turns::new());
    let (stopping, told) = watch::channel(());
    // Closed when the last connection is.
    let (open, mut all_closed) = mpsc::channel::<Infallible>(1);
    let mut stop = std::pin::pin!(stop);
    loop {
        let accepted = tokio::select! {
            () = &mut stop => break,
            accepted = listener.accept() => accepted,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                pause_after(&error).await;
                continue;
            }
        };
        // Beyond everything: closed at once.
        let Some(place) = admission.admit(peer.ip()) else { continue };
        let (router, turns, told, open) = (router.clone(), turns.clone(), told.clone(), open.clone());
        tokio::spawn(async move {
            answer(stream, peer, (router, turns), place, told).await;
            drop(open);
        });
    }
    drop((listener, told, open));
    drop(stopping);
    // Nothing is ever sent: this ends when all have gone.
    if tokio::time::timeout(ENDING, all_closed.recv()).await.is_err() {
        tracing::info!("connections were cut off whose answers did not end");
    }
}

/// Answers what comes on one connection, until it ends or becomes a live line, which has a cap of its own.
async fn answer(
    stream: TcpStream,
    peer: SocketAddr,
    (router, turns): (Router, Arc<Turns>),
    place: Admitted,
    mut told: watch::Receiver<()>,
) {
    send_at_once(&stream);
    let beyond = place.place == Place::Reserve;
    let is_first = Cell::new(true);
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        let is_first = is_first.replace(false);
        take(request, router.clone(), turns.clone(), beyond, is_first)
    });
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(if beyond { HEADERS_BEYOND } else { HEADERS });
    builder.keep_alive(!beyond);
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(SENDING));
    let connection = builder.serve_connection(TokioIo::new(Box::pin(stream)), service).with_upgrades();
    let mut connection = std::pin::pin!(connection);
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        // The sender is dropped.
        _ = told.changed() => {
            connection.as_mut().graceful_shutdown();
            connection.as_mut().await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection broke off");
    }
    drop(place);
}

/// Answers a request: at once, when it is its turn, or that too many are here.
async fn take(
    request: Request<Incoming>,
    router: Router,
    turns: Arc<Turns>,
    beyond: bool,
    is_first: bool,
) -> Result<Response, Infallible> {
    let path = request.uri().path();
    let is_health = matches!(path, "/healthz" | "/readyz");
    if (beyond && !is_health) || (path == "/readyz" && !turns.are_soon().await) {
        return Ok(crowded());
    }
    let answer = router.oneshot(request.map(Body::new));
    if is_first && !is_health { turns.take(answer).await } else { answer.await }
}

fn crowded() -> Response {
    let headers = [(header::RETRY_AFTER, "5"), (header::CONNECTION, "close")];
    (StatusCode::SERVICE_UNAVAILABLE, headers, "Too many are here just now. Please try again in a moment.")
        .into_response()
}

/// A page is sent in pieces: without this, each would wait for the last one's acknowledgement.
fn send_at_once(stream: &TcpStream) {
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "a connection keeps its delay");
    }
}

/// A connection that broke before it began is its own affair; without files there is no next one for a while.
async fn pause_after(error: &io::Error) {
    let its_own = [io::ErrorKind::ConnectionRefused, io::ErrorKind::ConnectionAborted, io::ErrorKind::ConnectionReset];
    if !its_own.contains(&error.kind()) {
        tracing::warn!(%error, "no connection can be accepted");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

#[cfg(test)]
mod tests;
