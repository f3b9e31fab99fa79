//! Subscription: the messages between a browser and its server while a page is open.
//!
//! Everything here only makes things fast. A client that misses a message learns the same from the log (rule 8).

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use crate::{
    directive::Directive,
    id::LogId,
    log_row::LogRow,
    nouns::Nouns,
    receipt::{CatchUp, Receipt},
    seq::Seq,
};

/// The most tags that one connection may hold: a browser of this app holds a few dozen.
pub const MOST_HELD: usize = 1_000;

/// What a browser holds. Takes the place of what it said before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, bound = "T: crate::Noun")]
pub struct Subscribe<T> {
    /// The log that its positions are of.
    pub log: LogId,
    /// The tags of all it holds.
    pub tags: Vec<T>,
    /// How far it knows what became of those that it did not name before.
    pub since: Seq,
}

/// What a server tells a browser, about tags that it holds and its viewer may know of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ServerMessage<T> {
    /// This was committed just now.
    Row {
        /// Its position.
        seq: Seq,
        /// What it made old.
        directives: Vec<Directive<T>>,
        /// Milliseconds over which all who hear this should spread their questions, so that a
        /// popular page's edit does not become a stampede.
        spread: u32,
    },
    /// What became of the tags that were named just now, since then.
    CaughtUp(CatchUp<T>),
    /// The line speaks, and all that concerns it was told up to here.
    Beat {
        /// Where the log stands.
        head: Seq,
    },
}

/// What the tabs of one browser tell each other: positions, never data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[serde(bound = "")]
pub enum TabMessage<N: Nouns> {
    /// The tab with the line was told this.
    Said(ServerMessage<N::Tag>),
    /// A mutation of this tab was acknowledged.
    Wrote(Receipt<N>),
    /// This tab holds something new.
    Subscribe(u64, Subscribe<N::Tag>),
    /// The server has answered what this tab said that it holds.
    Subscribed(u64),
    /// This tab is closing.
    Left(u64),
    /// The tab with the line has a new one: everybody says anew what they hold.
    Reannounce,
    /// The tab with the line is there, and its line does not speak.
    Silent,
    /// This tab signed out.
    SignedOut,
}

/// Which rows concern one connection.
#[derive(Debug, Clone)]
pub struct Subscription<N: Nouns> {
    viewer: Option<N::Viewer>,
    tags: HashSet<N::Tag>,
}

impl<N: Nouns> Subscription<N> {
    /// For the viewer who is signed in there; to no tag yet.
    pub fn of(viewer: Option<N::Viewer>) -> Self {
        Self { viewer, tags: HashSet::new() }
    }

    /// Who is signed in there.
    pub const fn viewer(&self) -> Option<N::Viewer> {
        self.viewer
    }

    /// From now on in these tags.
    pub fn hold(&mut self, tags: &[N::Tag]) {
        self.tags = tags.iter().copied().collect();
    }

    /// The tags.
    pub fn tags(&self) -> impl Iterator<Item = N::Tag> + '_ {
        self.tags.iter().copied()
    }

    /// What of a row concerns it: nothing, if its viewer may not know.
    pub fn concerns(&self, row: &LogRow<N>) -> Vec<Directive<N::Tag>> {
        if !row.audience.includes(self.viewer) {
            return vec![];
        }
        let held = |directive: &&Directive<N::Tag>| self.tags.contains(&directive.tag());
        row.receipt.directives.iter().filter(held).copied().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        directive::Directive::{Evict, Refresh},
        example::{Directive, Example, Tag},
        seq::Millis,
    };

    type Audience = crate::Audience<u64>;

    const PAGE: Tag = Tag::Page(1);
    const ADA: u64 = 2;
    const BEN: u64 = 3;

    /// Which messages reach a viewer with a page on screen.
    fn check(viewer: Option<u64>, audience: Audience, directives: &[Directive], expected: &[Directive]) {
        let mut interest = Subscription::<Example>::of(viewer);
        interest.hold(&[PAGE]);
        let receipt = Receipt { seq: Seq(1), at: Millis(0), directives: directives.to_vec(), areas: vec![] };
        assert_eq!(interest.concerns(&LogRow { receipt, audience }), expected, "{viewer:?} {audience:?}");
    }

    #[test]
    fn who_is_told_what() {
        use crate::Audience::{Everyone, Only};
        check(None, Everyone, &[Refresh(PAGE), Refresh(Tag::List)], &[Refresh(PAGE)]);
        check(None, Everyone, &[Evict(PAGE)], &[Evict(PAGE)]);
        check(None, Everyone, &[Refresh(Tag::List)], &[]);
        check(Some(BEN), Everyone, &[Refresh(PAGE)], &[Refresh(PAGE)]);
        check(None, Only(ADA), &[Refresh(PAGE)], &[]);
        check(Some(BEN), Only(ADA), &[Refresh(PAGE)], &[]);
        check(Some(ADA), Only(ADA), &[Refresh(PAGE)], &[Refresh(PAGE)]);
    }
}
