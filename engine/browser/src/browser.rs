//! A tab's tiers, and the effect runner of its client cache: it asks the server, writes localStorage, and wakes the
//! screen.

mod lifecycle;
mod read;
mod fetching;
mod waiting;
mod effects;
mod screen;
mod writes;
mod prefetching;
mod session;
mod staying;
mod renewing;

mod applied;
mod counts;
mod alerts;
mod sampling;

#[cfg(test)]
mod tests;

use std::{
    sync::{
        Arc, Mutex, MutexGuard, OnceLock, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use abreast_core::{
    Clocks, Holding, Key, LogId, Millis,
    observe::{Why, alert::Alerts, metrics::Recorder},
};
use leptos::prelude::{expect_context, provide_context};

pub use self::applied::{Applied, ToldBy};
pub(crate) use self::screen::OnScreen;
pub use self::staying::Confirming;
use self::{
    applied::Log, fetching::Fetches, prefetching::Prefetching, renewing::Renewing, sampling::Sampling, screen::Screen,
    session::Ending, staying::Staying, waiting::Waiting, writes::Writes,
};
use crate::{
    App, Boot,
    host::{Host, Window},
    live::Events,
    nouns::{ClientCache, Tag, Viewer},
};

/// Bytes the client cache may take in localStorage. Browsers grant about five million characters.
const BUDGET: usize = 2_500_000;

/// This tab's tiers. On the server they stay empty: there, questions go to the tiers of the node.
pub struct Browser<A: App>(Arc<Inner<A>>);

struct Inner<A: App> {
    boot: Boot<A>,
    host: Box<dyn Host>,
    client_cache: Mutex<ClientCache<A>>,
    waiting: Waiting,
    fetches: Fetches,
    screen: Screen,
    writes: Writes<A>,
    prefetching: Prefetching<A>,
    /// This tab's part in the live connection.
    live: OnceLock<Events<A::Nouns>>,
    ending: Ending,
    staying: Staying,
    renewing: Renewing,
    recorder: Mutex<Recorder>,
    alerts: Mutex<Alerts>,
    applied: Mutex<Log>,
    sampling: Mutex<Sampling<A>>,
}

impl<A: App> Browser<A> {
    /// This tab's tiers, empty until [`Self::restore`].
    pub fn provide(boot: Boot<A>) -> Self {
        let browser = Self::in_host(boot, Box::new(Window));
        provide_context(browser.clone());
        browser
    }

    /// This tab's tiers.
    pub fn current() -> Self {
        expect_context()
    }

    fn in_host(boot: Boot<A>, host: Box<dyn Host>) -> Self {
        let client_cache = Mutex::new(ClientCache::<A>::new(boot.viewer, BUDGET));
        Self(Arc::new(Inner {
            boot,
            host,
            client_cache,
            waiting: Waiting::default(),
            fetches: Fetches::default(),
            screen: Screen::default(),
            writes: Writes::default(),
            prefetching: Prefetching::default(),
            live: OnceLock::new(),
            ending: Ending::default(),
            staying: Staying::default(),
            renewing: Renewing::default(),
            recorder: Mutex::default(),
            alerts: Mutex::default(),
            applied: Mutex::default(),
            sampling: Mutex::default(),
        }))
    }

    /// What the client cache holds.
    pub fn holdings(&self) -> Vec<Holding<A::Nouns>> {
        self.client_cache().holdings().collect()
    }

    /// Why the answer held for a key is judged as it is.
    pub fn explain(&self, key: &Key) -> Option<Why<Tag<A>>> {
        self.client_cache().explain(key)
    }

    /// The client cache's budget in bytes.
    pub const fn budget() -> usize {
        BUDGET
    }

    /// Reads or changes this tab's counts.
    pub fn with_recorder<T>(&self, look: impl FnOnce(&mut Recorder) -> T) -> T {
        look(&mut lock(&self.0.recorder))
    }

    /// Who is looking.
    pub fn viewer(&self) -> Option<Viewer<A>> {
        self.0.boot.viewer
    }

    /// Which log the server follows.
    pub fn log(&self) -> LogId {
        self.0.boot.log
    }

    fn host(&self) -> &dyn Host {
        &*self.0.host
    }

    /// The time, by this browser's clocks.
    pub fn clocks(&self) -> Clocks {
        self.host().clocks()
    }

    fn now(&self) -> Millis {
        self.clocks().wall
    }

    /// Does this later, once for however often it is asked for until then.
    fn once_later(&self, due: fn(&Inner<A>) -> &AtomicBool, after: Duration, run: fn(&Self)) {
        if due(&self.0).swap(true, Ordering::Relaxed) {
            return;
        }
        let browser = self.clone();
        let run = move || {
            due(&browser.0).store(false, Ordering::Relaxed);
            run(&browser);
        };
        self.host().later(after, Box::new(run));
    }

    fn client_cache(&self) -> MutexGuard<'_, ClientCache<A>> {
        lock(&self.0.client_cache)
    }
}

impl<A: App> Clone for Browser<A> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
