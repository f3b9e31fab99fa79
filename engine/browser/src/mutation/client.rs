//! How a tab sends its mutations: as a browser does, but it says what it shows, and outlives its page.

use std::future::Future;

use server_fn::{
    Bytes,
    client::{Client, browser::BrowserClient},
    error::FromServerFnError,
    response::browser::BrowserResponse,
};

use super::{idempotency, keepalive::KeepaliveRequest};
use crate::showing;

/// A browser's own way of asking, and what it shows.
pub struct MutationClient;

impl<E, I, O> Client<E, I, O> for MutationClient
where
    E: FromServerFnError,
    I: FromServerFnError,
    O: FromServerFnError,
{
    type Request = KeepaliveRequest;
    type Response = BrowserResponse;

    fn send(request: KeepaliveRequest) -> impl Future<Output = Result<BrowserResponse, E>> + Send {
        let (request, share) = request.open();
        request.headers().set(showing::SHOWING_HEADER, &showing::shown());
        if let Some(key) = idempotency::attached() {
            request.headers().set(idempotency::KEY_HEADER, &key);
        }
        let answer = <BrowserClient as Client<E, I, O>>::send(request);
        async move {
            let answer = answer.await;
            drop(share);
            answer
        }
    }

    fn open_websocket(
        path: &str,
    ) -> impl Future<
        Output = Result<
            (
                impl futures_util::Stream<Item = Result<Bytes, Bytes>> + Send + 'static,
                impl futures_util::Sink<Bytes> + Send + 'static,
            ),
            E,
        >,
    > + Send {
        <BrowserClient as Client<E, I, O>>::open_websocket(path)
    }

    fn spawn(future: impl Future<Output = ()> + Send + 'static) {
        <BrowserClient as Client<E, I, O>>::spawn(future);
    }
}
