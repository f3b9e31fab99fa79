//! The checker: it reads the record of what happened, and nothing else. It shares no code with what
//! it judges.
//!
//! Each thing has one writer, and each write of it is numbered; its place among the others is the
//! position in the log that it was acknowledged with. An answer is then judged three ways, by the
//! newest write that it must not fall behind: the newest that its asker knew of, the newest that was
//! acknowledged Δ before it was asked, and the newest at the position which the answer claims.

mod judge;
mod record;
#[cfg(test)]
mod table;
mod thing;
mod whole;

use self::{judge::Judge, record::Record};

/// No answer is older than this, unless it is marked as such. A node's clock starts when it begins
/// to read the log, so what was acknowledged before that is in what it read: no margin is needed.
pub(crate) const DELTA: u64 = 1_000_000;

/// What the checker found.
#[derive(Debug, Default)]
pub(crate) struct Verdict {
    pub(crate) wrongs: Vec<Wrong>,
    /// How many times something shown, or not shown, was judged.
    pub(crate) judged: usize,
    /// How long before the question the oldest thing shown had been overtaken, in microseconds.
    pub(crate) oldest: u64,
    /// How long after a write was acknowledged each live line told of it, in microseconds, sorted.
    pub(crate) told: Vec<u64>,
    /// Writes that were acknowledged, that were refused, and whose outcome no client was told.
    pub(crate) writes: [usize; 3],
    /// Of the last, how many were seen all the same.
    pub(crate) unknown_and_seen: usize,
}

/// One promise that was not kept.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Wrong {
    pub(crate) kind: &'static str,
    pub(crate) detail: String,
}

/// Judges a history, in lines of JSON.
pub(crate) fn check(history: &str) -> Verdict {
    let record = Record::parse(history);
    let mut verdict =
        Verdict { writes: record.fates(), unknown_and_seen: record.unknown_and_seen(), ..Verdict::default() };
    let mut judge = Judge::new(&record, &mut verdict);
    for read in &record.reads {
        judge.read(read);
    }
    whole::check(&record, &mut verdict);
    verdict
}
