//! Questions under way: another reader of the same key waits for the answer to the first.

use std::{collections::HashMap, sync::Mutex, time::Duration};

use abreast_core::{Key, Need};
use tokio::sync::oneshot;

use super::{Browser, lock};
use crate::App;

/// A question that is not answered for so long may never be: the next reader asks for itself.
const JOIN_TIMEOUT: Duration = Duration::from_secs(2);

/// By key, the readers that wait for an answer that is on its way.
#[derive(Default)]
pub(super) struct Fetches(Mutex<HashMap<Key, Vec<oneshot::Sender<()>>>>);

/// A question under way, until it is dropped.
pub(super) struct Fetching<A: App>(Browser<A>, Key);

impl<A: App> Browser<A> {
    /// A question for this key is under way until what this gives is dropped.
    pub(super) fn fetching(&self, key: &Key) -> Fetching<A> {
        lock(&self.0.fetches.0).entry(key.clone()).or_default();
        let (browser, late) = (self.clone(), key.clone());
        self.host().later(JOIN_TIMEOUT, Box::new(move || browser.stop_waiting(&late)));
        Fetching(self.clone(), key.clone())
    }

    /// Waits for an answer that is on its way already, if nothing held will do. What came is judged like anything
    /// held: it may have been asked too long ago.
    pub(super) async fn arrival(&self, key: &Key) {
        if self.client_cache().needs(key, self.clocks()) != Need::Fetching {
            return;
        }
        let arrived = lock(&self.0.fetches.0).get_mut(key).map(|waiting| {
            let (tell, told) = oneshot::channel();
            waiting.push(tell);
            told
        });
        if let Some(arrived) = arrived {
            // It ends without a word, however it ends.
            arrived.await.ok();
        }
    }

    fn stop_waiting(&self, key: &Key) {
        lock(&self.0.fetches.0).remove(key);
    }
}

impl<A: App> Drop for Fetching<A> {
    fn drop(&mut self) {
        self.0.stop_waiting(&self.1);
    }
}
