//! The live connection: one for each browser, over which it hears of changed tags.
//!
//! A browser names the tags that it holds; the node tells it of commits about those, as far as its viewer may know.
//! Nothing depends on a message arriving: the log has the same.

mod connection;
mod listeners;

use std::{sync::Arc, time::Duration};

use app::asker::Asker;
use axum::{
    Extension, Json,
    extract::{Request, State, WebSocketUpgrade},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::Seq;
use store::{Heard, Store};
use tokio::{
    sync::{broadcast::error::RecvError, watch},
    time::MissedTickBehavior,
};

pub use self::connection::Patience;
use self::listeners::Listeners;
use crate::{connections::Caps, same_origin::is_our_own};

/// The most bytes of one message: a thousand tags, and room.
const MESSAGE: usize = 64 * 1024;

/// How long a stopping server waits for its connections to say goodbye.
const FAREWELL: Duration = Duration::from_secs(3);

/// This node's live connections. Cheap to clone.
#[derive(Clone)]
pub struct Live {
    store: Store,
    listeners: Arc<Listeners>,
    open: watch::Sender<bool>,
    patience: Patience,
}

impl Live {
    /// Listens to the library from now on.
    pub fn start(store: Store) -> Self {
        Self::start_with(store, Patience::default())
    }

    /// The same, with this much patience for silent browsers.
    pub fn start_with(store: Store, patience: Patience) -> Self {
        let listeners = Arc::new(Listeners::new(Caps::of_process().lines));
        let live = Self { store, listeners, open: watch::Sender::new(true), patience };
        tokio::spawn(live.clone().pass_on());
        tokio::spawn(live.clone().beat());
        live
    }

    /// Whether this node is stopping.
    pub fn is_closing(&self) -> bool {
        !*self.open.borrow()
    }

    /// Says goodbye to everybody, so that they turn to another node, and waits until they are gone.
    pub async fn close(&self) {
        self.open.send_replace(false);
        let gone = async {
            while self.listeners.count() > 0 {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        };
        if tokio::time::timeout(FAREWELL, gone).await.is_err() {
            tracing::info!(left = self.listeners.count(), "live connections that did not say goodbye");
        }
    }

    /// Says to everybody every now and then that the line speaks, from one timer for all. A node that
    /// can't read its log has nothing to say: its browsers must not trust their lines.
    async fn beat(self) {
        let mut beats = tokio::time::interval(self.patience.beat);
        beats.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut open = self.open.subscribe();
        loop {
            tokio::select! {
                _ = beats.tick() => {}
                _ = open.changed() => return,
            }
            if self.listeners.count() > 0 && self.store.confirm(Seq::ZERO).await.is_ok() {
                self.listeners.beat(self.store.watermark(), self.patience.unanswered);
            }
        }
    }

    /// Tells whom it concerns what this node hears.
    async fn pass_on(self) {
        let mut heard = self.store.listen();
        let mut open = self.open.subscribe();
        loop {
            let heard = tokio::select! {
                heard = heard.recv() => heard,
                _ = open.changed() => return,
            };
            match heard {
                Ok(Heard::Row(row)) => self.listeners.tell(&row),
                Ok(Heard::Lost(head)) => self.listeners.tell_all_lost(head),
                Err(RecvError::Lagged(_)) => self.listeners.tell_all_lost(self.store.watermark()),
                Err(RecvError::Closed) => return,
            }
        }
    }
}

/// Opens a connection. The browser sends its cookies with it, so it must be one of our own pages that asks.
pub(crate) async fn connect(
    State(live): State<Live>,
    Extension(asker): Extension<Asker>,
    upgrade: Result<WebSocketUpgrade, axum::extract::ws::rejection::WebSocketUpgradeRejection>,
    request: Request,
) -> Response {
    if !is_our_own(request.headers()) {
        return StatusCode::FORBIDDEN.into_response();
    }
    let Ok(upgrade) = upgrade else {
        let error = app::AppError::Invalid("This address is for the live connection.".to_owned());
        return (StatusCode::UPGRADE_REQUIRED, Json(error)).into_response();
    };
    let Some((place, said)) = live.listeners.join(asker.viewer.map(|viewer| viewer.user)) else {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    upgrade
        .max_message_size(MESSAGE)
        .max_frame_size(MESSAGE)
        // A browser says little: the usual 128 kB for reading would be most of what a line takes.
        .read_buffer_size(4 * 1024)
        // What one connection may keep waiting in the kernel's stead.
        .write_buffer_size(0)
        .max_write_buffer_size(4 * MESSAGE)
        .on_failed_upgrade(|error| tracing::debug!(%error, "a live connection was not made"))
        .on_upgrade(move |socket| connection::serve(socket, live.store, place, said, live.open.subscribe()))
}
