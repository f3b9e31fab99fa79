//! The screen: for each key, when it should ask again, whether its answer must leave, and its layers.

use std::{
    any::Any,
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex},
};

use abreast_core::{Key, Layers, Query, Seq};
use leptos::prelude::*;

use super::{Browser, lock};
use crate::{App, nouns::Event, showing};

/// What is on screen, and what is told to it.
#[derive(Default)]
pub(super) struct Screen {
    watched: Mutex<HashMap<Key, Watched>>,
    /// The keys on screen, and how many times each.
    keys: Mutex<BTreeMap<Key, usize>>,
}

/// What the screen shows of a key.
#[derive(Clone)]
struct Watched {
    /// Goes up when the screen should ask again.
    version: ArcRwSignal<u32>,
    /// It must leave the screen at once.
    gone: ArcRwSignal<bool>,
    /// `ArcRwSignal<Layers<Q::Output>>` of the query with this key.
    layers: Option<Arc<dyn Any + Send + Sync>>,
}

/// A key on screen.
pub(crate) struct OnScreen<A: App>(Browser<A>, Key);

impl<A: App> Browser<A> {
    /// A key is on screen until what this gives is dropped.
    pub(crate) fn show(&self, key: Key) -> OnScreen<A> {
        *lock(&self.0.screen.keys).entry(key.clone()).or_default() += 1;
        self.dispatch(Event::<A>::OnScreen(key.clone()));
        self.say_what_is_shown();
        OnScreen(self.clone(), key)
    }

    /// Goes up when the screen should ask for a key again.
    pub(crate) fn version(&self, key: &Key) -> ArcRwSignal<u32> {
        self.0.screen.watched(key, |watched| watched.version.clone())
    }

    /// Whether the answer to a key must leave the screen at once.
    pub(crate) fn gone(&self, key: &Key) -> ArcRwSignal<bool> {
        self.0.screen.watched(key, |watched| watched.gone.clone())
    }

    /// The layers over a query's answer.
    pub(crate) fn layers<Q: Query>(&self, key: &Key) -> ArcRwSignal<Layers<Q::Output>> {
        self.0.screen.watched(key, |watched| {
            let known =
                watched.layers.clone().and_then(|layers| layers.downcast::<ArcRwSignal<Layers<Q::Output>>>().ok());
            known.map_or_else(
                || {
                    let layers = ArcRwSignal::new(Layers::default());
                    watched.layers = Some(Arc::new(layers.clone()));
                    layers
                },
                |layers| (*layers).clone(),
            )
        })
    }

    /// What an answer contains needs no layer any more.
    pub(super) fn confirm_layers<Q: Query>(&self, key: &Key, as_of: Seq) {
        let layers = self.layers::<Q>(key);
        if layers.with_untracked(|layers| !layers.is_empty()) {
            layers.update(|layers| layers.confirm(as_of));
        }
    }

    pub(super) fn ask_again(&self, key: &Key) {
        let watched = lock(&self.0.screen.watched).get(key).map(|watched| watched.version.clone());
        if let Some(version) = watched {
            version.update(|version| *version += 1);
        }
    }

    pub(super) fn must_leave(&self, key: &Key) {
        self.gone(key).set(true);
    }

    pub(super) fn may_stay(&self, key: &Key) {
        let gone = self.gone(key);
        if gone.get_untracked() {
            gone.set(false);
        }
    }

    pub(super) fn is_on_screen(&self, key: &Key) -> bool {
        lock(&self.0.screen.keys).contains_key(key)
    }

    fn say_what_is_shown(&self) {
        showing::shows(lock(&self.0.screen.keys).keys());
    }
}

impl Screen {
    fn watched<T>(&self, key: &Key, look: impl FnOnce(&mut Watched) -> T) -> T {
        let mut watched = lock(&self.watched);
        look(watched.entry(key.clone()).or_insert_with(|| Watched {
            version: ArcRwSignal::new(0),
            gone: ArcRwSignal::new(false),
            layers: None,
        }))
    }
}

impl<A: App> Drop for OnScreen<A> {
    fn drop(&mut self) {
        let mut keys = lock(&self.0.0.screen.keys);
        if let Some(times) = keys.get_mut(&self.1) {
            *times -= 1;
            if *times == 0 {
                keys.remove(&self.1);
            }
        }
        let is_gone = !keys.contains_key(&self.1);
        drop(keys);
        if is_gone {
            self.0.dispatch(Event::<A>::OffScreen(self.1.clone()));
        }
        self.0.say_what_is_shown();
    }
}
