//! The live connection: one for each browser, over which it hears of changed tags.
//!
//! A browser names the tags that it holds; the node tells it of commits about those, as far as its viewer may know.
//! Nothing depends on a message arriving: the log has the same.

mod connection;
mod heartbeat;
mod listeners;
mod messages;
mod place;
mod registry;
mod unanswered;

use std::{sync::Arc, time::Duration};

use abreast_core::Seq;
use axum::{
    extract::WebSocketUpgrade,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use tokio::{
    sync::{broadcast::error::RecvError, watch},
    time::MissedTickBehavior,
};

pub use self::heartbeat::Heartbeat;
use self::{listeners::Listeners, place::Place};
use crate::{App, Engine, Heard, nouns::Viewer};

/// The most bytes of one message: a thousand tags, and room.
const MESSAGE: usize = 64 * 1024;

/// How long a stopping server waits for its connections to say goodbye.
const FAREWELL: Duration = Duration::from_secs(3);

/// This node's live connections. Cheap to clone.
#[derive(Clone)]
pub struct Live<A: App> {
    engine: Engine<A>,
    listeners: Arc<Listeners<A>>,
    open: watch::Sender<bool>,
    heartbeat: Heartbeat,
}

impl<A: App> Live<A> {
    /// Listens to the log from now on, for at most so many browsers.
    pub fn start(engine: Engine<A>, max_connections: usize, heartbeat: Heartbeat) -> Self {
        let listeners = Arc::new(Listeners::new(max_connections));
        let live = Self { engine, listeners, open: watch::Sender::new(true), heartbeat };
        tokio::spawn(live.clone().pass_on());
        tokio::spawn(live.clone().beat());
        live
    }

    /// Opens a connection for the viewer who is signed in there. The browser sends its cookies from any page, also
    /// from another site's: before this, the app makes sure that one of its own pages asks.
    pub fn connect(self, upgrade: WebSocketUpgrade, viewer: Option<Viewer<A>>) -> Response {
        let Some((place, said)) = Place::take(&self.listeners, viewer) else {
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
            .on_upgrade(move |socket| connection::serve(socket, self.engine, place, said, self.open.subscribe()))
    }

    /// Whether this node is stopping.
    pub fn is_closing(&self) -> bool {
        !*self.open.borrow()
    }

    /// Closes all connections, so that the browsers turn to another node, and waits until they are gone.
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

    /// Tells all connections every now and then that their line speaks, from one timer. A node that can't read its log
    /// is silent: its browsers must not trust their lines.
    async fn beat(self) {
        let mut beats = tokio::time::interval(self.heartbeat.interval);
        beats.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut open = self.open.subscribe();
        loop {
            tokio::select! {
                _ = beats.tick() => {}
                _ = open.changed() => return,
            }
            if self.listeners.count() > 0 && self.engine.confirm(Seq::ZERO).await.is_ok() {
                self.listeners.beat(self.engine.watermark(), self.heartbeat.max_unanswered);
            }
        }
    }

    /// Passes on each row that this node hears of.
    async fn pass_on(self) {
        let mut heard = self.engine.listen();
        let mut open = self.open.subscribe();
        loop {
            let heard = tokio::select! {
                heard = heard.recv() => heard,
                _ = open.changed() => return,
            };
            match heard {
                Ok(Heard::Row(row)) => self.listeners.tell(&row),
                Ok(Heard::Lost(head)) => self.listeners.tell_all_lost(head),
                Err(RecvError::Lagged(_)) => self.listeners.tell_all_lost(self.engine.watermark()),
                Err(RecvError::Closed) => return,
            }
        }
    }
}
