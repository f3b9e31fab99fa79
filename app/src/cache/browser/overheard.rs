//! Messages to this tab while a mutation of its own is under way.

use std::{sync::atomic::Ordering, time::Duration};

use domain::{Directive, Event, Seq};
use leptos::prelude::set_timeout;

use super::{Browser, ToldBy, lock};

/// How long an answer may take before the messages of that time are applied all the same: Δ.
const WAIT_FOR_OWN: Duration = Duration::from_secs(1);

/// A mutation under way.
pub(in crate::cache) struct Writing(Browser);

impl Browser {
    /// A commit was heard of. It may well be this tab's own: then the answer must say so first. Else a person who
    /// deletes the thing on screen would read that it is gone, instead of that the deletion is done.
    pub(in crate::cache) fn told(&self, seq: Seq, directives: Vec<Directive>) {
        if self.ends_session(&directives) {
            self.close_session();
        } else if self.0.writing.load(Ordering::Relaxed) == 0 {
            self.note_applied(seq, ToldBy::Line);
            self.dispatch(Event::Changed(seq, directives));
        } else {
            lock(&self.0.overheard).push((seq, directives));
            let browser = self.clone();
            set_timeout(move || browser.catch_up_on_overheard(), WAIT_FOR_OWN);
        }
    }

    fn catch_up_on_overheard(&self) {
        for (seq, directives) in std::mem::take(&mut *lock(&self.0.overheard)) {
            self.note_applied(seq, ToldBy::Line);
            self.dispatch(Event::Changed(seq, directives));
        }
    }

    /// A mutation of this tab is under way until what this gives is dropped.
    pub(in crate::cache) fn writing(&self) -> Writing {
        self.0.writing.fetch_add(1, Ordering::Relaxed);
        Writing(self.clone())
    }
}

impl Drop for Writing {
    fn drop(&mut self) {
        if self.0.0.writing.fetch_sub(1, Ordering::Relaxed) == 1 {
            self.0.catch_up_on_overheard();
            self.0.go_ahead_when_idle();
        }
    }
}
