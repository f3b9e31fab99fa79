//! The live connection of a browser: which pages may open one, and for which viewer.

use abreast_server::{Engine, http::Heartbeat};
use app::asker::Asker;
use axum::{
    Extension, Json,
    extract::{Request, State, WebSocketUpgrade, ws::rejection::WebSocketUpgradeRejection},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use store::{Library, Store};

use crate::{connections::Caps, same_origin::is_our_own};

/// This node's live connections.
pub type Live = abreast_server::http::Live<Library>;

/// Listens to the library from now on, for as many browsers as this process can bear.
pub fn start(store: &Store, heartbeat: Heartbeat) -> Live {
    Live::start(Engine::clone(store), Caps::of_process().lines, heartbeat)
}

/// Opens a connection. The browser sends its cookies with it, so it must be one of our own pages that asks.
pub(crate) async fn connect(
    State(live): State<Live>,
    Extension(asker): Extension<Asker>,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
    request: Request,
) -> Response {
    if !is_our_own(request.headers()) {
        return StatusCode::FORBIDDEN.into_response();
    }
    let Ok(upgrade) = upgrade else {
        let error = app::AppError::Invalid("This address is for the live connection.".to_owned());
        return (StatusCode::UPGRADE_REQUIRED, Json(error)).into_response();
    };
    live.connect(upgrade, asker.viewer.map(|viewer| viewer.user))
}
