//! From the moment a page comes alive: what storage kept comes back, and the tab begins to listen.

use abreast_core::{
    Key, Seq,
    observe::metrics::{Outcome, Tier},
};
use leptos::prelude::window_event_listener_untyped;

use super::Browser;
use crate::{
    App, LiveConnection,
    host::{is_in_front, is_restored},
    live,
    nouns::{Event, Tag},
    records,
};

impl<A: App> Browser<A> {
    /// Takes in what localStorage kept. After hydration: the first paint is the server's.
    pub fn restore(&self) {
        if self.host().local().is_none() {
            self.note(Tier::LocalStorage, Outcome::Error, &Key::from_text("localStorage is switched off"));
        }
        let restored = records::restore::<A>(self.host(), self.log());
        for key in &restored.unreadable {
            self.note(Tier::LocalStorage, Outcome::Error, key);
        }
        for (key, record) in restored.records {
            self.dispatch(Event::<A>::Restored(key, record));
        }
    }

    /// From now on confirms the held answers each time the tab is seen again, or online again.
    pub fn listen(&self) {
        let (seen, online) = (self.clone(), self.clone());
        window_event_listener_untyped("visibilitychange", move |_| {
            if is_in_front() {
                seen.returned();
            }
        });
        // A page that comes back whole, by the back button, shows what it showed then.
        let back = self.clone();
        window_event_listener_untyped("pageshow", move |event| {
            back.returned();
            if is_restored(&event) {
                back.compare_session();
            }
        });
        window_event_listener_untyped("online", move |_| {
            online.returned();
        });
    }

    /// From now on hears at once of changes to the held tags.
    pub fn go_live(&self, connection: LiveConnection) {
        if self.0.live.get().is_none() {
            self.0.live.set(live::take_part(self, connection)).ok();
        }
    }

    /// Empties the client cache and what it persisted.
    pub fn clear(&self) {
        self.dispatch(Event::<A>::Cleared);
        records::clear(self.host());
    }

    /// The held answers should be confirmed again.
    pub(crate) fn returned(&self) {
        self.ask_session();
        self.ask_failed_again();
        self.dispatch(Event::<A>::Returned);
    }

    /// The tags of the held answers, the session's before all others.
    pub(crate) fn tags(&self) -> Vec<(Tag<A>, Seq)> {
        let held = self.client_cache().tags();
        self.session_tag(&held).into_iter().chain(held).collect()
    }
}
