//! Who is asking: recognised once, by cookie, before anything is answered.

use std::net::SocketAddr;

use abreast_server::http::Site;
use app::{AppError, asker::Asker, session};
use axum::{
    Json,
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use axum_extra::extract::{CookieJar, cookie::Cookie};
use domain::Device;
use store::{Library, SessionToken, Store};

use crate::proxies::Proxies;

/// The means to recognise an asker.
#[derive(Clone)]
pub(crate) struct Asking {
    pub(crate) store: Store,
    pub(crate) site: Site<Library>,
    /// Whom to believe where others come from.
    pub(crate) proxies: Proxies,
}

/// Adds the [`Asker`] to the request. Without a session's cookie this asks no database.
pub(crate) async fn recognise(State(asking): State<Asking>, mut request: Request, next: Next) -> Response {
    // Only the layer of kept pages puts one here, which asks for a body.
    if request.extensions().get::<Asker>().is_some() {
        return next.run(request).await;
    }
    let cookies = CookieJar::from_headers(request.headers());
    let session = shown_session(&cookies).and_then(SessionToken::parse);
    let viewer = match &session {
        None => None,
        Some(token) => match asking.store.viewer(token).await {
            Ok(viewer) => viewer,
            // Treating a member as a stranger could show them a page they would take for theirs.
            Err(error) => {
                tracing::error!(%error, "a session could not be looked up");
                return unavailable(&request);
            }
        },
    };
    let connection = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0);
    let asker = Asker {
        session: session.filter(|_| viewer.is_some()),
        viewer,
        seen: asking.site.seen(request.headers()),
        address: asking.proxies.address(connection, request.headers()),
        secure: asking.proxies.is_secure(connection, request.headers()),
        device: device(request.headers()),
    };
    request.extensions_mut().insert(asker);
    next.run(request).await
}

/// What the asker's browser calls itself.
fn device(headers: &HeaderMap) -> Device {
    let user_agent = headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok());
    user_agent.map(Device::of).unwrap_or_default()
}

/// What a browser shows to be recognised, whether or not it is a session's token. Without it a request is a stranger's.
pub(crate) fn shown_session(cookies: &CookieJar) -> Option<&str> {
    session::COOKIES.iter().find_map(|name| cookies.get(name)).map(Cookie::value)
}

/// The asker could not be recognised, so nothing was begun. Scripts hear it in a server function's words.
fn unavailable(request: &Request) -> Response {
    let error = if request.method().is_safe() { AppError::Unavailable } else { AppError::Unsaved };
    let accept = request.headers().get(header::ACCEPT).and_then(|accept| accept.to_str().ok()).unwrap_or_default();
    let is_for_people = accept.contains("text/html") || !request.uri().path().starts_with("/api/");
    let status = StatusCode::SERVICE_UNAVAILABLE;
    if is_for_people { (status, error.to_string()).into_response() } else { (status, Json(error)).into_response() }
}
