//! Live: what a browser and its server tell each other while a page is open.
//!
//! Everything here only makes things fast. Whoever misses a message learns the same from the log
//! (rule 8).

mod beat;
mod tab;

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

pub use self::{
    beat::{BEAT, HERE, UNANSWERED},
    tab::{LineEffect, LineEvent, Tab},
};
use crate::{
    directive::Directive,
    ids::{LogId, UserId},
    log_row::LogRow,
    receipt::{CatchUp, Receipt},
    seq::Seq,
    tag::Tag,
};

/// The most tags that one connection may hold: a browser of this app holds a few dozen.
pub const MOST_HELD: usize = 1_000;

/// What a browser holds. Takes the place of what it said before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Holds {
    /// The log that its positions are of.
    pub log: LogId,
    /// The tags of all it holds.
    pub tags: Vec<Tag>,
    /// How far it knows what became of those that it did not name before.
    pub since: Seq,
}

/// What a server tells a browser, about tags that it holds and its viewer may know of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Told {
    /// This was committed just now.
    Row {
        /// Its position.
        seq: Seq,
        /// What it made old.
        directives: Vec<Directive>,
        /// Milliseconds over which all who hear this should spread their questions, so that a
        /// popular story's edit does not become a stampede.
        spread: u32,
    },
    /// What became of the tags that were named just now, since then.
    CaughtUp(CatchUp),
    /// The line speaks, and all that concerns it was told up to here.
    Beat {
        /// Where the log stands.
        head: Seq,
    },
}

/// What the tabs of one browser tell each other: positions, never data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Gossip {
    /// The tab with the line was told this.
    Told(Told),
    /// A mutation of this tab was acknowledged.
    Wrote(Receipt),
    /// This tab holds something new.
    Holds(u64, Holds),
    /// This tab is closing.
    Left(u64),
    /// The tab with the line has a new one: everybody says anew what they hold.
    Roll,
    /// The line speaks, or doesn't.
    Line(bool),
    /// This tab signed out.
    SignedOut,
}

/// Which rows concern one connection.
#[derive(Debug, Clone, Default)]
pub struct Interest {
    viewer: Option<UserId>,
    tags: HashSet<Tag>,
}

impl Interest {
    /// Of whoever is signed in there; in nothing yet.
    pub fn of(viewer: Option<UserId>) -> Self {
        Self { viewer, tags: HashSet::new() }
    }

    /// Who is signed in there.
    pub const fn viewer(&self) -> Option<UserId> {
        self.viewer
    }

    /// From now on in these tags.
    pub fn hold(&mut self, tags: &[Tag]) {
        self.tags = tags.iter().copied().collect();
    }

    /// The tags.
    pub fn tags(&self) -> impl Iterator<Item = Tag> + '_ {
        self.tags.iter().copied()
    }

    /// What of a row concerns it: nothing, if its viewer may not know.
    pub fn concerns(&self, row: &LogRow) -> Vec<Directive> {
        if !row.audience.includes(self.viewer) {
            return vec![];
        }
        let held = |directive: &&Directive| self.tags.contains(&directive.tag());
        row.receipt.directives.iter().filter(held).copied().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        directive::{
            Audience,
            Directive::{Evict, Refresh},
        },
        ids::StoryId,
        seq::Millis,
    };

    const STORY: Tag = Tag::Story(StoryId::from_bits(1));
    const ADA: UserId = UserId::from_bits(2);
    const BEN: UserId = UserId::from_bits(3);

    /// What somebody with a story on screen is told.
    fn check(viewer: Option<UserId>, audience: Audience, directives: &[Directive], expected: &[Directive]) {
        let mut interest = Interest::of(viewer);
        interest.hold(&[STORY]);
        let receipt = Receipt { seq: Seq(1), at: Millis(0), directives: directives.to_vec(), areas: vec![] };
        assert_eq!(interest.concerns(&LogRow { receipt, audience }), expected, "{viewer:?} {audience:?}");
    }

    #[test]
    fn who_is_told_what() {
        use Audience::{Everyone, Only};
        check(None, Everyone, &[Refresh(STORY), Refresh(Tag::Feed)], &[Refresh(STORY)]);
        check(None, Everyone, &[Evict(STORY)], &[Evict(STORY)]);
        check(None, Everyone, &[Refresh(Tag::Feed)], &[]);
        check(Some(BEN), Everyone, &[Refresh(STORY)], &[Refresh(STORY)]);
        check(None, Only(ADA), &[Refresh(STORY)], &[]);
        check(Some(BEN), Only(ADA), &[Refresh(STORY)], &[]);
        check(Some(ADA), Only(ADA), &[Refresh(STORY)], &[Refresh(STORY)]);
    }
}
