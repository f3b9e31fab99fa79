//! The database: rows and the invalidation log. Side by side with `server/store/src/log.rs`.

use std::{collections::BTreeMap, sync::Arc};

use domain::{CatchUp, Directive, Entry, Millis, Seq, Tag};

use crate::{
    broken::Broken,
    rows::{Question, Row, Value, tags},
};

/// What a commit leaves in the log.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Fact {
    /// Its position.
    pub seq: Seq,
    /// What it made old.
    pub directives: Vec<Directive>,
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

    const fn directive(self) -> Directive {
        match self {
            Self::Edit(row) => Directive::Refresh(row.tag()),
            Self::Withdraw(row) => Directive::Evict(row.tag()),
        }
    }
}

/// Rows and log.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Database {
    rows: BTreeMap<Row, Seq>,
    log: Vec<Arc<Fact>>,
    head: Seq,
}

impl Default for Database {
    /// Something has happened already: positions begin above zero.
    fn default() -> Self {
        let first = Fact { seq: Seq(1), directives: vec![] };
        Self { rows: BTreeMap::new(), log: vec![Arc::new(first)], head: Seq(1) }
    }
}

impl Database {
    /// Where the log stands.
    pub const fn head(&self) -> Seq {
        self.head
    }

    /// When a row was last changed.
    pub fn last(&self, row: Row) -> Seq {
        self.rows.get(&row).copied().unwrap_or_default()
    }

    /// Rows and the fact about them, at once (rule 1).
    pub fn commit(&mut self, writes: &[Write], broken: Option<Broken>) -> Arc<Fact> {
        let mut directives: Vec<Directive> = writes.iter().map(|write| write.directive()).collect();
        if broken == Some(Broken::NoFact) {
            directives.clear();
        }
        let fact = self.append(directives);
        if broken != Some(Broken::FactFirst) {
            self.write(writes, fact.seq);
        }
        fact
    }

    /// Takes the next position.
    fn append(&mut self, directives: Vec<Directive>) -> Arc<Fact> {
        self.head = self.head.next();
        let fact = Arc::new(Fact { seq: self.head, directives });
        self.log.push(Arc::clone(&fact));
        fact
    }

    /// Changes the rows: a second transaction's work only where rule 1 is broken.
    pub fn write(&mut self, writes: &[Write], seq: Seq) {
        for write in writes {
            let last = self.rows.entry(write.row()).or_default();
            *last = seq.max(*last);
        }
    }

    /// Position before value, in one snapshot (rule 2).
    pub fn load(&self, question: &Question, now: Millis) -> Entry<Value> {
        let value = question.answer(|row| self.last(row));
        Entry { tags: tags(&value), value, as_of: self.head, stored_at: now }
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
        if CatchUp::is_lost(since, self.log.first().map(|fact| fact.seq), head) {
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
