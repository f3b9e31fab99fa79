//! Readers that wait for the client cache's word.

use std::{
    collections::{HashMap, VecDeque},
    sync::Mutex,
};

use abreast_core::Key;
use tokio::sync::oneshot;

use super::{Browser, lock};
use crate::App;

/// What a reader is told to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    Show,
    ShowUnconfirmed,
    Fetch,
}

/// By key, the readers that wait, the first before all others.
#[derive(Default)]
pub(super) struct Waiting(Mutex<HashMap<Key, VecDeque<oneshot::Sender<Verdict>>>>);

impl<A: App> Browser<A> {
    pub(super) fn wait(&self, key: &Key) -> oneshot::Receiver<Verdict> {
        let (tell, told) = oneshot::channel();
        lock(&self.0.waiting.0).entry(key.clone()).or_default().push_back(tell);
        told
    }

    /// Tells one waiting reader; false if none is.
    pub(super) fn tell(&self, key: &Key, verdict: Verdict) -> bool {
        let mut waiting = lock(&self.0.waiting.0);
        let Some(queue) = waiting.get_mut(key) else { return false };
        while let Some(reader) = queue.pop_front() {
            // A reader that left the page is passed over.
            if reader.send(verdict).is_ok() {
                return true;
            }
        }
        waiting.remove(key);
        false
    }
}
