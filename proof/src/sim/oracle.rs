//! The oracle: the plain history of what was committed and shown, and arithmetic. It knows nothing
//! of followers, judgements or tiers.

use std::collections::BTreeMap;

use domain::{DELTA, Millis, Seq};

use crate::{
    database::Write,
    promise::Promise,
    rows::{Row, Value},
};

/// A change of a row.
#[derive(Debug, Clone, Copy)]
struct Change {
    seq: Seq,
    at: Millis,
    withdrawn: bool,
}

/// What one browser has written and been shown, in all of its tabs.
#[derive(Debug, Clone, Default)]
struct Person {
    wrote: BTreeMap<Row, Seq>,
    shown: BTreeMap<Row, Seq>,
}

/// Something that was shown.
#[derive(Debug)]
pub(super) struct Shown<'a> {
    /// To whom.
    pub(super) browser: usize,
    /// What.
    pub(super) value: &'a Value,
    /// As of when it claims to be true.
    pub(super) as_of: Seq,
    /// Whether it was said that it may be old.
    pub(super) marked: bool,
    /// When it was asked for: now, if the shelf had it.
    pub(super) asked: Millis,
    /// The highest position its browser had seen.
    pub(super) seen: Seq,
    /// The node that answered, and how many changes had been committed there when it was asked.
    pub(super) node: Option<(usize, usize)>,
}

/// The history.
#[derive(Debug, Default)]
pub(super) struct Oracle {
    changes: BTreeMap<Row, Vec<Change>>,
    people: BTreeMap<usize, Person>,
    /// What each node committed and told itself, in order.
    told: BTreeMap<usize, Vec<(Row, Seq)>>,
}

impl Oracle {
    /// These writes were committed.
    pub(super) fn committed(&mut self, writes: &[Write], seq: Seq, at: Millis) {
        for write in writes {
            let withdrawn = matches!(write, Write::Withdraw(_));
            self.changes.entry(write.row()).or_default().push(Change { seq, at, withdrawn });
        }
    }

    /// A node told itself what it had committed.
    pub(super) fn told(&mut self, node: usize, writes: &[Write], seq: Seq) {
        self.told.entry(node).or_default().extend(writes.iter().map(|write| (write.row(), seq)));
    }

    /// How much a node has told itself.
    pub(super) fn told_so_far(&self, node: usize) -> usize {
        self.told.get(&node).map_or(0, Vec::len)
    }

    /// A browser was told that its write is done.
    pub(super) fn acknowledged(&mut self, browser: usize, writes: &[Write], seq: Seq) {
        let person = self.people.entry(browser).or_default();
        for write in writes {
            let wrote = person.wrote.entry(write.row()).or_default();
            *wrote = seq.max(*wrote);
        }
    }

    /// Something is shown: which promise does that break?
    pub(super) fn shown(&mut self, shown: &Shown<'_>) -> Option<Promise> {
        let broken = shown.value.iter().find_map(|(row, version)| self.judge(shown, *row, *version));
        let person = self.people.entry(shown.browser).or_default();
        for (row, version) in shown.value {
            let newest = person.shown.entry(*row).or_default();
            *newest = (*version).max(*newest);
        }
        broken
    }

    fn judge(&self, shown: &Shown<'_>, row: Row, version: Seq) -> Option<Promise> {
        let below = |newest: Option<&Seq>| newest.is_some_and(|newest| version < *newest);
        let person = self.people.get(&shown.browser);
        if below(person.and_then(|person| person.wrote.get(&row))) {
            return Some(Promise::ReadYourWrites);
        }
        if below(person.and_then(|person| person.shown.get(&row))) {
            return Some(Promise::MonotonicReads);
        }
        let missed = self.changes.get(&row).into_iter().flatten().filter(|change| change.seq > version);
        for change in missed {
            let overdue = !shown.marked && shown.asked.since(change.at) > DELTA;
            if change.withdrawn && (overdue || change.seq <= shown.seen) {
                return Some(Promise::EvictedStaysGone);
            }
            if overdue {
                return Some(Promise::Staleness);
            }
            if change.seq <= shown.as_of {
                return Some(Promise::HonestEntries);
            }
        }
        let (node, so_far) = shown.node.filter(|_| !shown.marked)?;
        let mut told = self.told.get(&node).into_iter().flatten().take(so_far);
        told.any(|(of, seq)| *of == row && *seq > version).then_some(Promise::OneNodeIsCurrent)
    }
}
