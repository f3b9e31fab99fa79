//! The database: rows and the invalidation log. Side by side with `engine/server/src/log.rs`.

use std::{collections::BTreeMap, sync::Arc};

use crate::nouns::{CatchUp, Directive, Entry, Tag};
use abreast_core::{Millis, Seq};

use crate::{
    broken::Broken,
    rows::{Question, Row, Value, tags},
};

/// What a commit leaves in the log.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Fact {
    /// Its position.
    pub seq: Seq,
    /// What its rows' last change is from now on: the position, told apart from those that were handed out before an
    /// older state was restored. In the product that is the time of the log's row.
    pub version: Seq,
    /// What it made old.
    pub directives: Vec<Directive>,
}

/// What was read at the log's head.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Loaded {
    /// This is there.
    Entry(Entry<Value>),
    /// It is not there: the rows that say so.
    NotThere(Value),
}

/// What a transaction changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Write {
    /// A row has another value.
    Edit(Row),
    /// What the row's tag stands for is withdrawn.
    Withdraw(Row),
}

impl Write {
    /// The row.
    pub const fn row(self) -> Row {
        match self {
            Self::Edit(row) | Self::Withdraw(row) => row,
        }
    }

    /// Whether what it is about is gone.
    pub const fn withdraws(self) -> bool {
        match self {
            Self::Edit(_) => false,
            Self::Withdraw(_) => true,
        }
    }

    const fn directive(self) -> Directive {
        match self {
            Self::Edit(row) => Directive::Refresh(row.tag()),
            Self::Withdraw(row) => Directive::Evict(row.tag()),
        }
    }
}

/// What versions of one life of the database are apart from those of the next.
const LIFE: u64 = 1 << 40;
/// How far above the lost positions the log goes on, and how far back a node reads: as in `log.rs`, smaller.
const LEAP: u64 = 1_000;
const MAX_CATCH_UP_ROWS: u64 = 500;

/// The position in a version.
const fn position(version: Seq) -> Seq {
    Seq(version.0 % LIFE)
}

/// How often an older state had been restored before a version.
pub const fn life(version: Seq) -> u64 {
    version.0 / LIFE
}

/// Whether a follower at this position of the log knows of this version, when the log went on at `leapt` after an
/// older state was restored. Until that is noticed, earlier positions may be handed out a second time; positions at or
/// above `leapt` can't.
pub fn reaches(seq: Seq, version: Seq, leapt: Option<Seq>) -> bool {
    let is_told_apart = life(version) == 0 || leapt.is_some_and(|leapt| seq >= leapt);
    is_told_apart && position(version) <= seq
}

/// A row: its last change, and whether that withdrew it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
struct Last {
    version: Seq,
    withdrawn: bool,
}

/// Rows and log.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Database {
    rows: BTreeMap<Row, Last>,
    log: Vec<Arc<Fact>>,
    head: Seq,
    /// How often an older state was restored.
    life: u64,
    /// Where the log went on after that, once it was noticed.
    leapt: Option<Seq>,
}

impl Default for Database {
    /// Something has happened already: positions begin above zero.
    fn default() -> Self {
        let first = Fact { seq: Seq(1), version: Seq(1), directives: vec![] };
        Self { rows: BTreeMap::new(), log: vec![Arc::new(first)], head: Seq(1), life: 0, leapt: None }
    }
}

impl Database {
    /// Where the log stands.
    pub const fn head(&self) -> Seq {
        self.head
    }

    /// Where it went on since an older state was restored last, once that was noticed.
    pub const fn leapt(&self) -> Option<Seq> {
        self.leapt
    }

    /// When a row was last changed.
    pub fn last(&self, row: Row) -> Seq {
        self.rows.get(&row).map(|last| last.version).unwrap_or_default()
    }

    /// Rows and the fact about them, at once (rule 1). `told` is a position that the log has handed out.
    pub fn commit(&mut self, writes: &[Write], told: Seq, now: Millis, broken: Option<Broken>) -> Arc<Fact> {
        if broken != Some(Broken::SetBackIgnored) {
            // It would be handed out a second time.
            self.leap(told.next(), now, self.head.next());
        }
        let mut directives: Vec<Directive> = writes.iter().map(|write| write.directive()).collect();
        if broken == Some(Broken::NoFact) {
            directives.clear();
        }
        let fact = self.append(directives);
        if broken != Some(Broken::FactFirst) {
            self.write(writes, &fact);
        }
        fact
    }

    /// Takes the next position.
    fn append(&mut self, directives: Vec<Directive>) -> Arc<Fact> {
        self.head = self.head.next();
        let fact = Arc::new(Fact { seq: self.head, version: self.version(), directives });
        self.log.push(Arc::clone(&fact));
        fact
    }

    /// What would be changed now has this version at least.
    pub const fn version(&self) -> Seq {
        Seq(self.head.0 + self.life * LIFE)
    }

    /// Changes the rows: a second transaction's work only where rule 1 is broken.
    pub fn write(&mut self, writes: &[Write], fact: &Fact) {
        for write in writes {
            let last = self.rows.entry(write.row()).or_default();
            if last.version <= fact.version {
                *last = Last { version: fact.version, withdrawn: write.withdraws() };
            }
        }
    }

    /// An older state takes the place of this one. What was changed since is as it was, under a version of its own: says
    /// which rows, and which version they had then.
    pub fn restore(&mut self, older: &Self) -> Vec<(Row, Seq)> {
        let lost = std::mem::replace(&mut self.rows, older.rows.clone());
        (self.log, self.head, self.leapt) = (older.log.clone(), older.head, None);
        self.life += 1;
        let version = self.version();
        let mut changed = vec![];
        for (row, _) in lost.into_iter().filter(|(row, was)| older.last(*row) != was.version) {
            changed.push((row, older.last(row)));
            self.rows.entry(row).or_default().version = version;
        }
        changed
    }

    /// Has the log go on beyond `told`, which it handed out and no longer reaches.
    pub fn noticed(&mut self, told: Seq, now: Millis) {
        self.leap(told, now, self.head);
    }

    fn leap(&mut self, told: Seq, now: Millis, reached: Seq) {
        if reached < told {
            self.head = Seq((told.0 + LEAP).max(now.0.unsigned_abs()));
            self.leapt = Some(self.head);
            self.log.push(Arc::new(Fact { seq: self.head, version: self.version(), directives: vec![] }));
        }
    }

    /// Position before value, in one snapshot (rule 2).
    pub fn load(&self, question: &Question, now: Millis) -> Loaded {
        let value = question.answer(|row| self.last(row));
        let withdrawn = |row| self.rows.get(&row).is_some_and(|last| last.withdrawn);
        if question.vanishes && value.first().is_some_and(|(row, _)| withdrawn(*row)) {
            return Loaded::NotThere(value);
        }
        Loaded::Entry(Entry { tags: tags(&value), value, as_of: self.head, stored_at: now })
    }

    /// Which fact stands at a position, if it is still retained.
    pub fn version_at(&self, seq: Seq) -> Option<Seq> {
        self.fact(seq).map(|fact| fact.version)
    }

    /// Everything after `since`: for a node's follower.
    pub fn everything_since(&self, since: Seq) -> CatchUp {
        self.catch_up(since, |_| true)
    }

    /// What concerns these tags after `since`: for a browser.
    pub fn changes_since(&self, since: Seq, tags: &[Tag]) -> CatchUp {
        self.catch_up(since, |directive| tags.contains(&directive.tag()))
    }

    fn catch_up(&self, since: Seq, concerns: impl Fn(&Directive) -> bool) -> CatchUp {
        let head = self.head;
        let too_far = head.0.saturating_sub(since.0) > MAX_CATCH_UP_ROWS;
        if too_far || CatchUp::is_lost(since, self.log.first().map(|fact| fact.seq), head) {
            return CatchUp::Lost { head };
        }
        let later = self.log.iter().filter(|fact| fact.seq > since);
        let log = later
            .map(|fact| (fact.seq, fact.directives.iter().copied().filter(&concerns).collect::<Vec<_>>()))
            .filter(|(_, directives)| !directives.is_empty());
        CatchUp::Changes { head, log: log.collect() }
    }

    /// A fact that is still retained.
    pub fn fact(&self, seq: Seq) -> Option<Arc<Fact>> {
        self.log.iter().find(|fact| fact.seq == seq).map(Arc::clone)
    }

    /// Forgets all but the last so many facts.
    pub fn trim(&mut self, keep: usize) {
        let gone = self.log.len().saturating_sub(keep);
        self.log.drain(..gone);
    }
}
