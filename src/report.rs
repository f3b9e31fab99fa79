//! What a node says of itself.

use serde::{Deserialize, Serialize};

use crate::{Advice, Alert, Areas, Learnt, Millis, NodeStatus, Recorder, Samples, Seq};

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
    /// The sampler's findings about a share of its answers.
    pub samples: Samples,
    /// Its alerts, the worst first.
    pub alerts: Vec<Alert>,
    /// What its memory has seen of each query's lifetime.
    pub advice: Vec<Advice>,
    /// The rows of the log it learnt of last, newest first.
    pub learnt: Vec<Learnt>,
    /// Itself first, and then the other nodes it hears of over Redis.
    pub nodes: Vec<NodeStatus>,
}
