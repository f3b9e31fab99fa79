//! Held answers are confirmed up to all that this browser has seen, so that they can be shown without a network: what
//! lies below Seen is not (rule 9).

use std::{
    sync::atomic::{AtomicBool, AtomicUsize, Ordering},
    time::Duration,
};

use super::Browser;
use crate::{App, nouns::Event};

/// How soon after more was seen. A page asks for a few things at once, and the person may go on at once.
const SETTLED: Duration = Duration::from_secs(2);

/// Whether held answers are to be confirmed.
#[derive(Default)]
pub(super) struct Staying {
    pages: AtomicUsize,
    due: AtomicBool,
}

/// Held answers are confirmed each time that more was seen, until this is dropped.
pub struct Confirming<A: App>(Browser<A>);

impl<A: App> Browser<A> {
    /// A person may want to open what is held without a network: it is confirmed by one small question a moment after
    /// more was seen, until what this gives is dropped.
    pub fn stay_confirmed(&self) -> Confirming<A> {
        self.0.staying.pages.fetch_add(1, Ordering::Relaxed);
        self.confirm_soon();
        Confirming(self.clone())
    }

    pub(super) fn confirm_soon(&self) {
        if self.stays_confirmed() {
            self.once_later(
                |inner| &inner.staying.due,
                SETTLED,
                |browser| {
                    if browser.stays_confirmed() && browser.client_cache().lags() {
                        browser.dispatch(Event::<A>::Returned);
                    }
                },
            );
        }
    }

    fn stays_confirmed(&self) -> bool {
        self.0.staying.pages.load(Ordering::Relaxed) > 0
    }
}

impl<A: App> Drop for Confirming<A> {
    fn drop(&mut self) {
        self.0.0.staying.pages.fetch_sub(1, Ordering::Relaxed);
    }
}
