//! The screen: for each key, when it should ask again, whether its answer must leave, and its layers.

use std::{any::Any, sync::Arc};

use domain::{Key, Layers, Query, Seq};
use leptos::prelude::*;

use super::{Browser, lock};
use crate::showing;

/// What the screen shows of a key.
#[derive(Clone)]
pub(super) struct Watched {
    /// Goes up when the screen should ask again.
    version: ArcRwSignal<u32>,
    /// It must leave the screen at once.
    gone: ArcRwSignal<bool>,
    /// `ArcRwSignal<Layers<Q::Output>>` of the query with this key.
    layers: Option<Arc<dyn Any + Send + Sync>>,
}

/// A key on screen.
pub(in crate::cache) struct OnScreen(Browser, Key);

impl Browser {
    /// A key is on screen until what this gives is dropped.
    pub(in crate::cache) fn show(&self, key: Key) -> OnScreen {
        *lock(&self.0.on_screen).entry(key.clone()).or_default() += 1;
        self.say_what_is_shown();
        OnScreen(self.clone(), key)
    }

    /// Goes up when the screen should ask for a key again.
    pub(in crate::cache) fn version(&self, key: &Key) -> ArcRwSignal<u32> {
        self.watched(key, |watched| watched.version.clone())
    }

    /// Whether the answer to a key must leave the screen at once.
    pub(in crate::cache) fn gone(&self, key: &Key) -> ArcRwSignal<bool> {
        self.watched(key, |watched| watched.gone.clone())
    }

    /// The layers over a query's answer.
    pub(in crate::cache) fn layers<Q: Query>(&self, key: &Key) -> ArcRwSignal<Layers<Q::Output>> {
        self.watched(key, |watched| {
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
        let watched = lock(&self.0.watched).get(key).map(|watched| watched.version.clone());
        if let Some(version) = watched {
            version.update(|version| *version += 1);
        }
    }

    fn say_what_is_shown(&self) {
        showing::shows(lock(&self.0.on_screen).keys());
    }

    fn watched<T>(&self, key: &Key, look: impl FnOnce(&mut Watched) -> T) -> T {
        let mut watched = lock(&self.0.watched);
        look(watched.entry(key.clone()).or_insert_with(|| Watched {
            version: ArcRwSignal::new(0),
            gone: ArcRwSignal::new(false),
            layers: None,
        }))
    }
}

impl Drop for OnScreen {
    fn drop(&mut self) {
        let mut on_screen = lock(&self.0.0.on_screen);
        if let Some(times) = on_screen.get_mut(&self.1) {
            *times -= 1;
            if *times == 0 {
                on_screen.remove(&self.1);
            }
        }
        drop(on_screen);
        self.0.say_what_is_shown();
    }
}
