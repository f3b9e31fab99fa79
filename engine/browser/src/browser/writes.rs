//! This tab's mutations: they take turns, and what is told meanwhile waits for their answers.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use abreast_core::{Asked, Clocks, Seq};

use super::{Browser, ToldBy, lock};
use crate::{
    App, live,
    nouns::{Directive, Event, Fresh, LineEvent, Receipt, Record},
};

/// How long an answer may take before the messages of that time are applied all the same: Δ.
const WAIT_FOR_OWN: Duration = Duration::from_secs(1);

/// The mutations of this tab.
pub(super) struct Writes<A: App> {
    turns: Mutex<HashMap<&'static str, Turns>>,
    under_way: AtomicUsize,
    /// What was told while one was under way.
    deferred_invalidations: Mutex<Vec<(Seq, Vec<Directive<A>>)>>,
}

/// The one that holds it may send; the others wait in line.
pub(crate) type Turns = Arc<tokio::sync::Mutex<()>>;

/// A mutation under way.
pub(crate) struct Writing<A: App>(Browser<A>);

impl<A: App> Browser<A> {
    /// A mutation of this tab is under way until what this gives is dropped.
    pub(crate) fn writing(&self) -> Writing<A> {
        self.0.writes.under_way.fetch_add(1, Ordering::Relaxed);
        Writing(self.clone())
    }

    /// The line in which calls of a server function wait.
    pub(crate) fn turns(&self, function: &'static str) -> Turns {
        Arc::clone(lock(&self.0.writes.turns).entry(function).or_default())
    }

    /// A mutation of this tab was acknowledged: nothing is shown before this is done (rule 5).
    ///
    /// What the answer brought along is on screen without another question; it was sent for then.
    pub fn changed(&self, receipt: &Receipt<A>, fresh: Vec<Fresh<A>>, sent: Option<Clocks>) {
        self.note_applied(receipt.seq, ToldBy::Answer);
        self.dispatch(Event::<A>::Changed(receipt.seq, receipt.directives.clone()));
        let asked = Asked { at: sent, seen: receipt.seq };
        for Fresh::<A> { key, record } in fresh {
            let record = Record::<A> { stored_at: self.now(), ..record };
            self.dispatch(Event::<A>::Answered(key, record, asked));
        }
        if let Some(live) = self.0.live.get() {
            live::happen(live, LineEvent::<A>::Wrote(receipt.clone()));
        }
    }

    /// A commit was heard of. It may well be this tab's own: then the answer must say so first. Else a person who
    /// deletes the thing on screen would read that it is gone, instead of that the deletion is done.
    pub(crate) fn told(&self, seq: Seq, directives: Vec<Directive<A>>) {
        if self.ends_session(&directives) {
            self.close_session();
        } else if self.is_writing() {
            lock(&self.0.writes.deferred_invalidations).push((seq, directives));
            let browser = self.clone();
            self.host().later(WAIT_FOR_OWN, Box::new(move || browser.apply_deferred()));
        } else {
            self.note_applied(seq, ToldBy::Line);
            self.dispatch(Event::<A>::Changed(seq, directives));
        }
    }

    pub(super) fn is_writing(&self) -> bool {
        self.0.writes.under_way.load(Ordering::Relaxed) > 0
    }

    fn apply_deferred(&self) {
        let deferred = std::mem::take(&mut *lock(&self.0.writes.deferred_invalidations));
        for (seq, directives) in deferred {
            self.note_applied(seq, ToldBy::Line);
            self.dispatch(Event::<A>::Changed(seq, directives));
        }
    }
}

impl<A: App> Drop for Writing<A> {
    fn drop(&mut self) {
        if self.0.0.writes.under_way.fetch_sub(1, Ordering::Relaxed) == 1 {
            self.0.apply_deferred();
            self.0.go_ahead_when_idle();
        }
    }
}

impl<A: App> Default for Writes<A> {
    fn default() -> Self {
        Self { turns: Mutex::default(), under_way: AtomicUsize::new(0), deferred_invalidations: Mutex::default() }
    }
}
