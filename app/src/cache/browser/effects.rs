//! What the client cache says is to be done, is done here.

use domain::{CacheEvent, CatchUp, Effect, Event, Key, Outcome, SeenCookie, Seq, Tier};
use leptos::{prelude::*, task::spawn_local};

use super::{Browser, ToldBy, clocks, lock, now, waiting::Verdict};
use crate::{
    api::caches::fetch_changes,
    cache::{
        Storage, live,
        storage::{get_cookie, set_cookie},
    },
    seen,
};

impl Browser {
    pub(super) fn dispatch(&self, event: Event) -> Vec<Effect> {
        // The cookie is what all tabs of this browser have seen.
        self.client_cache().handle(Event::Seen(self.seen()));
        if let Event::CaughtUp(CatchUp::Changes { log, .. }, _) = &event {
            for (seq, _) in log {
                self.note_applied(*seq, ToldBy::CatchUp);
            }
        }
        let effects = self.client_cache().handle(event);
        for effect in &effects {
            self.carry_out(effect);
        }
        effects
    }

    fn carry_out(&self, effect: &Effect) {
        match effect {
            Effect::Show(key) => {
                let gone = self.gone(key);
                if gone.get_untracked() {
                    gone.set(false);
                }
                while self.tell(key, Verdict::Show) {}
            }
            Effect::ShowUnconfirmed(key) => {
                self.note(Tier::Signals, Outcome::Stale, key);
                while self.tell(key, Verdict::ShowUnconfirmed) {}
            }
            // One asks, the others hear of its answer.
            Effect::Fetch(key) => {
                self.tell(key, Verdict::Fetch);
            }
            Effect::CatchUp { since, tags } => {
                let (browser, since, tags) = (self.clone(), *since, tags.clone());
                spawn_local(async move {
                    let asked = clocks();
                    let caught = fetch_changes(browser.0.boot.log, since, tags).await;
                    browser.dispatch(caught.map_or(Event::CatchUpFailed, |caught| Event::CaughtUp(caught, asked)));
                });
            }
            Effect::Persist(key) => {
                if let Some(live) = self.0.live.get() {
                    live::say_held_soon(self, live);
                }
                let record = self.client_cache().record(key).cloned();
                if record.is_some_and(|record| !Storage::persist(key, &record)) {
                    self.dispatch(Event::StorageFull(key.clone()));
                }
            }
            Effect::MarkOld(key) => Storage::mark_old(key),
            Effect::Remove(key) => Storage::remove(key),
            Effect::Outdated(key) => {
                self.note_on_screen(key);
                self.ask_again(key);
            }
            Effect::Gone(key) => {
                self.note_on_screen(key);
                self.gone(key).set(true);
                self.ask_again(key);
            }
            Effect::Seen(seq) => self.raise_seen(*seq),
            Effect::Note(tier, outcome, key) => {
                self.note(*tier, *outcome, key);
                if *outcome == Outcome::Hit {
                    self.sample(*tier, key);
                }
            }
        }
    }

    fn raise_seen(&self, seq: Seq) {
        if seq > self.seen() {
            set_cookie(&seen::COOKIE.cookie(self.0.boot.log, seq));
        }
    }

    pub(super) fn seen(&self) -> Seq {
        get_cookie(&seen::COOKIE.name()).map(|value| SeenCookie::parse(&value, self.0.boot.log)).unwrap_or_default()
    }

    /// What became old is on screen, too.
    fn note_on_screen(&self, key: &Key) {
        if lock(&self.0.on_screen).contains_key(key) {
            self.note(Tier::Signals, Outcome::Invalidation, key);
        }
    }

    pub(super) fn note(&self, tier: Tier, outcome: Outcome, key: &Key) {
        let event = CacheEvent { at: now(), tier, outcome, key: key.clone(), micros: None, bytes: None };
        lock(&self.0.recorder).record(event);
    }
}
