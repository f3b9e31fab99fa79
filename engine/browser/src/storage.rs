//! The browser's two storages, of this site and of this tab, as texts by name.
//!
//! Storage may be switched off or full: each call returns how it went, and none panics.

use std::marker::PhantomData;

use gloo_storage::{LocalStorage, SessionStorage};
use leptos::prelude::window;

/// Texts by name.
pub(crate) trait KeyValue {
    /// The text of this name.
    fn get(&self, name: &str) -> Option<String>;
    /// Keeps a text. False if storage doesn't take it.
    fn set(&self, name: &str, value: &str) -> bool;
    /// Forgets a text.
    fn remove(&self, name: &str);
    /// Names that begin so.
    fn names(&self, prefix: &str) -> Vec<String>;
}

/// One of the two, where its probe says that it is there.
pub(crate) struct Probed<S>(PhantomData<fn(S)>);

/// localStorage.
pub(crate) type Local = Probed<LocalStorage>;
/// sessionStorage.
pub(crate) type OfTab = Probed<SessionStorage>;

impl Local {
    /// It, if the browser has it. Reading `window.localStorage` itself throws where storage is switched off, and
    /// gloo-storage panics there.
    pub(crate) fn probe() -> Option<&'static Self> {
        window().local_storage().is_ok_and(|storage| storage.is_some()).then_some(&Probed(PhantomData))
    }
}

impl OfTab {
    /// It, if the browser has it.
    pub(crate) fn probe() -> Option<&'static Self> {
        window().session_storage().is_ok_and(|storage| storage.is_some()).then_some(&Probed(PhantomData))
    }
}

impl<S: gloo_storage::Storage> KeyValue for Probed<S> {
    fn get(&self, name: &str) -> Option<String> {
        S::raw().get_item(name).ok().flatten()
    }

    fn set(&self, name: &str, value: &str) -> bool {
        S::raw().set_item(name, value).is_ok()
    }

    fn remove(&self, name: &str) {
        S::delete(name);
    }

    fn names(&self, prefix: &str) -> Vec<String> {
        let storage = S::raw();
        let names = (0..S::length()).filter_map(|place| storage.key(place).ok().flatten());
        names.filter(|name| name.starts_with(prefix)).collect()
    }
}

/// What an app keeps in localStorage beside the engine's records: drafts, settings.
#[derive(Debug, Clone, Copy)]
pub struct Storage;

impl Storage {
    /// Whether the browser has it.
    pub fn is_there() -> bool {
        Local::probe().is_some()
    }

    /// The value of this name.
    pub fn get(name: &str) -> Option<String> {
        Local::probe()?.get(name)
    }

    /// Keeps a value. False if storage doesn't take it.
    pub fn set(name: &str, value: &str) -> bool {
        Local::probe().is_some_and(|storage| storage.set(name, value))
    }

    /// Forgets a value.
    pub fn unset(name: &str) {
        if let Some(storage) = Local::probe() {
            storage.remove(name);
        }
    }

    /// Names of values that begin so.
    pub fn names(prefix: &str) -> Vec<String> {
        Local::probe().map(|storage| storage.names(prefix)).unwrap_or_default()
    }

    /// A value of this tab alone, which goes with it.
    pub fn of_tab(name: &str) -> Option<String> {
        OfTab::probe()?.get(name)
    }

    /// Keeps a value of this tab alone, if its storage takes it.
    pub fn set_of_tab(name: &str, value: &str) {
        if let Some(storage) = OfTab::probe() {
            storage.set(name, value);
        }
    }

    /// Forgets a value of this tab.
    pub fn unset_of_tab(name: &str) {
        if let Some(storage) = OfTab::probe() {
            storage.remove(name);
        }
    }
}
