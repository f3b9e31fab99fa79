//! Δ, and the share of it that a node and a browser may use up.

/// Δ in milliseconds: no asker gets an unmarked answer that lacks a change from longer ago.
pub const DELTA: i64 = NODE_LEASE + BROWSER_LEASE;

/// How long a node trusts its follower without asking the log's head, in milliseconds.
pub const NODE_LEASE: i64 = 500;

/// How long a browser trusts a record without asking whether its tags changed, in milliseconds. What
/// a node gave it may have been as old as a node's lease already, so Δ is the sum of the two.
pub const BROWSER_LEASE: i64 = 500;
