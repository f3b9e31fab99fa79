//! One round trip: a mutation's answer carries what its asker has on screen and is old by it.
//!
//! The browser names what it shows in a header; after the commit each of those that the commit made
//! old is read through the tiers, as if it had been asked for next, and by the same rules of access.

use domain::{Changed, Fresh, Key, Receipt, Record};
use http::request::Parts;
use leptos::prelude::use_context;
use store::{Load, Store};

use crate::{
    asker::Asker,
    question::{Question, Visit},
    respond::store,
};

/// The most answers that one answer carries: a screen shows two or three.
const MOST: usize = 6;

/// Adds to a mutation's answer what its asker shows and is old by it. Nothing here can fail it: what
/// is missing, the browser asks for.
pub(crate) async fn carry<T>(changed: Changed<T>) -> Changed<T> {
    let Some(request) = use_context::<Parts>() else { return changed };
    let Some(shown) = request.headers.get(abreast_browser::SHOWING_HEADER).and_then(|shown| shown.to_str().ok()) else {
        return changed;
    };
    let (store, viewer) = (store(), Asker::current().viewer.map(|viewer| viewer.user));
    let mut fresh = vec![];
    for key in shown.split(' ').take(MOST).map(Key::from_text) {
        let again = Again { store: &store, receipt: changed.record() };
        fresh.extend(Question::new(&key, viewer).visit(&again).await.ok().flatten());
    }
    changed.carrying(fresh)
}

/// Answers a question anew, if this commit made its answer old.
struct Again<'a> {
    store: &'a Store,
    receipt: &'a Receipt,
}

impl Visit for Again<'_> {
    type Output = Option<Fresh>;

    async fn visit<Q: Load>(&self, query: &Q) -> Option<Fresh> {
        let fetched = self.store.fetch(query, self.receipt.seq).await.ok().filter(|fetched| !fetched.stale)?;
        let entry = &fetched.entry;
        let old = self.receipt.directives.iter().any(|directive| entry.tags.iter().any(|tag| tag == directive.tag()));
        let record = || Record {
            body: serde_json::to_string(&entry.value).unwrap_or_default(),
            tags: entry.tags.clone(),
            as_of: entry.as_of,
            stored_at: entry.stored_at,
            keep_for: if fetched.keep { Q::policy().keep_for } else { 0 },
            area: Q::AREA,
            viewer: query.viewer(),
        };
        old.then(|| Fresh { key: query.key(), record: record() })
    }
}
