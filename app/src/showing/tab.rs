//! How a tab sends its mutations: as a browser does, but told what it shows, and lasting.

use std::future::Future;

use server_fn::{
    Bytes,
    client::{Client, browser::BrowserClient},
    error::FromServerFnError,
    response::browser::BrowserResponse,
};

use super::{HEADER, SHOWN, lasting::Lasting, once};

/// A browser's own way of asking, and what it shows.
pub struct Tab;

impl<E, I, O> Client<E, I, O> for Tab
where
    E: FromServerFnError,
    I: FromServerFnError,
    O: FromServerFnError,
{
    type Request = Lasting;
    type Response = BrowserResponse;

    fn send(request: Lasting) -> impl Future<Output = Result<BrowserResponse, E>> + Send {
        let (request, share) = request.open();
        SHOWN.with_borrow(|shown| request.headers().set(HEADER, shown));
        if let Some(key) = once::key() {
            request.headers().set(once::KEY_HEADER, &key);
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
