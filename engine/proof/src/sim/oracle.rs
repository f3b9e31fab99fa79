//! The oracle: the plain history of what was committed and shown, and arithmetic. It knows nothing
//! of followers, judgements or tiers.

use std::collections::BTreeMap;

use abreast_core::{DELTA, Millis, Seq};

use crate::{
    database::{Write, life, reaches},
    promise::Promise,
    rows::{Row, Value},
};

/// A change of a row.
#[derive(Debug, Clone, Copy)]
struct Change {
    version: Seq,
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
    /// When it was asked for: now, if the tab held it.
    pub(super) asked: Millis,
    /// The highest position its browser had seen.
    pub(super) seen: Seq,
    /// The node that answered, and how many changes had been committed there when it was asked.
    pub(super) node: Option<(usize, usize)>,
}

/// The history.
#[derive(Debug, Default)]
pub(super) struct Oracle {
    /// When an older state of the database was restored last.
    restored: Option<Millis>,
    /// By how often that was: where the log went on once it was noticed.
    leapt: BTreeMap<u64, Seq>,
    /// Under which version a row came back that had been changed since.
    again: BTreeMap<(Row, Seq), Seq>,
    changes: BTreeMap<Row, Vec<Change>>,
    people: BTreeMap<usize, Person>,
    /// What each node committed and told itself, in order.
    told: BTreeMap<usize, Vec<(Row, Seq)>>,
}

impl Oracle {
    /// These writes were committed.
    pub(super) fn committed(&mut self, writes: &[Write], version: Seq, at: Millis) {
        for write in writes {
            let withdrawn = write.withdraws();
            self.changes.entry(write.row()).or_default().push(Change { version, at, withdrawn });
        }
    }

    /// An older state was restored: these rows are as they were, and what was changed since is withdrawn.
    pub(super) fn restored(&mut self, rows: &[(Row, Seq)], version: Seq, at: Millis) {
        self.restored = Some(at);
        for (row, older) in rows {
            self.again.insert((*row, *older), version);
            self.changes.entry(*row).or_default().push(Change { version, at, withdrawn: true });
        }
    }

    /// What a row held once it may hold again.
    fn newest(&self, row: Row, version: Seq) -> Seq {
        self.again.get(&(row, version)).map_or(version, |version| self.newest(row, *version))
    }

    /// That was noticed, and the log went on from here.
    pub(super) fn leapt(&mut self, version: Seq, seq: Seq) {
        self.leapt.insert(life(version), seq);
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
        // Until Δ has passed, nodes may know of it or not.
        let is_settled = self.restored.is_none_or(|at| shown.asked.since(at) > DELTA);
        let value: Vec<_> = shown.value.iter().map(|(row, version)| (*row, self.newest(*row, *version))).collect();
        let judged = value.iter().filter(|_| is_settled);
        let broken = judged.into_iter().find_map(|(row, version)| self.judge(shown, *row, *version));
        let person = self.people.entry(shown.browser).or_default();
        for (row, version) in value {
            let newest = person.shown.entry(row).or_default();
            *newest = version.max(*newest);
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
        let missed = self.changes.get(&row).into_iter().flatten().filter(|change| change.version > version);
        for change in missed {
            let overdue = !shown.marked && shown.asked.since(change.at) > DELTA;
            if change.withdrawn && (overdue || self.reaches(shown.seen, change.version)) {
                return Some(Promise::EvictedStaysGone);
            }
            if overdue {
                return Some(Promise::Staleness);
            }
            if self.reaches(shown.as_of, change.version) {
                return Some(Promise::HonestEntries);
            }
        }
        self.one_node_is_current(shown, row, version)
    }

    fn reaches(&self, seq: Seq, version: Seq) -> bool {
        reaches(seq, version, self.leapt.get(&life(version)).copied())
    }

    fn one_node_is_current(&self, shown: &Shown<'_>, row: Row, version: Seq) -> Option<Promise> {
        let (node, so_far) = shown.node.filter(|_| !shown.marked)?;
        let mut told = self.told.get(&node).into_iter().flatten().take(so_far);
        told.any(|(of, seq)| *of == row && *seq > version).then_some(Promise::OneNodeIsCurrent)
    }
}
