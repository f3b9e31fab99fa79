//! The database is again as it was at the beginning, under nodes that run on.

use std::sync::Arc;

use abreast_core::Seq;

use super::World;
use crate::{
    broken::Broken,
    database::{Database, reaches},
    model::scope::ASKED,
};

impl World {
    /// What was written since is lost: as if all of it had been withdrawn.
    pub(super) fn restores(&mut self) {
        self.left.restores -= 1;
        let database = Arc::make_mut(&mut self.database);
        if database.restore(&Database::default()).iter().any(|(row, _)| *row == ASKED) {
            self.withdrawn = self.database.last(ASKED);
            self.changes.push(self.withdrawn);
        }
        self.restored = Some(self.due.len() - 1);
    }

    /// Each node that serves reads the log within its lease, with or without questions: as Δ passes, all have.
    pub(super) fn follow(&mut self, broken: Option<Broken>) {
        let is_new = self.restored.is_some_and(|period| period + 1 == self.due.len());
        if !is_new || broken == Some(Broken::SetBackIgnored) {
            return;
        }
        let now = self.now();
        for node in 0..self.nodes.len() {
            if let Some(told) = self.nodes[node].proof(&self.database, Seq::ZERO) {
                Arc::make_mut(&mut self.database).noticed(told, now);
            }
            let asked = self.watches[node].read(now, broken);
            let caught = self.database.everything_since(self.nodes[node].follower.watermark());
            let version = self.database.version_at(self.database.head());
            Arc::make_mut(&mut self.nodes[node]).confirm(&caught, version, asked, broken);
        }
    }

    /// Whether what was asked in this period is judged: until Δ has passed, nodes may know of an older state or not.
    pub(super) fn is_settled(&self, period: usize) -> bool {
        self.restored.is_none_or(|restored| period > restored)
    }

    /// What the row held at the beginning it holds again.
    pub(super) fn newest(&self, value: Seq) -> Seq {
        if self.restored.is_some() && value == Seq::ZERO {
            self.changes.iter().copied().max().unwrap_or(value)
        } else {
            value
        }
    }

    /// Whether who is at this position knows of this version.
    pub(super) fn knows(&self, seq: Seq, version: Seq) -> bool {
        reaches(seq, version, self.database.leapt())
    }
}
