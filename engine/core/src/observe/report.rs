//! What a node says of the log and of what it holds.

use serde::{Deserialize, Serialize};

use crate::{
    follower::Explanation,
    key::Key,
    nouns::Nouns,
    receipt::Receipt,
    seq::{Millis, Seq},
};

/// How a node learnt of a row of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Way {
    /// It committed the row itself (rule 5).
    Commit,
    /// Another node told it.
    Push,
    /// It read the log (rule 8).
    Log,
}

impl Way {
    /// Its name on screen.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Commit => "own commit",
            Self::Push => "push",
            Self::Log => "read from the log",
        }
    }
}

/// A row of the log, and how a node learnt of it first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound = "")]
pub struct Learnt<N: Nouns> {
    /// Position, time of the commit, directives.
    pub receipt: Receipt<N>,
    /// How.
    pub way: Way,
    /// When, by this node's clock; the receipt's time is by the committing node's.
    pub at: Millis,
}

/// A row of the log with the name of its Change, for people who read the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound = "")]
pub struct Logged<N: Nouns> {
    /// The Change's name, as in `PageSaved`.
    pub change: String,
    /// Position, time of the commit, directives.
    pub receipt: Receipt<N>,
}

/// An answer that a tier holds, and why it is judged as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Why<T> {
    /// The question.
    pub key: Key,
    /// When this tier got the answer.
    pub stored_at: Millis,
    /// Milliseconds it may be kept.
    pub keep_for: i64,
    /// The judgement.
    pub explained: Explanation<T>,
}

/// How far a node is, as it tells the others once a second.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NodeStatus {
    /// What its operator calls it, or where it listens.
    pub name: String,
    /// When it said so, by its own clock.
    pub at: Millis,
    /// How far its follower is.
    pub watermark: Seq,
    /// Milliseconds since it last saw the log's head; `None` if it must look before it serves.
    pub confirmed: Option<i64>,
    /// Entries in its memory tier.
    pub entries: usize,
    /// Which version of the program it runs.
    pub version: String,
}
