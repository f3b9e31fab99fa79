//! What can happen next.

use std::sync::Arc;

use crate::nouns::Entry;
use abreast_core::Seq;

use crate::{clocks::Clock, rows::Value};

/// One thing that happens, at once.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Act {
    /// A client wants to read.
    Wants(usize),
    /// A client's question reaches a node.
    Reaches(usize, usize),
    /// The same, and the node can't reach the database.
    ReachesBlind(usize, usize),
    /// The node goes on with it.
    Steps(usize),
    /// The node goes on with it: the shared tier answers with this.
    StepsWithShared(usize, Arc<Entry<Value>>),
    /// The node goes on with it: it joins the other client's load.
    Joins(usize),
    /// The node goes on with it, and can't reach the database.
    StepsBlind(usize),
    /// The answer reaches the client.
    Answered(usize),
    /// Neither node can be reached, or the answer is lost.
    Unanswered(usize),
    /// A client's next write is committed, at this node.
    Commits(usize, usize),
    /// The second half of a commit that should have been one.
    WritesRows(usize),
    /// The node tells itself and pushes, then answers.
    Tells(usize),
    /// The write's answer reaches the client.
    Acknowledged(usize),
    /// A client's catch-up is read.
    CatchesUp(usize),
    /// Its answer reaches the client.
    CaughtUp(usize),
    /// It is lost.
    CatchUpFails(usize),
    /// A push reaches a node.
    Pushed(usize, Seq),
    /// A node restarts.
    Restarts(usize),
    /// Δ passes.
    Ticks,
    /// Δ passes, and one of the clocks of a client stood still meanwhile.
    ClientStandsStill(usize, Clock),
    /// The same of a node's.
    NodeStandsStill(usize, Clock),
    /// A client's wall clock is set, by so many milliseconds.
    ClientSets(usize, i64),
    /// A node's.
    NodeSets(usize, i64),
    /// The database's state at the beginning is restored.
    Restores,
    /// All but the log's last fact is forgotten.
    Trims,
    /// A client reloads its tab; its localStorage may be lost with it.
    Reloads(usize, bool),
}
