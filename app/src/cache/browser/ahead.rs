//! Prefetch ([`domain::Ahead`]), while no reader waits for an answer.

use std::{sync::atomic::Ordering, time::Duration};

use domain::{Asked, Event, Key, Need, Outcome, Record, Sign, Tier};
use leptos::{prelude::*, task::spawn_local};
use tokio::sync::oneshot;

use super::{Browser, clocks, lock, now};
use crate::destination::Question;

/// Where a browser doesn't tell when it is idle, it is taken to be so after this.
const SURELY_IDLE: Duration = Duration::from_millis(200);

/// Something on screen waits for its answer.
pub(super) struct Awaiting(Browser);

impl Browser {
    /// This question is likely to come soon: its answer is fetched, unless it is here.
    pub(in crate::cache) fn foresee(&self, question: Question, sign: Sign) {
        let need = self.client_cache().needs(&question.key(), clocks());
        match need {
            Need::Nothing => return,
            // Who presses a link needs it confirmed a moment later; who passes over it, hardly.
            Need::Confirming if sign == Sign::Pressed => {
                self.dispatch(Event::Returned);
                return;
            }
            Need::Confirming => return,
            Need::Fetching => lock(&self.0.ahead).foresee(question, sign),
        }
        match sign {
            Sign::Likely => self.go_ahead_when_idle(),
            Sign::Pointed | Sign::Pressed => self.go_ahead(),
        }
    }

    /// Something on screen waits for its answer, until what this gives is dropped.
    pub(super) fn awaiting(&self) -> Awaiting {
        self.0.awaited.fetch_add(1, Ordering::Relaxed);
        Awaiting(self.clone())
    }

    /// Waits for an answer that is on its way already. What came is judged like anything held: it may
    /// have been asked too long ago.
    pub(super) async fn arrival(&self, key: &Key) {
        let arrived = lock(&self.0.coming).get_mut(key).map(|waiting| {
            let (tell, told) = oneshot::channel();
            waiting.push(tell);
            told
        });
        if let Some(arrived) = arrived {
            // It ends without a word, however it ends.
            arrived.await.ok();
        }
    }

    /// Goes on with prefetching once no reader waits any more.
    pub(super) fn go_ahead_when_idle(&self) {
        if !lock(&self.0.ahead).is_waiting() {
            return;
        }
        let (browser, later) = (self.clone(), self.clone());
        // Safari doesn't tell.
        if request_idle_callback_with_handle(move || browser.go_ahead()).is_err() {
            set_timeout(move || later.go_ahead(), SURELY_IDLE);
        }
    }

    fn go_ahead(&self) {
        loop {
            // The request that is waited for calls this again afterwards.
            if self.0.awaited.load(Ordering::Relaxed) + self.0.writing.load(Ordering::Relaxed) > 0 {
                return;
            }
            let Some(question) = lock(&self.0.ahead).begin(now()) else { return };
            if self.client_cache().needs(&question.key(), clocks()) == Need::Fetching {
                spawn_local(self.clone().fetch_ahead(question));
            } else {
                lock(&self.0.ahead).end(&question, now(), None);
            }
        }
    }

    async fn fetch_ahead(self, question: Question) {
        let key = question.key();
        lock(&self.0.coming).insert(key.clone(), vec![]);
        let asked = Asked { at: Some(clocks()), seen: self.seen() };
        let answer = question.clone().ask().await;
        let bytes = answer.as_ref().ok().and_then(Option::as_ref).map_or(0, Record::bytes);
        match answer {
            Ok(Some(record)) => {
                self.note(Tier::Signals, Outcome::Ahead, &key);
                self.dispatch(Event::CameAhead(key.clone(), record, asked));
            }
            // A reader would be told why, and a held answer might be shown; no reader has asked yet.
            Ok(None) | Err(_) => lock(&self.0.ahead).forget(),
        }
        lock(&self.0.ahead).end(&question, now(), Some(bytes));
        // Waiting readers go first.
        lock(&self.0.coming).remove(&key);
        self.go_ahead_when_idle();
    }
}

impl Drop for Awaiting {
    fn drop(&mut self) {
        if self.0.0.awaited.fetch_sub(1, Ordering::Relaxed) == 1 {
            self.0.go_ahead_when_idle();
        }
    }
}
