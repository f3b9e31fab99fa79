//! What this node says of itself.

use domain::{Advice, Areas, Key, NodeReport};

use crate::{Store, clock};

/// How many rows of the log a report names.
const ROWS: usize = 50;

impl Store {
    /// What this node says of itself.
    pub fn report(&self) -> NodeReport {
        let (entries, bytes) = self.memory.size();
        NodeReport {
            at: clock::now(),
            recorder: self.told_recorder(),
            entries,
            bytes,
            budget: self.memory.budget(),
            watermark: self.node.watermark(),
            confirmed: self.node.confirmed_ago(),
            breaker_open: self.shared.as_ref().map(|shared| shared.is_left_alone()),
            areas: self.areas(),
            samples: self.samples(),
            alerts: self.alerts(),
            advice: self.advice(),
            learnt: self.node.journal().last(ROWS),
            nodes: self.statuses(),
        }
    }

    /// What this node's memory has seen of each query's lifetime: too short, too long, by how much.
    pub fn advice(&self) -> Vec<Advice> {
        self.memory.lives().advice()
    }

    /// For which areas answers are kept.
    pub fn areas(&self) -> Areas {
        self.rollout.areas()
    }

    /// Keeps answers of these areas from now on, and of no others. What is held of the others stays,
    /// and is judged like everything else should they come back.
    pub fn set_areas(&self, areas: Areas) {
        self.rollout.set(areas);
        tracing::info!(%areas, "answers are kept for");
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
