//! Single flight: however many ask for one key at once, one asks the database.

use std::{
    collections::HashMap,
    future::Future,
    sync::{Arc, Mutex, PoisonError},
};

use abreast_core::{Entry, Key, Noun};
use tokio::sync::OnceCell;

use crate::{
    Result,
    memory::{AnyEntry, recognise},
};

/// A load under way. If the one that runs it goes away, another that waits takes over.
type Flight<T> = Arc<OnceCell<Result<Arc<dyn AnyEntry<T>>>>>;

/// The loads under way.
pub(crate) struct Flights<T>(Mutex<HashMap<Key, Flight<T>>>);

impl<T> Default for Flights<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T: Noun> Flights<T> {
    /// Joins the load of this key that is under way, or begins it. What comes back may have been
    /// read before the asker asked: judge it.
    pub(crate) async fn join<V: Send + Sync + 'static>(
        &self,
        key: &Key,
        load: impl Future<Output = Result<Arc<Entry<V, T>>>>,
    ) -> Result<Arc<Entry<V, T>>> {
        let flight = Arc::clone(self.lock().entry(key.clone()).or_default());
        let passenger = Passenger { flights: self, key, flight };
        let load = || async { load.await.map(|entry| entry as Arc<dyn AnyEntry<T>>) };
        passenger.flight.get_or_init(load).await.clone().and_then(recognise)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<Key, Flight<T>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One who waits for a load, until it has landed or they go away.
struct Passenger<'a, T: Noun> {
    flights: &'a Flights<T>,
    key: &'a Key,
    flight: Flight<T>,
}

impl<T: Noun> Drop for Passenger<'_, T> {
    /// What has landed is no longer under way, nor is a load without a waiter.
    fn drop(&mut self) {
        let mut flights = self.flights.lock();
        // Given back under the lock.
        let flight = std::mem::take(&mut self.flight);
        // The list's own, and this one's.
        let is_last = Arc::strong_count(&flight) == 2;
        let is_current = flights.get(self.key).is_some_and(|current| Arc::ptr_eq(current, &flight));
        if is_current && (is_last || flight.initialized()) {
            flights.remove(self.key);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{
        future::{pending, ready},
        pin::pin,
        time::Duration,
    };

    use abreast_core::{Millis, Seq, Tags};
    use futures_util::FutureExt;
    use tokio::time::timeout;

    use super::*;
    use crate::example::Tag;

    fn landed() -> Arc<Entry<u32, Tag>> {
        Arc::new(Entry { value: 7, tags: Tags::of(Tag::List, []), as_of: Seq(1), stored_at: Millis(0) })
    }

    /// An asker who goes away before a long load has landed, again and again, fills nothing.
    #[tokio::test]
    async fn who_goes_away_leaves_nothing_behind() {
        let (flights, key) = (Flights::<Tag>::default(), Key::from_text("list.1?page=0"));
        let never = flights.join::<u32>(&key, pending());
        assert!(timeout(Duration::ZERO, never).await.is_err());
        assert!(flights.lock().is_empty());
    }

    /// Another takes over from who goes away first.
    #[tokio::test]
    async fn who_stays_is_answered() {
        let (flights, key) = (Flights::<Tag>::default(), Key::from_text("list.1?page=0"));
        let mut second = pin!(flights.join::<u32>(&key, ready(Ok(landed()))));
        {
            let mut first = pin!(flights.join::<u32>(&key, pending()));
            assert!(first.as_mut().now_or_never().is_none());
            assert!(second.as_mut().now_or_never().is_none());
        }
        assert_eq!(flights.lock().len(), 1);
        assert_eq!(second.await.expect("an answer").value, 7);
        assert!(flights.lock().is_empty());
    }
}
