//! When this tab was told of what: the last link of the chain from a change to a screen.

use std::collections::VecDeque;

use abreast_core::{Millis, Seq};
use serde::{Deserialize, Serialize};

use super::{Browser, lock};
use crate::App;

/// How many are remembered.
const KEPT: usize = 200;

/// What a tab was told of last, oldest first.
pub(super) type Log = VecDeque<Applied>;

/// How this tab was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ToldBy {
    /// By the answer to its own mutation.
    Answer,
    /// Over the live connection, by the server or by another tab.
    Line,
    /// By asking what became of what it holds.
    CatchUp,
}

impl ToldBy {
    /// Its name on screen.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Answer => "own save",
            Self::Line => "live line",
            Self::CatchUp => "catch-up",
        }
    }
}

/// A position of the log that this tab applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Applied {
    /// Which.
    pub seq: Seq,
    /// When first, by this browser's clock.
    pub at: Millis,
    /// How it was told.
    pub by: ToldBy,
}

impl<A: App> Browser<A> {
    /// What this tab was told of last, oldest first.
    pub fn applied(&self) -> Vec<Applied> {
        lock(&self.0.applied).iter().copied().collect()
    }

    /// Notes that directives of this position are applied; the first time counts.
    pub(super) fn note_applied(&self, seq: Seq, by: ToldBy) {
        let mut applied = lock(&self.0.applied);
        if applied.iter().any(|one| one.seq == seq) {
            return;
        }
        if applied.len() == KEPT {
            applied.pop_front();
        }
        applied.push_back(Applied { seq, at: self.now(), by });
    }
}
