//! What a tab shows just now, told with each mutation, so that the answer can bring it along anew.

use std::cell::RefCell;

use domain::Key;

/// The header with the keys, a space between them.
pub const HEADER: &str = "x-quire-showing";

/// How a tab sends its mutations.
#[cfg(feature = "hydrate")]
pub use self::tab::Tab;
/// The server calls nobody.
#[cfg(not(feature = "hydrate"))]
pub use server_fn::client::browser::BrowserClient as Tab;

/// From now on this tab shows these.
pub(crate) fn shows<'a>(keys: impl Iterator<Item = &'a Key>) {
    let keys: Vec<&str> = keys.map(Key::as_str).collect();
    SHOWN.with_borrow_mut(|shown| *shown = keys.join(" "));
}

thread_local! {
    static SHOWN: RefCell<String> = const { RefCell::new(String::new()) };
}

#[cfg(feature = "hydrate")]
mod tab {
    use std::future::Future;

    use server_fn::{
        Bytes,
        client::{Client, browser::BrowserClient},
        error::FromServerFnError,
        request::browser::BrowserRequest,
        response::browser::BrowserResponse,
    };

    use super::{HEADER, SHOWN};

    /// A browser's own way of asking, and what it shows.
    pub struct Tab;

    impl<E, I, O> Client<E, I, O> for Tab
    where
        E: FromServerFnError,
        I: FromServerFnError,
        O: FromServerFnError,
    {
        type Request = BrowserRequest;
        type Response = BrowserResponse;

        fn send(request: BrowserRequest) -> impl Future<Output = Result<BrowserResponse, E>> + Send {
            SHOWN.with_borrow(|shown| request.headers().set(HEADER, shown));
            <BrowserClient as Client<E, I, O>>::send(request)
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
}
