//! The client cache's persisted half: in localStorage, one record a key.

use abreast_core::{Key, LogId, Millis, Seq};

use crate::{App, host::Host, nouns::Record, storage::KeyValue};

/// Before each key.
const PREFIX: &str = "swr-cache-";
/// After a key, where its record's time is kept: `0` when it is old.
const TIMESTAMP: &str = "-timestamp";
/// After a key, where the position is kept up to which its record is known to be true: written often, and so beside it.
const AS_OF: &str = "-as-of";
/// Which log all of it belongs to.
const LOG: &str = "swr-log";

/// What was found in localStorage.
pub(crate) struct Restored<A: App> {
    /// Records that may be shown, once they are confirmed.
    pub(crate) records: Vec<(Key, Record<A>)>,
    /// Where something stood that no version of this program wrote.
    pub(crate) unreadable: Vec<Key>,
}

/// Everything kept of this log. What belongs to another, is old or can't be read is taken out.
pub(crate) fn restore<A: App>(host: &dyn Host, log: LogId) -> Restored<A> {
    let mut restored = Restored { records: vec![], unreadable: vec![] };
    let Some(storage) = host.local() else { return restored };
    let ours = storage.get(LOG).and_then(|text| text.parse().ok()) == Some(log);
    if !ours {
        clear(host);
        storage.set(LOG, &log.to_string());
        return restored;
    }
    for key in keys(storage) {
        let key = Key::from_text(&key);
        match record::<A>(storage, &key) {
            // One that is marked old is of no use to a new page.
            Some(record) if record.stored_at == Millis(0) => remove(host, &key),
            Some(record) => restored.records.push((key, record)),
            None => {
                remove(host, &key);
                restored.unreadable.push(key);
            }
        }
    }
    restored
}

/// Writes a record and its time. False if storage would not take it.
pub(crate) fn persist<A: App>(host: &dyn Host, key: &Key, record: &Record<A>) -> bool {
    let Some(storage) = host.local() else { return true };
    let Ok(text) = serde_json::to_string(record) else { return true };
    storage.set(&name(key), &text)
        && storage.set(&as_of(key), &record.as_of.0.to_string())
        && storage.set(&timestamp(key), &record.stored_at.0.to_string())
}

/// Notes that a record which was true at `from` is so at `to`. The one kept may be another tab's.
pub(crate) fn confirm(host: &dyn Host, key: &Key, from: Seq, to: Seq) {
    let Some(storage) = host.local() else { return };
    if let Some(kept) = position(storage, key)
        && kept.confirmed(from, to) != kept
    {
        storage.set(&as_of(key), &to.0.to_string());
    }
}

/// Marks a record as old.
pub(crate) fn mark_old(host: &dyn Host, key: &Key) {
    if let Some(storage) = host.local()
        && storage.get(&name(key)).is_some()
    {
        storage.set(&timestamp(key), "0");
    }
}

/// Takes a record out.
pub(crate) fn remove(host: &dyn Host, key: &Key) {
    if let Some(storage) = host.local() {
        storage.remove(&name(key));
        storage.remove(&timestamp(key));
        storage.remove(&as_of(key));
    }
}

/// Takes all records out; the app's own values stay.
pub(crate) fn clear(host: &dyn Host) {
    let Some(storage) = host.local() else { return };
    for key in keys(storage) {
        remove(host, &Key::from_text(&key));
    }
}

fn keys(storage: &dyn KeyValue) -> Vec<String> {
    let is_record = |name: &String| !name.ends_with(TIMESTAMP) && !name.ends_with(AS_OF);
    let names = storage.names(PREFIX).into_iter().filter(is_record);
    names.map(|name| name[PREFIX.len()..].to_owned()).collect()
}

/// A record with its time.
fn record<A: App>(storage: &dyn KeyValue, key: &Key) -> Option<Record<A>> {
    let text = storage.get(&name(key))?;
    let time = storage.get(&timestamp(key))?;
    let record = serde_json::from_str::<Record<A>>(&text).ok()?;
    let as_of = position(storage, key).map_or(record.as_of, |confirmed| confirmed.max(record.as_of));
    Some(Record::<A> { stored_at: Millis(time.parse().ok()?), as_of, ..record })
}

fn position(storage: &dyn KeyValue, key: &Key) -> Option<Seq> {
    storage.get(&as_of(key))?.parse().ok().map(Seq)
}

fn name(key: &Key) -> String {
    format!("{PREFIX}{key}")
}

fn timestamp(key: &Key) -> String {
    format!("{PREFIX}{key}{TIMESTAMP}")
}

fn as_of(key: &Key) -> String {
    format!("{PREFIX}{key}{AS_OF}")
}
