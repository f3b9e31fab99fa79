//! What this node's tiers did.

use std::sync::{Mutex, MutexGuard, PoisonError};

use domain::{CacheEvent, Directive, Key, Outcome, Recorder, Seq, Tier};
use serde::{Deserialize, Serialize};

use crate::{Store, clock};

/// This node's recorder.
#[derive(Default)]
pub(crate) struct Metrics(Mutex<Recorder>);

/// What the memory tier and its follower look like now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemoryReport {
    /// Counts and last events of this node's tiers.
    pub recorder: Recorder,
    /// Entries held.
    pub entries: usize,
    /// Their bytes.
    pub bytes: u64,
    /// How far the follower is.
    pub watermark: Seq,
}

impl Metrics {
    pub(crate) fn record(&self, tier: Tier, outcome: Outcome, key: &Key, micros: Option<u64>) {
        self.lock().record(CacheEvent { at: clock::now(), tier, outcome, key: key.clone(), micros });
    }

    /// Notes that something became old, by tag.
    pub(crate) fn invalidated(&self, directives: &[Directive]) {
        for directive in directives {
            let tag = Key::from_text(&serde_json::to_string(directive).unwrap_or_default());
            self.record(Tier::Memory, Outcome::Invalidation, &tag, None);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Recorder> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Store {
    /// What this node's tiers did and hold.
    pub fn memory_report(&self) -> MemoryReport {
        let (entries, bytes) = self.memory.size();
        MemoryReport { recorder: self.metrics.lock().clone(), entries, bytes, watermark: self.node.watermark() }
    }

    /// Starts counting anew.
    pub fn clear_metrics(&self) {
        self.metrics.lock().clear();
    }

    /// Empties the memory tier. Nothing is lost but speed.
    pub fn clear_memory(&self) {
        self.memory.clear();
    }

    /// The keys in the memory tier.
    pub fn memory_keys(&self) -> Vec<Key> {
        self.memory.keys()
    }
}
