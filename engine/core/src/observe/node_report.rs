//! What a node says of itself.

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::{Learnt, NodeStatus, advice::Advice, alert::Alert, metrics::Recorder, sample::Samples};
use crate::{
    key::Key,
    nouns::Nouns,
    seq::{Millis, Seq},
};

/// What a node says of itself. `S` is a set of areas: bits in a server, an app's own type for people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound = "S: Serialize + DeserializeOwned")]
pub struct NodeReport<N: Nouns, S> {
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
    /// For which areas it keeps answers.
    pub areas: S,
    /// The sampler's findings about a share of its answers.
    pub samples: Samples<N::Tag>,
    /// Its alerts, the worst first.
    pub alerts: Vec<Alert>,
    /// What its memory has seen of each query's lifetime.
    pub advice: Vec<Advice>,
    /// The rows of the log it learnt of last, newest first.
    pub learnt: Vec<Learnt<N>>,
    /// Itself first, and then the other nodes it hears of over Redis.
    pub nodes: Vec<NodeStatus>,
}

impl<N: Nouns, S> NodeReport<N, S> {
    /// Leaves out what names a key that is not told. The counts stay.
    pub fn retain_keys(&mut self, is_told: impl Fn(&Key) -> bool) {
        self.recorder.retain_events(&is_told);
        self.samples.retain_caught(&is_told);
    }

    /// The same, with its areas in another form.
    pub fn with_areas<T>(self, make: impl FnOnce(S) -> T) -> NodeReport<N, T> {
        let Self { at, recorder, entries, bytes, budget, watermark, confirmed, breaker_open, areas, .. } = self;
        let Self { samples, alerts, advice, learnt, nodes, .. } = self;
        let areas = make(areas);
        NodeReport {
            at,
            recorder,
            entries,
            bytes,
            budget,
            watermark,
            confirmed,
            breaker_open,
            areas,
            samples,
            alerts,
            advice,
            learnt,
            nodes,
        }
    }
}
