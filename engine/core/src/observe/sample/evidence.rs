//! What the database says a moment after an answer was given.

use crate::{directive::Directive, nouns::Tag, observe::sample::Shown, seq::Seq};

/// What the database says a moment later, in one snapshot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence<T> {
    /// The log's head.
    pub as_of: Seq,
    /// Whether the same question is answered with the same value; nothing if that was not looked at.
    pub same: Option<bool>,
    /// The log's rows between the answer's position and the head, ascending.
    pub rows: Vec<Between<T>>,
}

/// A row of the log between the two answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Between<T> {
    /// Its position.
    pub seq: Seq,
    /// What it says is old.
    pub directives: Vec<Directive<T>>,
    /// What this program would have it say of its Change; empty if that was not read.
    pub owed: Vec<Directive<T>>,
    /// Its Change as it was written down, for the ids in it; empty if it was not read.
    pub change: String,
    /// Milliseconds from its time, which is before its commit, until the answer was given: at most so
    /// long did the answer lack it. By two clocks, if another node committed it.
    pub age: i64,
    /// Milliseconds from when it was seen in the database until the answer was given: at least so long
    /// did the answer lack it. By one clock. 0 if it was not seen before.
    pub known_for: i64,
}

impl<T> Default for Between<T> {
    fn default() -> Self {
        let (seq, directives, owed, change) = (Seq::ZERO, vec![], vec![], String::new());
        Self { seq, directives, owed, change, age: 0, known_for: 0 }
    }
}

impl<T: Tag> Evidence<T> {
    /// The rows that make something old which the answer depends on, each with that directive.
    pub(super) fn touching(&self, shown: &Shown<T>) -> impl Iterator<Item = (&Between<T>, Directive<T>)> {
        let about =
            |row: &Between<T>| row.directives.iter().copied().find(|directive| shown.depends_on(directive.tag()));
        self.rows.iter().filter_map(move |row| Some((row, about(row)?)))
    }

    /// The tags that a row should have named: those that this program would name; if it agrees with the
    /// rows, then those whose thing is among what changed.
    pub(super) fn missing(&self, shown: &Shown<T>) -> Vec<T> {
        let owes = |tag: &T| self.rows.iter().flat_map(|row| &row.owed).any(|directive| directive.tag() == *tag);
        let owed: Vec<T> = shown.tags.iter().filter(owes).collect();
        if !owed.is_empty() {
            return owed;
        }
        shown.tags.iter().filter(|tag| self.rows.iter().any(|row| tag.is_named_in(&row.change))).collect()
    }
}

impl<T: Tag> Shown<T> {
    fn depends_on(&self, tag: T) -> bool {
        self.tags.iter().any(|own| own == tag)
    }
}
