//! A mutation's request, which outlives its page: a click counts, even if its page is left at once.

use std::{cell::Cell, mem};

use futures_util::Stream;
use http::Method;
use js_sys::Reflect;
use server_fn::{
    Bytes,
    error::FromServerFnError,
    request::{
        ClientReq,
        browser::{BrowserFormData, BrowserRequest, Request},
    },
};

/// How many bytes such requests of a document may carry at once: browsers refuse to send more.
const MAX_BYTES: usize = 64 * 1024;

/// A request that its page's end does not end, if it is small enough.
pub struct KeepaliveRequest {
    request: BrowserRequest,
    share: Option<Allowance>,
}

/// What a request takes of [`MAX_BYTES`] while it is under way.
pub struct Allowance(usize);

thread_local! {
    static UNDER_WAY: Cell<usize> = const { Cell::new(0) };
}

impl KeepaliveRequest {
    /// The request itself, and what to hold until it is answered.
    pub fn open(self) -> (BrowserRequest, Option<Allowance>) {
        (self.request, self.share)
    }

    fn of(mut request: BrowserRequest, bytes: usize) -> Self {
        let share = Allowance::take(bytes);
        if share.is_some() {
            outlive_page(&mut request);
        }
        Self { request, share }
    }
}

/// Makes the request anew with the one option that neither `server_fn` nor `web-sys` knows. Where that fails it
/// is sent as it was.
fn outlive_page(request: &mut Request) {
    let init = web_sys::RequestInit::new();
    let (Ok(_), Ok(other)) =
        (Reflect::set(&init, &"keepalive".into(), &true.into()), web_sys::Request::new_with_str(""))
    else {
        return;
    };
    let plain = web_sys::Request::from(mem::replace(request, other.into()));
    *request = web_sys::Request::new_with_request_and_init(&plain, &init).unwrap_or(plain).into();
}

impl Allowance {
    fn take(bytes: usize) -> Option<Self> {
        let all = UNDER_WAY.get() + bytes;
        (all <= MAX_BYTES).then(|| {
            UNDER_WAY.set(all);
            Self(bytes)
        })
    }
}

impl Drop for Allowance {
    fn drop(&mut self) {
        UNDER_WAY.set(UNDER_WAY.get() - self.0);
    }
}

impl<E: FromServerFnError> ClientReq<E> for KeepaliveRequest {
    type FormData = BrowserFormData;

    fn try_new_req_query(path: &str, content: &str, accepts: &str, query: &str, method: Method) -> Result<Self, E> {
        <BrowserRequest as ClientReq<E>>::try_new_req_query(path, content, accepts, query, method)
            .map(|request| Self::of(request, 0))
    }

    fn try_new_req_text(path: &str, content: &str, accepts: &str, body: String, method: Method) -> Result<Self, E> {
        let bytes = body.len();
        <BrowserRequest as ClientReq<E>>::try_new_req_text(path, content, accepts, body, method)
            .map(|request| Self::of(request, bytes))
    }

    fn try_new_req_bytes(path: &str, content: &str, accepts: &str, body: Bytes, method: Method) -> Result<Self, E> {
        let bytes = body.len();
        <BrowserRequest as ClientReq<E>>::try_new_req_bytes(path, content, accepts, body, method)
            .map(|request| Self::of(request, bytes))
    }

    // How much a form or a stream carries is not known here: they end with their page.
    fn try_new_req_form_data(
        path: &str,
        accepts: &str,
        content: &str,
        body: BrowserFormData,
        method: Method,
    ) -> Result<Self, E> {
        <BrowserRequest as ClientReq<E>>::try_new_req_form_data(path, accepts, content, body, method).map(plain)
    }

    fn try_new_req_multipart(path: &str, accepts: &str, body: BrowserFormData, method: Method) -> Result<Self, E> {
        <BrowserRequest as ClientReq<E>>::try_new_req_multipart(path, accepts, body, method).map(plain)
    }

    fn try_new_req_streaming(
        path: &str,
        accepts: &str,
        content: &str,
        body: impl Stream<Item = Bytes> + Send + 'static,
        method: Method,
    ) -> Result<Self, E> {
        <BrowserRequest as ClientReq<E>>::try_new_req_streaming(path, accepts, content, body, method).map(plain)
    }
}

const fn plain(request: BrowserRequest) -> KeepaliveRequest {
    KeepaliveRequest { request, share: None }
}
