//! Who is asking: recognised once, by cookie, before anything is answered.

use std::net::{IpAddr, SocketAddr};

use app::{asker::Asker, seen, session};
use axum::{
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, StatusCode},
    middleware::Next,
    response::{IntoResponse, Response},
};
use axum_extra::extract::CookieJar;
use store::{SessionToken, Store};

/// What it takes to recognise somebody.
#[derive(Clone)]
pub(crate) struct Asking {
    pub(crate) store: Store,
    /// Whether a proxy of ours stands in front.
    pub(crate) behind_proxy: bool,
}

/// Adds the [`Asker`] to the request. Without a session's cookie this asks nobody.
pub(crate) async fn recognise(State(asking): State<Asking>, mut request: Request, next: Next) -> Response {
    let cookies = CookieJar::from_headers(request.headers());
    let session = cookies.get(session::COOKIE).and_then(|cookie| SessionToken::parse(cookie.value()));
    let viewer = match &session {
        None => None,
        Some(token) => match asking.store.viewer(token).await {
            Ok(viewer) => viewer,
            // Treating a member as a stranger could show them a page they would take for theirs.
            Err(error) => {
                tracing::error!(%error, "a session could not be looked up");
                return (StatusCode::SERVICE_UNAVAILABLE, "The library can't be reached just now.").into_response();
            }
        },
    };
    let log = asking.store.log_id();
    let asker = Asker {
        session: session.filter(|_| viewer.is_some()),
        viewer,
        seen: cookies.get(seen::COOKIE).map(|cookie| seen::parse(cookie.value(), log)).unwrap_or_default(),
        address: address(&request, asking.behind_proxy),
        secure: asking.behind_proxy && is_https(request.headers()),
    };
    request.extensions_mut().insert(asker);
    next.run(request).await
}

/// The last address that the proxy of ours vouches for, or the connection's own.
fn address(request: &Request, behind_proxy: bool) -> Option<IpAddr> {
    let forwarded = request.headers().get("x-forwarded-for").and_then(|list| list.to_str().ok());
    let vouched = forwarded.and_then(|list| list.rsplit(',').next()?.trim().parse().ok());
    let connection = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    vouched.filter(|_| behind_proxy).or(connection)
}

fn is_https(headers: &HeaderMap) -> bool {
    headers.get("x-forwarded-proto").is_some_and(|proto| proto == "https")
}
