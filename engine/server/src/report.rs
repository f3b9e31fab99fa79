//! What this node says of itself.

use abreast_core::{
    Key, Millis, Nouns, Seq,
    observe::{Learnt, NodeStatus, Why, advice::Advice, alert::Alert, metrics::Recorder, sample::Samples},
};

use crate::{
    App, Engine, clock,
    nouns::{self, Tag, Tags},
};

/// How many rows of the log a report names.
const ROWS: usize = 50;

/// What a node says of itself.
#[derive(Debug, Clone)]
pub struct Report<N: Nouns> {
    /// When it said so.
    pub at: Millis,
    /// Counts, last minutes and last events of its tiers.
    pub recorder: Recorder,
    /// Entries in its memory tier.
    pub entries: usize,
    /// Their bytes.
    pub bytes: u64,
    /// What its memory tier may hold, in bytes.
    pub budget: u64,
    /// How far its follower is.
    pub watermark: Seq,
    /// Milliseconds since it last saw the log's head; `None` if it must look before it serves.
    pub confirmed: Option<i64>,
    /// Whether the circuit breaker before Redis is open; `None` without Redis.
    pub breaker_open: Option<bool>,
    /// For which areas it keeps answers, a bit for each.
    pub areas: u64,
    /// What was found about a share of its answers, looked at again.
    pub samples: Samples<N::Tag>,
    /// What is not as it should be, the worst first.
    pub alerts: Vec<Alert>,
    /// What its memory has seen of each query's lifetime.
    pub advice: Vec<Advice>,
    /// The rows of the log it learnt of last, newest first.
    pub learnt: Vec<Learnt<N>>,
    /// Itself first, and then the other nodes it hears of over Redis.
    pub nodes: Vec<NodeStatus>,
}

impl<A: App> Engine<A> {
    /// What this node says of itself.
    pub fn report(&self) -> Report<nouns::Nouns<A>> {
        let (entries, bytes) = self.memory.size();
        Report {
            at: clock::now(),
            recorder: self.told_recorder(),
            entries,
            bytes,
            budget: self.memory.budget(),
            watermark: self.node.watermark(),
            confirmed: self.node.confirmed_ago(),
            breaker_open: self.shared.as_ref().map(|shared| shared.is_breaker_open()),
            areas: self.kept_areas(),
            samples: self.samples(),
            alerts: self.alerts(),
            advice: self.advice(),
            learnt: self.node.journal().last(ROWS),
            nodes: self.statuses(),
        }
    }

    /// What this node's memory has seen of each query's lifetime: too short, too long, by how much.
    pub fn advice(&self) -> Vec<Advice> {
        self.memory.lifetime_stats().advice()
    }

    /// Why the answer that memory holds of this key is judged as it is; nothing if it holds none.
    pub fn explain(&self, key: &Key) -> Option<Why<Tag<A>>> {
        let meta = self.memory.peek(key)?;
        Some(Why {
            key: key.clone(),
            stored_at: meta.stored_at,
            keep_for: meta.keep_for,
            explained: self.node.explain(&meta.tags, meta.as_of),
        })
    }

    /// What the answer depends on that memory holds of this key; nothing if it holds none.
    pub fn tags_of(&self, key: &Key) -> Option<Tags<A>> {
        self.memory.peek(key).map(|meta| meta.tags)
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
