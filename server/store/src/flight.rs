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
        let passenger = Passenger { flights: self, key, flight };
        let load = || async { load.await.map(|entry| entry as Arc<dyn AnyEntry>) };
        passenger.flight.get_or_init(load).await.clone().and_then(recognise)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<Key, Flight>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One who waits for a load, until it has landed or they go away.
struct Passenger<'a> {
    flights: &'a Flights,
    key: &'a Key,
    flight: Flight,
}

impl Drop for Passenger<'_> {
    /// What has landed is no longer under way, nor is what nobody waits for any more.
    fn drop(&mut self) {
        let mut flights = self.flights.lock();
        // Given back while nobody else counts.
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

    use domain::{Millis, Seq, Tag, Tags};
    use futures_util::FutureExt;
    use tokio::time::timeout;

    use super::*;

    fn landed() -> Arc<Entry<u32>> {
        Arc::new(Entry { value: 7, tags: Tags::of(Tag::Feed, []), as_of: Seq(1), stored_at: Millis(0) })
    }

    /// Whoever asks for what takes long and goes away, again and again, fills nothing.
    #[tokio::test]
    async fn who_goes_away_leaves_nothing_behind() {
        let (flights, key) = (Flights::default(), Key::from_text("feed.1?page=0"));
        let never = flights.join::<u32>(&key, pending());
        assert!(timeout(Duration::ZERO, never).await.is_err());
        assert!(flights.lock().is_empty());
    }

    /// Another takes over from who goes away first.
    #[tokio::test]
    async fn who_stays_is_answered() {
        let (flights, key) = (Flights::default(), Key::from_text("feed.1?page=0"));
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
