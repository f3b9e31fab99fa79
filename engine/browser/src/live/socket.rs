//! The line itself: a web socket.

use abreast_core::{LineEvent, Nouns, ServerMessage, Subscribe};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{MessageEvent, WebSocket};

use super::{Events, happen};

/// A line that is there or being made. It is cut when this is dropped.
pub(super) struct Socket {
    socket: WebSocket,
    _opened: Closure<dyn Fn()>,
    _closed: Closure<dyn Fn()>,
    _said: Closure<dyn Fn(MessageEvent)>,
}

impl Socket {
    /// Begins to make one; `None` where the browser won't.
    pub(super) fn open<N: Nouns>(address: &str, events: &Events<N>) -> Option<Self> {
        // With the page's own scheme and host, made into a socket's by the browser.
        let socket = WebSocket::new(address).ok()?;
        let (opened, closed, said) = (events.clone(), events.clone(), events.clone());
        let opened = Closure::<dyn Fn()>::new(move || happen(&opened, LineEvent::Opened));
        let closed = Closure::<dyn Fn()>::new(move || happen(&closed, LineEvent::Closed));
        let said = Closure::<dyn Fn(MessageEvent)>::new(move |message: MessageEvent| {
            let text = message.data().as_string();
            // What a newer server says and this page can't read is in the log as well.
            if let Some(told) = text.and_then(|text| serde_json::from_str::<ServerMessage<N::Tag>>(&text).ok()) {
                happen(&said, LineEvent::Said(told));
            }
        });
        socket.set_onopen(Some(opened.as_ref().unchecked_ref()));
        socket.set_onclose(Some(closed.as_ref().unchecked_ref()));
        socket.set_onmessage(Some(said.as_ref().unchecked_ref()));
        Some(Self { socket, _opened: opened, _closed: closed, _said: said })
    }

    /// Says what the tabs hold.
    pub(super) fn send<N: Nouns>(&self, holds: &Subscribe<N::Tag>) {
        if let Ok(text) = serde_json::to_string(holds) {
            self.say(&text);
        }
    }

    /// Says this.
    pub(super) fn say(&self, text: &str) {
        // A line that was just cut says so by itself.
        self.socket.send_with_str(text).ok();
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        self.socket.set_onopen(None);
        self.socket.set_onclose(None);
        self.socket.set_onmessage(None);
        let socket = self.socket.clone();
        let hang_up = move || {
            socket.close().ok();
        };
        // A call that is cut off before it is answered is an error in the console.
        if self.socket.ready_state() == WebSocket::CONNECTING {
            self.socket.set_onopen(Some(Closure::once_into_js(hang_up).unchecked_ref()));
        } else {
            hang_up();
        }
    }
}
