//! One round trip: a mutation's answer carries what its asker has on screen and is old by it.
//!
//! The browser names what it shows in a header; after the commit each of those that the commit made
//! old is read through the tiers, as if it had been asked for next, and by the same rules of access.

use domain::{
    Bookshelf, Cast, Changed, Feed, Fresh, Home, Key, Manuscript, MyLikes, Publications, Query, ReadingPage, Receipt,
    Record, SceneDraft, ShelfPage, StoryPage, Thread, UserId,
};
use http::request::Parts;
use leptos::prelude::use_context;
use store::{Load, Store};

use crate::{asker::Asker, respond::store, showing};

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
    for key in shown.split(' ').take(MOST).map(Key::from_text) {
        fresh.extend(answer(&store, &key, viewer, changed.record()).await);
    }
    changed.carrying(fresh)
}

/// Every query there is, by its name in the key.
async fn answer(store: &Store, key: &Key, viewer: Option<UserId>, receipt: &Receipt) -> Option<Fresh> {
    let (question, arguments) = key.as_str().split_once('?')?;
    let name = question.split('.').next()?;
    macro_rules! among {
        ($($query:ty)*) => {
            match name {
                $(<$query as Query>::NAME => {
                    let query = serde_urlencoded::from_str::<$query>(arguments).ok()?;
                    read(store, &query, viewer, receipt).await
                })*
                _ => None,
            }
        };
    }
    among! {
        Bookshelf Cast Feed Home Manuscript MyLikes Publications ReadingPage SceneDraft ShelfPage StoryPage Thread
    }
}

async fn read<Q: Load>(store: &Store, query: &Q, viewer: Option<UserId>, receipt: &Receipt) -> Option<Fresh> {
    // What is somebody's own is theirs alone.
    if query.viewer().is_some_and(|owner| viewer != Some(owner)) {
        return None;
    }
    let fetched = store.fetch(query, receipt.seq).await.ok().filter(|fetched| !fetched.stale)?;
    let entry = &fetched.entry;
    let old = receipt.directives.iter().any(|directive| entry.tags.iter().any(|tag| tag == directive.tag()));
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
