//! One round trip: a mutation's answer carries what its asker has on screen and is old by it.
//!
//! The browser names what it shows in a header; after the commit each of those that the commit made
//! old is read through the tiers, as if it had been asked for next, and by the same rules of access.

use domain::{Changed, Fresh, Query, Receipt, Record, UserId};
use http::request::Parts;
use leptos::prelude::use_context;
use store::{Load, Store};

use crate::{
    api::{community, reading, studio},
    asker::Asker,
    respond::store,
    showing,
};

/// The most answers that one answer carries: a screen shows two or three.
const MOST: usize = 6;

/// Adds to a mutation's answer what its asker shows and is old by it. Nothing here can fail it: what
/// is missing, the browser asks for.
pub(crate) async fn carry<T>(changed: Changed<T>) -> Changed<T> {
    let Some(request) = use_context::<Parts>() else { return changed };
    let Some(shown) = request.headers.get(showing::HEADER).and_then(|shown| shown.to_str().ok()) else {
        return changed;
    };
    let (store, viewer) = (store(), Asker::current().viewer.map(|viewer| viewer.user));
    let mut fresh = vec![];
    for key in shown.split(' ').take(MOST) {
        let asked = Asked { key, viewer, store: &store, receipt: changed.record() };
        fresh.extend(asked.answer().await);
    }
    changed.carrying(fresh)
}

/// A question that is on its asker's screen, by its key.
pub(crate) struct Asked<'a> {
    key: &'a str,
    viewer: Option<UserId>,
    store: &'a Store,
    receipt: &'a Receipt,
}

impl Asked<'_> {
    /// Looks among every query there is.
    async fn answer(&self) -> Option<Fresh> {
        if let Some(fresh) = reading::again(self).await {
            return Some(fresh);
        }
        if let Some(fresh) = community::again(self).await {
            return Some(fresh);
        }
        studio::again(self).await
    }

    /// The question, if it is one of this query's.
    pub(crate) fn parse<Q: Query>(&self) -> Option<Q> {
        let (question, arguments) = self.key.split_once('?')?;
        let name = question.split('.').next()?;
        if name == Q::NAME { serde_urlencoded::from_str(arguments).ok() } else { None }
    }

    /// Its answer, if it is the asker's to know and became old.
    pub(crate) async fn read<Q: Load>(&self, query: &Q) -> Option<Fresh> {
        // What is somebody's own is theirs alone.
        if query.viewer().is_some_and(|owner| self.viewer != Some(owner)) {
            return None;
        }
        let fetched = self.store.fetch(query, self.receipt.seq).await.ok().filter(|fetched| !fetched.stale)?;
        let entry = &fetched.entry;
        let old = self.receipt.directives.iter().any(|directive| entry.tags.iter().any(|tag| tag == directive.tag()));
        let record = || Record {
            body: serde_json::to_string(&entry.value).unwrap_or_default(),
            tags: entry.tags.clone(),
            as_of: entry.as_of,
            stored_at: entry.stored_at,
            keep_for: if fetched.keep { Q::POLICY.keep_for } else { 0 },
            area: Q::AREA,
            viewer: query.viewer(),
        };
        old.then(|| Fresh { key: query.key(), record: record() })
    }
}
