//! What was found about an answer.

use serde::{Deserialize, Serialize};

use super::{Between, Evidence, Shown};
use crate::{directive::Directive, lease::DELTA, nouns::Tag, seq::Seq};

/// What was found about an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Finding<T> {
    /// Nothing that it depends on had changed when it was given, or nothing that can be read in it.
    Current,
    /// It lacked what had changed at most so many milliseconds before, as it may for Δ.
    Stale(i64),
    /// It said itself that it may be old.
    Marked,
    /// It should not have been given.
    Violated(Violation<T>),
}

/// The broken promise, and its evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Violation<T> {
    /// The tag was withdrawn at this position, and the answer's giver knew it (rules 3 and 9).
    Evicted(T, Seq),
    /// The asker had seen this position, at which the tag changed (rule 6).
    BelowSeen(T, Seq),
    /// The answer's giver knew of this position, at which the tag changed (rule 3).
    BelowWatermark(T, Seq),
    /// The answer reads otherwise now, and no row says that anything it depends on changed (rule 1).
    MissedDirective {
        /// The tags that should have been named, as far as that can be told.
        missing: Vec<T>,
        /// The rows that might have named them; none if the rows of the library changed without the log.
        rows: Vec<Seq>,
    },
    /// The tag changed at this position, and that was there to be read for so many milliseconds (rule 7).
    TooOld(T, Seq, i64),
}

impl<T> Violation<T> {
    /// Its name on screen and in metrics.
    pub const fn label(&self) -> &'static str {
        match self {
            Self::Evicted(..) => "evicted",
            Self::BelowSeen(..) => "below seen",
            Self::BelowWatermark(..) => "below watermark",
            Self::MissedDirective { .. } => "missed directive",
            Self::TooOld(..) => "too old",
        }
    }
}

impl<T: Tag> Finding<T> {
    /// Judges an answer by what the database says now.
    ///
    /// Rows that the giver knew count by position alone: an answer that reads the same now need not have done so then.
    /// Rows that were not known count only if the answer now reads otherwise: a tag stands for more than one answer
    /// shows of it, and an answer that reads the same was old to no reader.
    pub fn of(shown: &Shown<T>, evidence: &Evidence<T>) -> Self {
        let first = evidence.touching(shown).next();
        if let Some(violation) = disobeyed(shown, evidence) {
            return Self::Violated(violation);
        }
        if first.is_none() && evidence.same == Some(false) {
            let missing = evidence.missing(shown);
            let rows = evidence.rows.iter().map(|row| row.seq).collect();
            return Self::Violated(Violation::MissedDirective { missing, rows });
        }
        match first {
            _ if shown.marked => Self::Marked,
            Some((row, directive)) if evidence.same != Some(true) && row.age > 0 => {
                if row.known_for > DELTA {
                    Self::Violated(Violation::TooOld(directive.tag(), row.seq, row.known_for))
                } else {
                    Self::Stale(row.age)
                }
            }
            Some(_) | None => Self::Current,
        }
    }
}

/// A row that the giver knew, and gave the answer all the same.
fn disobeyed<T: Tag>(shown: &Shown<T>, evidence: &Evidence<T>) -> Option<Violation<T>> {
    // A visitor can claim any Seen. A node is blamed only for rows that were in the log by then: it knew of the row,
    // or the row had been seen there.
    let had_seen = |row: &Between<T>| {
        let was_there = row.seq <= shown.watermark || row.known_for > 0 || shown.tier.is_in_browser();
        row.seq <= shown.seen && was_there
    };
    let was_known = |row: &&Between<T>| row.seq <= shown.watermark || had_seen(row);
    let evicted = evidence.rows.iter().filter(was_known).find_map(|row| {
        let evicts = |directive: &&Directive<T>| match directive {
            Directive::Evict(tag) => shown.tags.iter().any(|own| own == *tag),
            Directive::Refresh(_) => false,
        };
        row.directives.iter().find(evicts).map(|directive| Violation::Evicted(directive.tag(), row.seq))
    });
    evicted.or_else(|| {
        let (row, directive) = evidence.touching(shown).next()?;
        if had_seen(row) {
            Some(Violation::BelowSeen(directive.tag(), row.seq))
        } else if row.seq <= shown.watermark && !shown.marked {
            Some(Violation::BelowWatermark(directive.tag(), row.seq))
        } else {
            None
        }
    })
}

#[cfg(test)]
mod tests;
