//! localStorage: the client cache's persisted half, one record a key.
//!
//! Storage may be switched off, full, or hold other programs' texts: each call returns how it went, and none panics.

use domain::{Key, LogId, Millis, Record};
use leptos::prelude::window;
use wasm_bindgen::JsCast;

/// Before each key.
const PREFIX: &str = "swr-cache-";
/// After a key, where its record's time is kept: `0` when it is old.
const TIMESTAMP: &str = "-timestamp";
/// Which log all of it belongs to.
const LOG: &str = "swr-log";

/// localStorage, if the browser has it.
#[derive(Debug, Clone, Copy)]
pub struct Storage;

/// What was found in localStorage.
#[derive(Debug, Default)]
pub struct Restored {
    /// Records that may be shown, once they are confirmed.
    pub records: Vec<(Key, Record)>,
    /// Where something stood that no version of ours wrote.
    pub unreadable: Vec<Key>,
}

impl Storage {
    /// Whether the browser has it.
    pub fn is_there() -> bool {
        raw().is_some()
    }

    /// Everything kept of this log. What belongs to another, is old or can't be read is taken out.
    pub fn restore(log: LogId) -> Restored {
        let mut restored = Restored::default();
        let Some(storage) = raw() else { return restored };
        let ours = storage.get_item(LOG).ok().flatten().and_then(|text| text.parse().ok()) == Some(log);
        if !ours {
            Self::clear();
            storage.set_item(LOG, &log.to_string()).ok();
            return restored;
        }
        for key in Self::keys() {
            let key = Key::from_text(&key);
            match Self::record(&storage, &key) {
                // One that is marked old is of no use to a new page.
                Some(record) if record.stored_at == Millis(0) => Self::remove(&key),
                Some(record) => restored.records.push((key, record)),
                None => {
                    Self::remove(&key);
                    restored.unreadable.push(key);
                }
            }
        }
        restored
    }

    /// Writes a record and its time. False if storage would not take it.
    pub fn persist(key: &Key, record: &Record) -> bool {
        let Some(storage) = raw() else { return true };
        let Ok(text) = serde_json::to_string(record) else { return true };
        let time = record.stored_at.0.to_string();
        storage.set_item(&name(key), &text).and_then(|()| storage.set_item(&timestamp(key), &time)).is_ok()
    }

    /// Marks a record as old.
    pub fn mark_old(key: &Key) {
        if let Some(storage) = raw()
            && storage.get_item(&name(key)).is_ok_and(|text| text.is_some())
        {
            storage.set_item(&timestamp(key), "0").ok();
        }
    }

    /// Takes a record out.
    pub fn remove(key: &Key) {
        if let Some(storage) = raw() {
            storage.remove_item(&name(key)).ok();
            storage.remove_item(&timestamp(key)).ok();
        }
    }

    /// Takes all records out; drafts and settings stay.
    pub fn clear() {
        for key in Self::keys() {
            Self::remove(&Key::from_text(&key));
        }
    }

    /// A value of ours that is no record: a draft, a setting.
    pub fn get(name: &str) -> Option<String> {
        raw()?.get_item(name).ok().flatten()
    }

    /// Keeps a value that is no record. False if storage would not take it.
    pub fn set(name: &str, value: &str) -> bool {
        raw().is_some_and(|storage| storage.set_item(name, value).is_ok())
    }

    /// Forgets a value that is no record.
    pub fn unset(name: &str) {
        if let Some(storage) = raw() {
            storage.remove_item(name).ok();
        }
    }

    /// A value of this tab alone, which goes with it.
    pub fn of_tab(name: &str) -> Option<String> {
        tabs()?.get_item(name).ok().flatten()
    }

    /// Keeps a value of this tab alone, if its storage takes it.
    pub fn set_of_tab(name: &str, value: &str) {
        if let Some(storage) = tabs() {
            storage.set_item(name, value).ok();
        }
    }

    /// Forgets a value of this tab.
    pub fn unset_of_tab(name: &str) {
        if let Some(storage) = tabs() {
            storage.remove_item(name).ok();
        }
    }

    /// Names of values that begin so.
    pub fn names(prefix: &str) -> Vec<String> {
        let Some(storage) = raw() else { return vec![] };
        let count = storage.length().unwrap_or(0);
        (0..count)
            .filter_map(|place| storage.key(place).ok().flatten())
            .filter(|name| name.starts_with(prefix))
            .collect()
    }

    fn keys() -> Vec<String> {
        let names = Self::names(PREFIX).into_iter().filter(|name| !name.ends_with(TIMESTAMP));
        names.map(|name| name[PREFIX.len()..].to_owned()).collect()
    }

    /// A record with its time.
    fn record(storage: &web_sys::Storage, key: &Key) -> Option<Record> {
        let text = storage.get_item(&name(key)).ok()??;
        let time = storage.get_item(&timestamp(key)).ok()??;
        let record = serde_json::from_str::<Record>(&text).ok()?;
        Some(Record { stored_at: Millis(time.parse().ok()?), ..record })
    }
}

/// Sets a cookie that scripts may see.
pub(super) fn set_cookie(cookie: &str) {
    if let Some(document) = document() {
        document.set_cookie(cookie).ok();
    }
}

/// A cookie's value.
pub(super) fn get_cookie(name: &str) -> Option<String> {
    let cookies = document()?.cookie().ok()?;
    cookies.split("; ").find_map(|cookie| cookie.strip_prefix(name)?.strip_prefix('=').map(str::to_owned))
}

fn document() -> Option<web_sys::HtmlDocument> {
    window().document()?.dyn_into().ok()
}

/// Reading `window.localStorage` itself throws where storage is switched off.
fn raw() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}

fn tabs() -> Option<web_sys::Storage> {
    window().session_storage().ok().flatten()
}

fn name(key: &Key) -> String {
    format!("{PREFIX}{key}")
}

fn timestamp(key: &Key) -> String {
    format!("{PREFIX}{key}{TIMESTAMP}")
}
