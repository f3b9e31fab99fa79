//! What must hold inside, whatever is shown.

use crate::nouns::Judgement;
use abreast_core::Seq;

use super::{World, last_change};
use crate::{node::Node, promise::Promise, rows::decode};

impl World {
    /// What must hold inside, in every state.
    pub(in crate::model) fn check(&mut self) {
        let honest = |value: Seq, as_of: Seq| value >= self.last_at(as_of);
        let held = self.nodes.iter().flat_map(|node| node.memory()).chain(self.shared.all());
        let mut entries = held.map(|entry| (last_change(&entry.value), entry.as_of));
        let mut records = self.clients.iter().flat_map(|client| client.tab.records());
        let broken = if self.nodes.iter().any(|node| node.went_back) {
            Some(Promise::NeverBack)
        } else if !entries.all(|(value, as_of)| honest(value, as_of))
            || !records.all(|record| honest(last_change(&decode(&record.body)), record.as_of))
        {
            Some(Promise::HonestEntries)
        } else if !self.nodes.iter().all(|node| self.fresh_is_current(node)) {
            Some(Promise::FreshIsCurrent)
        } else {
            None
        };
        self.broken = self.broken.or(broken);
    }

    fn fresh_is_current(&self, node: &Node) -> bool {
        let current = self.last_at(node.follower.watermark());
        node.memory().chain(self.shared.all()).all(|entry| match node.follower.judge(&entry.tags, entry.as_of) {
            Judgement::Fresh => last_change(&entry.value) >= current,
            Judgement::Stale(_) | Judgement::Evicted(_) => true,
        })
    }

    /// When the row had last changed, at this position.
    fn last_at(&self, position: Seq) -> Seq {
        self.changes.iter().copied().filter(|change| self.knows(position, *change)).max().unwrap_or_default()
    }
}
