//! The browser's two storages, of this site and of this tab, as texts by name.
//!
//! Storage may be switched off or full: each call returns how it went, and none panics.

use gloo_storage::{LocalStorage, SessionStorage, Storage as _};
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

/// localStorage, where [`Local::probe`] says that it is there.
pub(crate) struct Local;
/// sessionStorage, where [`OfTab::probe`] says that it is there.
pub(crate) struct OfTab;

impl Local {
    /// Whether the browser has it. Reading `window.localStorage` itself throws where storage is switched off, and
    /// gloo-storage panics there.
    pub(crate) fn probe() -> bool {
        window().local_storage().is_ok_and(|storage| storage.is_some())
    }
}

impl OfTab {
    /// Whether the browser has it.
    pub(crate) fn probe() -> bool {
        window().session_storage().is_ok_and(|storage| storage.is_some())
    }
}

impl KeyValue for Local {
    fn get(&self, name: &str) -> Option<String> {
        LocalStorage::raw().get_item(name).ok().flatten()
    }

    fn set(&self, name: &str, value: &str) -> bool {
        LocalStorage::raw().set_item(name, value).is_ok()
    }

    fn remove(&self, name: &str) {
        LocalStorage::delete(name);
    }

    fn names(&self, prefix: &str) -> Vec<String> {
        let storage = LocalStorage::raw();
        let names = (0..LocalStorage::length()).filter_map(|place| storage.key(place).ok().flatten());
        names.filter(|name| name.starts_with(prefix)).collect()
    }
}

impl KeyValue for OfTab {
    fn get(&self, name: &str) -> Option<String> {
        SessionStorage::raw().get_item(name).ok().flatten()
    }

    fn set(&self, name: &str, value: &str) -> bool {
        SessionStorage::raw().set_item(name, value).is_ok()
    }

    fn remove(&self, name: &str) {
        SessionStorage::delete(name);
    }

    fn names(&self, prefix: &str) -> Vec<String> {
        let storage = SessionStorage::raw();
        let names = (0..SessionStorage::length()).filter_map(|place| storage.key(place).ok().flatten());
        names.filter(|name| name.starts_with(prefix)).collect()
    }
}

/// What an app keeps in localStorage beside the engine's records: drafts, settings.
#[derive(Debug, Clone, Copy)]
pub struct Storage;

impl Storage {
    /// Whether the browser has it.
    pub fn is_there() -> bool {
        Local::probe()
    }

    /// The value of this name.
    pub fn get(name: &str) -> Option<String> {
        Local::probe().then(|| Local.get(name)).flatten()
    }

    /// Keeps a value. False if storage doesn't take it.
    pub fn set(name: &str, value: &str) -> bool {
        Local::probe() && Local.set(name, value)
    }

    /// Forgets a value.
    pub fn unset(name: &str) {
        if Local::probe() {
            Local.remove(name);
        }
    }

    /// Names of values that begin so.
    pub fn names(prefix: &str) -> Vec<String> {
        if Local::probe() { Local.names(prefix) } else { vec![] }
    }

    /// A value of this tab alone, which goes with it.
    pub fn of_tab(name: &str) -> Option<String> {
        OfTab::probe().then(|| OfTab.get(name)).flatten()
    }

    /// Keeps a value of this tab alone, if its storage takes it.
    pub fn set_of_tab(name: &str, value: &str) {
        if OfTab::probe() {
            OfTab.set(name, value);
        }
    }

    /// Forgets a value of this tab.
    pub fn unset_of_tab(name: &str) {
        if OfTab::probe() {
            OfTab.remove(name);
        }
    }
}
