//! Advice: which lifetimes are too short or too long, and by how much, with the evidence.
//!
//! A lifetime never makes an answer right; it costs loads if it is too short, and memory if it is too
//! long. So there are two kinds of evidence. *Too short*: a miss found the answer there, expired, and the
//! judgement would still have let it pass. A longer lifetime would have made a hit of it, and the age at
//! which it was found says how long. *Too long*: answers lived on after their last use.
//!
//! How old answers are when they are hit says neither: a page that is asked for each second is hit at
//! every age up to its lifetime, and with half of that would cost one more load among thousands of hits.
//! What counts is the age at the *last* use of each life.

mod ages;
mod query_ages;

use std::fmt;

use serde::{Deserialize, Serialize};

pub use self::{
    ages::Ages,
    query_ages::{Life, Missed, QueryAges},
};
use crate::policy::Policy;

/// Fewer misses, or lives, say nothing.
const ENOUGH: u64 = 200;

/// Needless misses are worth a longer lifetime from this many of 100 misses on.
const WORTH_IT: u64 = 10;

/// A longer lifetime should spare this many of 100 of the misses that any could.
const MOST_PERCENT: u64 = 80;

/// A shorter lifetime must be longer than this many of 100 lives were of use. With what it spoils below
/// [`WORTH_IT`], a lifetime that was shortened is not found too short the next day.
const NEARLY_ALL: u64 = 99;

/// What should become of one query's lifetime.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Advice {
    /// Which query.
    pub query: String,
    /// Its lifetime now, in milliseconds.
    pub keep_for: i64,
    /// The verdict on it.
    pub verdict: Verdict,
}

/// A verdict on a lifetime.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Neither enough misses nor enough lives were seen.
    NotEnoughSeen {
        /// Misses so far.
        misses: u64,
        /// Lives that ended so far.
        lives: u64,
        /// So many of either are needed.
        needed: u64,
    },
    /// Nothing speaks against it.
    Right,
    /// It should be longer.
    TooShort {
        /// So long, in milliseconds.
        keep_for: i64,
        /// All misses.
        misses: u64,
        /// Misses that found the answer expired, but still true.
        needless: u64,
        /// How many of those the longer lifetime would have spared.
        spared: u64,
        /// Of 100 questions, how many were answered from memory, and how many would have been; nothing
        /// where hits were not counted.
        hit_rate: Option<(u64, u64)>,
    },
    /// It could be shorter.
    TooLong {
        /// So short, in milliseconds.
        keep_for: i64,
        /// Lives that ended.
        lives: u64,
        /// How many of them were not used any more at the shorter age.
        done: u64,
        /// Of 100 bytes and moments that were held, how many came after their last use.
        idle: u64,
    },
}

/// What the ages that were recorded say about a query's lifetime.
pub fn advise(query: &str, policy: Policy, seen: &QueryAges) -> Advice {
    let (misses, lives) = (seen.misses(), seen.ended.count());
    let verdict = if misses < ENOUGH && lives < ENOUGH {
        Verdict::NotEnoughSeen { misses, lives, needed: ENOUGH }
    } else {
        // Loads before memory, which is bounded anyway.
        too_short(policy, seen).or_else(|| too_long(policy, seen)).unwrap_or(Verdict::Right)
    };
    Advice { query: query.to_owned(), keep_for: policy.keep_for, verdict }
}

fn too_short(policy: Policy, seen: &QueryAges) -> Option<Verdict> {
    let misses = seen.misses();
    if misses < ENOUGH {
        return None;
    }
    let curable = seen.expired.up_to(Ages::LONGEST);
    let keep_for = Ages::STEPS
        .into_iter()
        .filter(|step| *step > policy.keep_for)
        .find(|step| seen.expired.up_to(*step) * 100 >= curable * MOST_PERCENT)?;
    let spared = seen.expired.up_to(keep_for);
    if spared * 100 < misses * WORTH_IT {
        return None;
    }
    let asked = seen.hits + misses;
    let hit_rate = (seen.hits > 0).then(|| (seen.hits * 100 / asked, (seen.hits + spared) * 100 / asked));
    Some(Verdict::TooShort { keep_for, misses, needless: seen.expired.count(), spared, hit_rate })
}

fn too_long(policy: Policy, seen: &QueryAges) -> Option<Verdict> {
    let lives = seen.ended.count();
    if lives < ENOUGH {
        return None;
    }
    let keep_for = Ages::STEPS.into_iter().find(|step| seen.ended.up_to(*step) * 100 >= lives * NEARLY_ALL)?;
    // Less than half is not worth an edit.
    (keep_for * 2 <= policy.keep_for).then(|| Verdict::TooLong {
        keep_for,
        lives,
        done: seen.ended.up_to(keep_for),
        idle: seen.idle_percent(),
    })
}

impl fmt::Display for Advice {
    /// One sentence, with its evidence.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (query, now) = (&self.query, span(self.keep_for));
        match &self.verdict {
            Verdict::NotEnoughSeen { misses, lives, needed } => write!(
                f,
                "`{query}` ({now}): not enough seen yet, {misses} misses and {lives} answers that ended, of {needed}"
            ),
            Verdict::Right => write!(f, "`{query}`: {now} is right, as far as was seen"),
            Verdict::TooShort { keep_for, misses, needless, spared, hit_rate } => {
                write!(
                    f,
                    "keep `{query}` {} instead of {now}: {} % of its misses were entries that had only expired and \
                     were still true, and {} % of those would have been hits",
                    span(*keep_for),
                    percent(*needless, *misses),
                    percent(*spared, *needless),
                )?;
                match hit_rate {
                    Some((before, after)) => write!(f, " ({before} % of all questions were, {after} % would be)"),
                    None => Ok(()),
                }
            }
            Verdict::TooLong { keep_for, lives, done, idle } => write!(
                f,
                "keep `{query}` {} instead of {now}: {} % of its answers were not asked for at a greater age, and \
                 {idle} % of the room they took, over time, was held for nothing",
                span(*keep_for),
                percent(*done, *lives),
            ),
        }
    }
}

const fn percent(part: u64, whole: u64) -> u64 {
    match (part * 100).checked_div(whole) {
        Some(percent) => percent,
        None => 0,
    }
}

/// A lifetime, for people: steps are whole seconds, minutes or hours.
fn span(millis: i64) -> String {
    let seconds = millis / 1_000;
    if seconds < 60 {
        format!("{seconds} s")
    } else if seconds < 2 * 3_600 || seconds % 3_600 != 0 {
        format!("{} min", seconds / 60)
    } else {
        format!("{} h", seconds / 3_600)
    }
}

#[cfg(test)]
mod tests;
