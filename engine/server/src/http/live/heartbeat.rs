//! Heartbeats: how long a browser may say nothing.

use std::time::Duration;

use abreast_core::{BEAT, UNANSWERED};

/// How long a browser may say nothing.
#[derive(Debug, Clone, Copy)]
pub struct Heartbeat {
    /// How often the node says that it is there.
    pub interval: Duration,
    /// So many beats in a row may stay unanswered.
    pub max_unanswered: u32,
}

impl Default for Heartbeat {
    fn default() -> Self {
        Self { interval: Duration::from_millis(BEAT.into()), max_unanswered: UNANSWERED }
    }
}
