//! One round trip: a mutation's answer carries what its asker has on screen and is old by it.
//!
//! The browser names what it shows in a header; after the commit each of those that the commit made
//! old is read through the tiers, as if it had been asked for next, and by the same rules of access.

use abreast_core::{Key, Query};
use abreast_server::{Engine, Load};
use http::request::Parts;
use leptos::prelude::use_context;

use super::{Serve, Visit, visit::visit};
use crate::{
    SHOWING_HEADER,
    nouns::{Changed, Fresh, Receipt, Record},
};

/// The most answers that one answer carries: a screen shows two or three.
const MOST_CARRIED: usize = 6;

/// Adds to a mutation's answer what its asker shows and is old by it. Nothing here can fail it: what
/// is missing, the browser asks for.
pub(super) async fn carry<A: Serve, T>(changed: Changed<T, A>) -> Changed<T, A> {
    let Some(request) = use_context::<Parts>() else { return changed };
    let Some(shown) = request.headers.get(SHOWING_HEADER).and_then(|shown| shown.to_str().ok()) else {
        return changed;
    };
    let (engine, viewer) = (A::engine(), A::asker().viewer);
    let mut fresh = vec![];
    for key in shown.split(' ').take(MOST_CARRIED).map(Key::from_text) {
        let refetch = Refetch::<A> { engine: &engine, receipt: changed.record() };
        fresh.extend(visit(&key, viewer, &refetch).await.ok().flatten());
    }
    changed.carrying(fresh)
}

/// Answers a question anew, if this commit made its answer old.
struct Refetch<'a, A: Serve> {
    engine: &'a Engine<A::Server>,
    receipt: &'a Receipt<A>,
}

impl<A: Serve> Visit<A> for Refetch<'_, A> {
    type Output = Option<Fresh<A>>;

    async fn visit<Q>(&self, query: &Q) -> Option<Fresh<A>>
    where
        Q: Query<Nouns = A::Nouns>,
        A::Server: Load<Q>,
    {
        let fetched = self.engine.fetch(query, self.receipt.seq).await.ok().filter(|fetched| !fetched.stale)?;
        let entry = &fetched.entry;
        let old = self.receipt.directives.iter().any(|directive| entry.tags.iter().any(|tag| tag == directive.tag()));
        let record = || Record::<A> {
            body: serde_json::to_string(&entry.value).unwrap_or_default(),
            tags: entry.tags.clone(),
            as_of: entry.as_of,
            stored_at: entry.stored_at,
            keep_for: if fetched.keep { Q::browser_lifetime() } else { 0 },
            area: Q::AREA,
            viewer: query.viewer(),
        };
        old.then(|| Fresh::<A> { key: query.key(), record: record() })
    }
}
