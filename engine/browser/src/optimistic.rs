//! Optimistic updates: what a click promises, laid over answers until the server has spoken.

use abreast_core::{LayerId, Patch, Seq};
use leptos::prelude::Update;

use crate::{App, Browser, Fetch};

/// A promise laid over an answer, until the server has spoken.
pub struct OptimisticUpdate {
    settle: Box<dyn FnOnce(Option<Seq>)>,
}

impl OptimisticUpdate {
    /// The server has done it at this position, or refused.
    pub(crate) fn settle(self, acknowledged: Option<Seq>) {
        (self.settle)(acknowledged);
    }
}

/// Lays a promise over a query's answer, wherever it is on screen.
pub fn apply_optimistic<A: App, Q: Fetch<A>>(query: &Q, patch: Patch<Q::Output>) -> OptimisticUpdate {
    let layers = Browser::<A>::current().layers::<Q>(&query.key());
    let id: LayerId = layers.try_update(|layers| layers.push(patch)).unwrap_or_default();
    let settle = move |acknowledged| {
        layers.update(|layers| match acknowledged {
            Some(seq) => layers.acknowledge(id, seq),
            None => layers.withdraw(id),
        });
    };
    OptimisticUpdate { settle: Box::new(settle) }
}
