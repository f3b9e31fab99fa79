//! What the screen shows with a mark, and what it could not get, because no server could be asked: it is tried again.
//!
//! A tab whose line is dead asks every five seconds anyway. An interruption may be shorter than it takes to notice that.

use std::{
    collections::BTreeSet,
    mem,
    sync::{Mutex, atomic::AtomicBool},
    time::Duration,
};

use abreast_core::Key;

use super::{Browser, lock};
use crate::{App, nouns::Event};

/// How long after a failure.
const AGAIN: Duration = Duration::from_secs(5);

/// What is to be tried again.
#[derive(Default)]
pub(super) struct Renewing {
    failed: Mutex<BTreeSet<Key>>,
    due: AtomicBool,
}

impl<A: App> Browser<A> {
    /// No server could be asked for this, and nothing is held.
    pub(super) fn failed(&self, key: &Key) {
        lock(&self.0.renewing.failed).insert(key.clone());
        self.renew_soon();
    }

    /// Tries again, as long as it is on screen.
    pub(super) fn renew_soon(&self) {
        self.once_later(
            |inner| &inner.renewing.due,
            AGAIN,
            |browser| {
                // A tab that is hidden or offline asks nothing, and everything when it is back.
                if browser.host().is_in_front() && browser.host().is_online() {
                    browser.renew();
                }
            },
        );
    }

    /// A server may be there again: what has a mark is confirmed, and what could not be had is asked for.
    pub(crate) fn renew(&self) {
        self.ask_failed_again();
        if self.client_cache().shows_marked() {
            self.dispatch(Event::<A>::Returned);
        }
    }

    pub(super) fn ask_failed_again(&self) {
        let failed = mem::take(&mut *lock(&self.0.renewing.failed));
        for key in failed {
            if self.is_on_screen(&key) {
                self.ask_again(&key);
            }
        }
    }
}
