//! A share of what this tab showed from its client cache is looked at again by a node.

use std::time::Duration;

use abreast_core::{
    Clocks, Key,
    observe::{
        metrics::Tier,
        sample::{ClientSample, ContentHash, NodeTime},
    },
};

use super::{Browser, lock};
use crate::{
    App,
    nouns::{Samples, Shown},
};

/// How long after it was shown an answer is looked at again: what was being committed just then is in
/// the log, and what the visitor is waiting for has come.
const RECHECK_DELAY: Duration = Duration::from_secs(1);

/// How much time lies between two such questions of a tab at least, in milliseconds.
const PAUSE: i64 = 5_000;

/// An answer that is looked at later than this is not judged: the machine slept or its clock was set, and
/// how long ago it was can't be known. In milliseconds.
const TOO_LATE: i64 = 60_000;

/// What this tab found so far.
pub(super) struct Sampling<A: App> {
    samples: Samples<A>,
    /// One is under way.
    busy: bool,
    /// When the last one ended.
    ended: Option<Clocks>,
    /// A moment of a node, and when it was heard.
    node_time: Option<(NodeTime, Clocks)>,
}

impl<A: App> Browser<A> {
    /// What was found about answers that this tab showed from its client cache.
    pub fn samples(&self) -> Samples<A> {
        lock(&self.0.sampling).samples.clone()
    }

    /// A tier of this tab is about to show what it holds of a key.
    pub(super) fn sample(&self, tier: Tier, key: &Key) {
        if self.host().chance() >= self.0.boot.sample.as_f64() {
            return;
        }
        let shown_at = self.clocks();
        let mut sampling = lock(&self.0.sampling);
        if sampling.busy || sampling.ended.is_some_and(|ended| shown_at.is_within(PAUSE, ended)) {
            return;
        }
        // By what the client cache judged: another tab may have seen more since.
        let (record, seen) = {
            let cache = self.client_cache();
            (cache.record(key).cloned(), cache.seen())
        };
        let Some(record) = record else { return };
        sampling.busy = true;
        // At worst this clock stands still while the machine sleeps: then less is said to be certain.
        let after = sampling.node_time.map(|(time, heard)| (time, shown_at.monotonic.since(heard.monotonic)));
        let hash = Some(ContentHash::of(&record.body));
        let (key, tags, as_of) = (key.clone(), record.tags, record.as_of);
        let shown = Shown::<A> { key, tier, tags, as_of, watermark: seen, seen, marked: false };
        let browser = self.clone();
        let look = async move {
            if !browser.host().is_online() {
                lock(&browser.0.sampling).busy = false;
                return;
            }
            let checked = match browser.clocks().elapsed_since(shown_at).filter(|ago| *ago < TOO_LATE) {
                Some(ago) => A::check_answer(browser.log(), shown.clone(), ClientSample { ago, after, hash }).await,
                None => Ok(None),
            };
            let mut sampling = lock(&browser.0.sampling);
            match checked {
                Ok(Some(checked)) => {
                    sampling.samples.record(browser.now(), shown, checked.finding);
                    sampling.node_time = Some((checked.node_time, browser.clocks()));
                }
                Ok(None) | Err(_) => sampling.samples.skip(),
            }
            sampling.busy = false;
            sampling.ended = Some(browser.clocks());
        };
        let browser = self.clone();
        self.host().later(RECHECK_DELAY, Box::new(move || browser.host().spawn(Box::pin(look))));
    }

    /// What was found in this tab before.
    pub(super) fn go_on_from(&self, samples: Samples<A>) {
        lock(&self.0.sampling).samples = samples;
    }

    /// Forgets what was found.
    pub fn clear_samples(&self) {
        self.go_on_from(Samples::<A>::default());
    }
}

impl<A: App> Default for Sampling<A> {
    fn default() -> Self {
        Self { samples: Samples::<A>::default(), busy: false, ended: None, node_time: None }
    }
}
