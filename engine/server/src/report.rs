//! What this node says of itself.

use abreast_core::{
    Key,
    observe::{NodeReport, Why, advice::Advice},
};

use crate::{
    App, Engine, clock,
    nouns::{Nouns, Tag, Tags},
};

/// How many rows of the log a report names.
const ROWS: usize = 50;

impl<A: App> Engine<A> {
    /// What this node says of itself. Its areas are bits, each at its [`App::place_of`].
    pub fn report(&self) -> NodeReport<Nouns<A>, u64> {
        let (entries, bytes) = self.memory.size();
        NodeReport {
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
