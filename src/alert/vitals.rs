//! Vitals: the plain numbers that alerts are judged by.

use serde::{Deserialize, Serialize};

/// The numbers of one evaluation, of a node or of a tab. What a place doesn't have is 0 or nothing: a
/// tab has no breaker, a node no localStorage.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vitals {
    /// Questions that caches were asked in the last minute.
    pub asked: u64,
    /// How many of those a cache answered, whichever.
    pub hits: u64,
    /// Times in the last minute that a directive could not be carried out or passed on.
    pub invalidation_errors: u64,
    /// Answers given in the last minute, from wherever.
    pub answers: u64,
    /// What 99 of 100 of those took at most, in milliseconds.
    pub p99_ms: u64,
    /// Times in the last minute that localStorage would not take a record.
    pub quota_errors: u64,
    /// Milliseconds since the follower was last known to be at the log's head; nothing for one that
    /// is not asked to keep up.
    pub lag_ms: Option<u64>,
    /// Whether Redis is left alone just now.
    pub is_breaker_open: bool,
    /// Answers that were older than is promised, since counting began. Not of the last minute: none
    /// may be forgotten before somebody saw it.
    pub violations: u64,
}
