//! An answer as memory holds it: an Entry of any type, and what it weighs.

use std::{
    any::Any,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use abreast_core::{Entry, Key, Millis, Noun, Seq, Tags};
use quick_cache::Weighter;

use crate::{Error, Result, lifetime_stats::EntryLifetime};

/// Beside its answer an Entry costs its key, its tags and its place in the map: about this much.
pub(super) const OVERHEAD: u64 = 256;

/// An Entry whose value is of some type or other.
pub(crate) trait AnyEntry<T: Noun>: Any + Send + Sync {
    fn tags(&self) -> &Tags<T>;
    fn as_of(&self) -> Seq;
    fn stored_at(&self) -> Millis;
}

impl<V: Send + Sync + 'static, T: Noun> AnyEntry<T> for Entry<V, T> {
    fn tags(&self) -> &Tags<T> {
        &self.tags
    }
    fn as_of(&self) -> Seq {
        self.as_of
    }
    fn stored_at(&self) -> Millis {
        self.stored_at
    }
}

/// The Entry as what it is. Keys begin with the query's name, so only two queries of one name
/// could ever disagree here.
pub(crate) fn recognise<V: Send + Sync + 'static, T: Noun>(entry: Arc<dyn AnyEntry<T>>) -> Result<Arc<Entry<V, T>>> {
    let entry: Arc<dyn Any + Send + Sync> = entry;
    entry.downcast().map_err(|_| Error::Internal("two queries share a name".into()))
}

/// An Entry, what it weighs, and its life here if that is watched.
#[derive(Clone)]
pub(super) struct Held<T: Noun> {
    pub(super) entry: Arc<dyn AnyEntry<T>>,
    pub(super) bytes: u64,
    pub(super) keep_for: i64,
    pub(super) lifetime: Option<Arc<EntryLifetime>>,
    /// Whether a reader asked for it since, if it was loaded ahead.
    pub(super) ahead: Option<Arc<AtomicBool>>,
}

impl<T: Noun> Held<T> {
    /// Whether its lifetime is over.
    pub(super) fn is_over(&self, now: Millis) -> bool {
        now.since(self.entry.stored_at()) > self.keep_for
    }

    /// Whether a reader asked for it.
    pub(super) fn is_read(&self) -> bool {
        self.ahead.as_ref().is_none_or(|read| read.load(Ordering::Relaxed))
    }

    /// A reader asks for it.
    pub(super) fn read(&self, now: Millis) {
        if let Some(lifetime) = &self.lifetime {
            lifetime.used(now);
        }
        if let Some(read) = &self.ahead {
            read.store(true, Ordering::Relaxed);
        }
    }
}

/// Room is counted in bytes.
#[derive(Clone)]
pub(super) struct ByBytes;

impl<T: Noun> Weighter<Key, Held<T>> for ByBytes {
    fn weight(&self, _: &Key, held: &Held<T>) -> u64 {
        held.bytes
    }
}

/// About how many bytes a value takes: as many as when it is encoded. Counted without encoding it:
/// a page of text in half a microsecond, not in forty as with JSON.
pub(super) fn weigh(value: &impl serde::Serialize) -> u64 {
    let bytes = postcard::experimental::serialized_size(value).unwrap_or_default();
    OVERHEAD + u64::try_from(bytes).unwrap_or(u64::MAX)
}
