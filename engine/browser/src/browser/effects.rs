//! What the client cache says is to be done, is done here.

use abreast_core::{
    CatchUp, Key, SeenCookie, Seq,
    observe::metrics::{CacheEvent, Outcome, Tier},
};

use super::{Browser, ToldBy, lock, waiting::Verdict};
use crate::{
    App, live,
    nouns::{Effect, Event},
    records,
};

impl<A: App> Browser<A> {
    pub(super) fn dispatch(&self, event: Event<A>) -> Vec<Effect<A>> {
        // The cookie is what all tabs of this browser have seen.
        self.client_cache().handle(Event::<A>::Seen(self.seen()));
        if let Event::<A>::CaughtUp(CatchUp::Changes { log, .. }, _) = &event {
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

    fn carry_out(&self, effect: &Effect<A>) {
        match effect {
            Effect::<A>::Show(key) => {
                self.may_stay(key);
                while self.tell(key, Verdict::Show) {}
            }
            Effect::<A>::ShowUnconfirmed(key) => {
                self.note(Tier::Signals, Outcome::Stale, key);
                self.renew_soon();
                while self.tell(key, Verdict::ShowUnconfirmed) {}
            }
            // One asks, the others hear of its answer.
            Effect::<A>::Fetch(key) => {
                self.tell(key, Verdict::Fetch);
            }
            Effect::<A>::CatchUp { since, tags } => {
                let (browser, since, tags) = (self.clone(), *since, tags.clone());
                self.host().spawn(Box::pin(async move {
                    let asked = browser.clocks();
                    let caught = A::fetch_changes(browser.log(), since, tags).await;
                    browser.dispatch(
                        caught.map_or(Event::<A>::CatchUpFailed, |caught| Event::<A>::CaughtUp(caught, asked)),
                    );
                }));
            }
            Effect::<A>::Persist(key) => {
                if let Some(live) = self.0.live.get() {
                    live::say_held_soon(self, live);
                }
                let record = self.client_cache().record(key).cloned();
                if record.is_some_and(|record| !records::persist::<A>(self.host(), key, &record)) {
                    self.dispatch(Event::<A>::StorageFull(key.clone()));
                }
            }
            Effect::<A>::Confirmed { key, from, to } => records::confirm(self.host(), key, *from, *to),
            Effect::<A>::MarkOld(key) => records::mark_old(self.host(), key),
            Effect::<A>::Remove(key) => records::remove(self.host(), key),
            Effect::<A>::Outdated(key) => {
                self.note_on_screen(key);
                self.ask_again(key);
            }
            Effect::<A>::Gone(key) => {
                self.note_on_screen(key);
                self.must_leave(key);
                self.ask_again(key);
            }
            Effect::<A>::Seen(seq) => self.raise_seen(*seq),
            Effect::<A>::Note(tier, outcome, key) => {
                self.note(*tier, *outcome, key);
                if *outcome == Outcome::Hit {
                    self.sample(*tier, key);
                }
            }
        }
    }

    fn raise_seen(&self, seq: Seq) {
        if seq > self.seen() {
            self.host().set_cookie(&A::SEEN.cookie(self.log(), seq));
            self.confirm_soon();
        }
    }

    pub(super) fn seen(&self) -> Seq {
        let value = self.host().cookie(&A::SEEN.name());
        value.map(|value| SeenCookie::parse(&value, self.log())).unwrap_or_default()
    }

    /// What became old is on screen, too.
    fn note_on_screen(&self, key: &Key) {
        if self.is_on_screen(key) {
            self.note(Tier::Signals, Outcome::Invalidation, key);
        }
    }

    pub(super) fn note(&self, tier: Tier, outcome: Outcome, key: &Key) {
        let event = CacheEvent { at: self.now(), tier, outcome, key: key.clone(), micros: None, bytes: None };
        lock(&self.0.recorder).record(event);
    }
}
