//! Turns: one request makes a page while others wait for it.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::sync::OwnedMutexGuard;

/// The pages that are being made. Cheap to clone.
#[derive(Clone, Default)]
pub(super) struct Making(Arc<Mutex<HashMap<String, Turns>>>);

/// The request that holds it makes the page.
type Turns = Arc<tokio::sync::Mutex<()>>;

/// A request's turn to make a page, until this is dropped: also when the client goes away before it is made.
pub(super) struct Turn {
    making: Making,
    key: String,
    held: OwnedMutexGuard<()>,
}

impl Making {
    /// The turn to make this page; `None`, once it was made, if another request had it.
    pub(super) async fn begin(&self, key: &str) -> Option<Turn> {
        let turns = Arc::clone(self.lock().entry(key.to_owned()).or_default());
        if let Ok(held) = Arc::clone(&turns).try_lock_owned() {
            return Some(Turn { making: self.clone(), key: key.to_owned(), held });
        }
        // The next one need not wait for this one to look.
        drop(turns.lock().await);
        None
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Turns>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let mut making = self.making.lock();
        // A request that came between the last turn's end and this one's beginning has begun a list of its own.
        if making.get(&self.key).is_some_and(|turns| Arc::ptr_eq(turns, OwnedMutexGuard::mutex(&self.held))) {
            making.remove(&self.key);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{pin::pin, time::Duration};

    use futures_util::FutureExt;
    use tokio::time::timeout;

    use super::*;

    /// A reader who asks for a slow page and goes away, again and again, fills nothing.
    #[tokio::test]
    async fn a_reader_who_goes_away_leaves_nothing_behind() {
        let making = Making::default();
        let made = async {
            let _turn = making.begin("/").await.expect("the turn");
            std::future::pending::<()>().await;
        };
        assert!(timeout(Duration::ZERO, made).await.is_err());
        assert!(making.lock().is_empty());
    }

    #[tokio::test]
    async fn others_wait_until_it_is_made() {
        let making = Making::default();
        let first = making.begin("/").await.expect("the turn");
        assert!(making.begin("/other").await.is_some(), "another page");
        let mut second = pin!(making.begin("/"));
        assert!(second.as_mut().now_or_never().is_none());
        drop(first);
        assert!(second.await.is_none());
        assert!(making.lock().is_empty());
        assert!(making.begin("/").await.is_some());
    }
}
