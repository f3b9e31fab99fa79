//! Any query of an app: what prefetch keeps in one list.

use std::{fmt, pin::Pin, sync::Arc};

use abreast_core::{Key, Millis};

use crate::{App, Fetch, browser::record, nouns::Record};

type Fetching<A> = Pin<Box<dyn Future<Output = Result<Option<Record<A>>, <A as App>::Failure>> + Send>>;

/// A query without its type. Two are equal if their keys are.
#[derive(Clone)]
pub struct AnyQuery<A: App> {
    key: Key,
    fetch: Arc<dyn Fn() -> Fetching<A> + Send + Sync>,
}

impl<A: App> AnyQuery<A> {
    /// This query.
    pub fn of<Q: Fetch<A>>(query: Q) -> Self {
        let key = query.key();
        let fetch = move || -> Fetching<A> {
            let query = query.clone();
            Box::pin(async move {
                let answer = query.clone().fetch().await?;
                Ok((answer.keep && !answer.stale).then(|| record::<A, Q>(&query, &answer, Millis(0))))
            })
        };
        Self { key, fetch: Arc::new(fetch) }
    }

    /// Its key.
    pub const fn key(&self) -> &Key {
        &self.key
    }

    /// Asks the server; nothing if its answer can't be kept: it could not confirm it, or keeps none of its area. The
    /// time at which the record is stored is the caller's to set.
    pub(crate) fn fetch(&self) -> Fetching<A> {
        (self.fetch)()
    }
}

impl<A: App> PartialEq for AnyQuery<A> {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl<A: App> fmt::Debug for AnyQuery<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.key)
    }
}
