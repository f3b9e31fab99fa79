//! Δ, and who may use up how much of it.

/// Δ in milliseconds: nobody is shown, unmarked, what was changed longer ago.
pub const DELTA: i64 = NODE_LEASE + BROWSER_LEASE;

/// How long a node trusts its follower without asking the log's head, in milliseconds.
pub const NODE_LEASE: i64 = 500;

/// How long a browser trusts a record without asking whether its tags changed, in milliseconds. What
/// a node gave it may have been as old as a node's lease already, so Δ is the sum of the two.
pub const BROWSER_LEASE: i64 = 500;
