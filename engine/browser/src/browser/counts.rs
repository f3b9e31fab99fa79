//! A tab's counts survive its documents: `/debug/cache` is another document than the one before it, and should show
//! what the tab did there.

use std::collections::VecDeque;

use abreast_core::{LogId, observe::metrics::Recorder};
use leptos::prelude::window_event_listener_untyped;
use serde::{Deserialize, Serialize};

use super::{Applied, Browser, lock};
use crate::{
    App,
    host::{is_in_front, is_restored},
    nouns::{Samples, Viewer},
};

/// How many events are worth carrying over: a few kilobytes.
const EVENTS: usize = 100;

/// What was counted, and of whom: the next one who signs in here starts from nothing.
#[derive(Serialize, Deserialize)]
#[serde(bound = "")]
struct Counts<A: App> {
    log: LogId,
    viewer: Option<Viewer<A>>,
    recorder: Recorder,
    applied: VecDeque<Applied>,
    samples: Samples<A>,
}

impl<A: App> Browser<A> {
    /// Goes on counting where the last document of this tab ended, and hands over to the next.
    pub fn carry_counts(&self) {
        self.take_over();
        let (leaving, hidden, back) = (self.clone(), self.clone(), self.clone());
        window_event_listener_untyped("pagehide", move |_| leaving.hand_over());
        // The last that a phone's browser says of a page.
        window_event_listener_untyped("visibilitychange", move |_| {
            if !is_in_front() {
                hidden.hand_over();
            }
        });
        window_event_listener_untyped("pageshow", move |event| {
            // A document that comes back whole: what the ones after it counted contains what it had.
            if is_restored(&event) {
                lock(&back.0.recorder).clear();
                back.take_over();
            }
        });
    }

    fn take_over(&self) {
        let Some(storage) = self.host().of_tab() else { return };
        let counts = storage.get(&name::<A>()).and_then(|text| serde_json::from_str::<Counts<A>>(&text).ok());
        // Whatever was there is ours to count from now on.
        storage.remove(&name::<A>());
        if let Some(counts) = counts.filter(|counts| counts.log == self.log() && counts.viewer == self.viewer()) {
            lock(&self.0.recorder).merge(counts.recorder);
            *lock(&self.0.applied) = counts.applied;
            self.go_on_from(counts.samples);
        }
    }

    fn hand_over(&self) {
        let mut recorder = lock(&self.0.recorder).clone();
        recorder.keep_events(EVENTS);
        let applied = lock(&self.0.applied).clone();
        let (log, viewer, samples) = (self.log(), self.viewer(), self.samples());
        let counts = Counts::<A> { log, viewer, recorder, applied, samples };
        // Full or switched off: then the next document counts from nothing.
        if let (Ok(text), Some(storage)) = (serde_json::to_string(&counts), self.host().of_tab()) {
            storage.set(&name::<A>(), &text);
        }
    }
}

/// Where it is in the tab's own storage, which goes with the tab.
fn name<A: App>() -> String {
    format!("{}-counts", A::NAME)
}
