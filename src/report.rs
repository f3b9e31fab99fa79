//! What a node says of itself.

use serde::{Deserialize, Serialize};

use crate::{
    advice::Advice,
    alert::Alert,
    areas::Areas,
    follower::Explanation,
    metrics::Recorder,
    query::Key,
    receipt::Receipt,
    sample::Samples,
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
pub struct Learnt {
    /// Position, time of the commit, directives.
    pub receipt: Receipt,
    /// How.
    pub way: Way,
    /// When, by this node's clock; the receipt's time is by the committing node's.
    pub at: Millis,
}

/// A row of the log with the name of its Change, for people who read the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Logged {
    /// The Change's name, as in `SceneSaved`.
    pub change: String,
    /// Position, time of the commit, directives.
    pub receipt: Receipt,
}

/// An answer that a tier holds, and why it is judged as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Why {
    /// The question.
    pub key: Key,
    /// When this tier got the answer.
    pub stored_at: Millis,
    /// Milliseconds it may be kept.
    pub keep_for: i64,
    /// The judgement.
    pub explained: Explanation,
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

/// What a node says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NodeReport {
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
    /// Whether Redis is left alone; `None` without Redis.
    pub breaker_open: Option<bool>,
    /// For which areas it keeps answers.
    pub areas: Areas,
    /// What was found about a share of its answers, looked at again.
    pub samples: Samples,
    /// What is not as it should be, the worst first.
    pub alerts: Vec<Alert>,
    /// What its memory has seen of each query's lifetime.
    pub advice: Vec<Advice>,
    /// The rows of the log it learnt of last, newest first.
    pub learnt: Vec<Learnt>,
    /// Itself first, and then the other nodes it hears of over Redis.
    pub nodes: Vec<NodeStatus>,
}
