//! Questions of any type, so that a table can hold them all.

use std::{future::Future, pin::Pin};

use domain::*;
use serde_json::Value;
use serde_reflection::{Format as Shape, Samples, Tracer};
use store::{Error, Load, Store};

use super::{Argument, Fixture};

/// What a person was told, or why not.
pub type Told = Result<Value, String>;

/// What a person was told through the tiers.
#[derive(Debug)]
pub struct Answered {
    pub value: Told,
    pub stale: bool,
    pub tags: Option<Tags>,
}

type Waiting<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// A question of some type.
pub trait Question: Send + Sync {
    fn key(&self) -> Key;
    fn viewer(&self) -> Option<UserId>;
    fn area(&self) -> Area;
    fn through<'a>(&'a self, store: &'a Store, seen: Seq) -> Waiting<'a, Answered>;
    fn past<'a>(&'a self, store: &'a Store) -> Waiting<'a, Told>;
    /// What serde makes of the answer, if there is one. A tracer stays in its thread.
    fn shape<'a>(
        &'a self,
        store: &'a Store,
        tracer: &'a mut Tracer,
        samples: &'a mut Samples,
    ) -> Pin<Box<dyn Future<Output = Option<Shape>> + 'a>>;
}

impl<Q: Load> Question for Q {
    fn key(&self) -> Key {
        domain::Query::key(self)
    }

    fn viewer(&self) -> Option<UserId> {
        domain::Query::viewer(self)
    }

    fn area(&self) -> Area {
        Q::AREA
    }

    fn through<'a>(&'a self, store: &'a Store, seen: Seq) -> Waiting<'a, Answered> {
        Box::pin(async move {
            match store.fetch(self, seen).await {
                Ok(fetched) => Answered {
                    value: told(Ok(&fetched.entry.value)),
                    stale: fetched.stale,
                    tags: Some(fetched.entry.tags.clone()),
                },
                Err(error) => Answered { value: told::<Q::Output>(Err(error)), stale: false, tags: None },
            }
        })
    }

    fn past<'a>(&'a self, store: &'a Store) -> Waiting<'a, Told> {
        Box::pin(async move {
            match store.load(self).await {
                Ok(entry) => told(Ok(&entry.value)),
                Err(error) => told::<Q::Output>(Err(error)),
            }
        })
    }

    fn shape<'a>(
        &'a self,
        store: &'a Store,
        tracer: &'a mut Tracer,
        samples: &'a mut Samples,
    ) -> Pin<Box<dyn Future<Output = Option<Shape>> + 'a>> {
        Box::pin(async move {
            let entry = store.load(self).await.ok()?;
            Some(tracer.trace_value(samples, &entry.value).expect("a shape that serde can tell").0)
        })
    }
}

fn told<T: serde::Serialize>(answer: Result<&T, Error>) -> Told {
    answer.map(|value| serde_json::to_value(value).expect("JSON")).map_err(|error| error.to_string())
}

/// A query with each combination of its arguments, one loop inside the other.
macro_rules! ask {
    ($fixture:ident $all:ident $query:ident [$($chosen:ident)*]) => {
        $all.push(Box::new($query { $($chosen),* }))
    };
    ($fixture:ident $all:ident $query:ident [$($chosen:ident)*] $argument:ident: $type:ty $(, $($rest:tt)*)?) => {
        for $argument in <$type>::every($fixture) {
            ask!($fixture $all $query [$($chosen)* $argument] $($($rest)*)?);
        }
    };
}

macro_rules! ask_each {
    ($fixture:ident $all:ident; $(
        $(#[$doc:meta])* $function:ident $address:literal $query:ident { $($(#[$on:meta])* $argument:ident: $type:ty),* };
    )*) => {
        $(ask!($fixture $all $query [] $($argument: $type),*);)*
    };
}

/// Every question that can be asked about what is in the library, by everybody: each query of the registry with every
/// combination of its arguments. Also chapters of other stories and comments of other posts: they are not found there.
pub fn every_query(fixture: &Fixture) -> Vec<Box<dyn Question>> {
    let mut all: Vec<Box<dyn Question>> = vec![];
    domain::each_query! { ask_each { fixture all; } }
    all
}
