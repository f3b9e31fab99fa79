//! Single flight: however many ask for one key at once, one asks the database.

use std::{
    collections::HashMap,
    future::Future,
    sync::{Arc, Mutex, PoisonError},
};

use domain::{Entry, Key};
use tokio::sync::OnceCell;

use crate::{
    Result,
    memory::{AnyEntry, recognise},
};

/// A load under way. If the one that runs it goes away, another that waits takes over.
type Flight = Arc<OnceCell<Result<Arc<dyn AnyEntry>>>>;

/// The loads under way.
#[derive(Default)]
pub(crate) struct Flights(Mutex<HashMap<Key, Flight>>);

impl Flights {
    /// Joins the load of this key that is under way, or begins it. What comes back may have been
    /// read before the asker asked: judge it.
    pub(crate) async fn join<T: Send + Sync + 'static>(
        &self,
        key: &Key,
        load: impl Future<Output = Result<Arc<Entry<T>>>>,
    ) -> Result<Arc<Entry<T>>> {
        let flight = Arc::clone(self.lock().entry(key.clone()).or_default());
        let landed = flight.get_or_init(|| async { load.await.map(|entry| entry as Arc<dyn AnyEntry>) }).await.clone();
        let mut flights = self.lock();
        if flights.get(key).is_some_and(|current| Arc::ptr_eq(current, &flight)) {
            flights.remove(key);
        }
        drop(flights);
        landed.and_then(recognise)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<Key, Flight>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
