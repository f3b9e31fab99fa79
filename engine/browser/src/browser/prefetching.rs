//! Prefetch ([`abreast_core::Ahead`]), while no reader waits for an answer.

use std::sync::{
    Mutex,
    atomic::{AtomicUsize, Ordering},
};

use abreast_core::{
    Ahead, Asked, Need, Sign,
    observe::metrics::{Outcome, Tier},
};

use super::{Browser, lock};
use crate::{
    AnyQuery, App,
    nouns::{Event, Record},
};

/// What is fetched before it is asked for.
pub(super) struct Prefetching<A: App> {
    /// What may be asked soon.
    ahead: Mutex<Ahead<AnyQuery<A>>>,
    /// How many answers the screen waits for.
    awaited: AtomicUsize,
}

/// Something on screen waits for its answer.
pub(super) struct Awaiting<A: App>(Browser<A>);

impl<A: App> Browser<A> {
    /// This query is likely to come soon: its answer is fetched, unless it is here.
    pub(crate) fn foresee(&self, query: AnyQuery<A>, sign: Sign) {
        let need = self.client_cache().needs(query.key(), self.clocks());
        match need {
            Need::Nothing => return,
            // Who presses a link needs it confirmed a moment later; who passes over it, hardly.
            Need::Confirming if sign == Sign::Pressed => {
                self.dispatch(Event::<A>::Returned);
                return;
            }
            Need::Confirming => return,
            Need::Fetching => lock(&self.0.prefetching.ahead).foresee(query, sign),
        }
        match sign {
            Sign::Likely => self.go_ahead_when_idle(),
            Sign::Pointed | Sign::Pressed => self.go_ahead(),
        }
    }

    /// Something on screen waits for its answer, until what this gives is dropped.
    pub(super) fn awaiting(&self) -> Awaiting<A> {
        self.0.prefetching.awaited.fetch_add(1, Ordering::Relaxed);
        Awaiting(self.clone())
    }

    /// Goes on with prefetching once no reader waits any more.
    pub(super) fn go_ahead_when_idle(&self) {
        if lock(&self.0.prefetching.ahead).is_waiting() {
            let browser = self.clone();
            self.host().when_idle(Box::new(move || browser.go_ahead()));
        }
    }

    fn go_ahead(&self) {
        let prefetching = &self.0.prefetching;
        loop {
            // The request that is waited for calls this again afterwards.
            if self.is_writing() || prefetching.awaited.load(Ordering::Relaxed) > 0 {
                return;
            }
            let Some(query) = lock(&prefetching.ahead).begin(self.now()) else { return };
            if self.client_cache().needs(query.key(), self.clocks()) == Need::Fetching {
                self.host().spawn(Box::pin(self.clone().fetch_ahead(query)));
            } else {
                lock(&prefetching.ahead).end(&query, self.now(), None);
            }
        }
    }

    async fn fetch_ahead(self, query: AnyQuery<A>) {
        let key = query.key().clone();
        let fetching = self.fetching(&key);
        let asked = Asked { at: Some(self.clocks()), seen: self.seen() };
        let answer = query.fetch(self.host()).await.ok().filter(|answer| answer.keep && !answer.stale);
        let record = answer.map(|answer| query.record(answer, self.now()));
        let bytes = record.as_ref().map_or(0, Record::<A>::bytes);
        if let Some(record) = record {
            self.note(Tier::Signals, Outcome::Ahead, &key);
            self.dispatch(Event::<A>::CameAhead(key.clone(), record, asked));
        } else {
            // A reader would be told why, and a held answer might be shown; no reader has asked yet.
            lock(&self.0.prefetching.ahead).forget();
        }
        lock(&self.0.prefetching.ahead).end(&query, self.now(), Some(bytes));
        // Waiting readers go first.
        drop(fetching);
        self.go_ahead_when_idle();
    }
}

impl<A: App> Drop for Awaiting<A> {
    fn drop(&mut self) {
        if self.0.0.prefetching.awaited.fetch_sub(1, Ordering::Relaxed) == 1 {
            self.0.go_ahead_when_idle();
        }
    }
}

impl<A: App> Default for Prefetching<A> {
    fn default() -> Self {
        Self { ahead: Mutex::default(), awaited: AtomicUsize::new(0) }
    }
}
