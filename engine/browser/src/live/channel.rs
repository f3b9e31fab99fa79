//! The other tabs of this browser that show the same person's pages.

use abreast_core::{LineEvent, Nouns, TabMessage};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{BroadcastChannel, MessageEvent};

use super::{Events, happen};

/// The channel between them.
pub(super) struct Channel {
    channel: BroadcastChannel,
    _heard: Closure<dyn Fn(MessageEvent)>,
}

impl Channel {
    /// Listens from now on; `None` where the browser has no such thing.
    pub(super) fn join<N: Nouns>(name: &str, events: &Events<N>) -> Option<Self> {
        let channel = BroadcastChannel::new(name).ok()?;
        let events = events.clone();
        let heard = Closure::<dyn Fn(MessageEvent)>::new(move |message: MessageEvent| {
            let text = message.data().as_string();
            // A tab of another version may say what this one can't read.
            if let Some(message) = text.and_then(|text| serde_json::from_str::<TabMessage<N>>(&text).ok()) {
                happen(&events, LineEvent::Heard(message));
            }
        });
        channel.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        Some(Self { channel, _heard: heard })
    }

    /// Tells all other tabs.
    pub(super) fn say<N: Nouns>(&self, message: &TabMessage<N>) {
        if let Ok(text) = serde_json::to_string(message) {
            self.channel.post_message(&text.into()).ok();
        }
    }
}
