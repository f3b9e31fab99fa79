//! Bookmarks: in which chapter of a story a reader is, what moves that, and where they read on.

use serde::{Deserialize, Serialize};

use crate::{
    ids::{ChapterId, StoryId},
    query::Neighbour,
    rev::Rev,
    spot::Spot,
};

/// The chapter in which a reader of a story is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bookmark {
    /// The chapter.
    pub chapter: ChapterId,
    /// Its number in the story when it was read.
    pub number: u32,
    /// Whether it was read to its end.
    pub ended: bool,
}

/// Where a reader goes on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadOn {
    /// The chapter.
    pub to: Neighbour,
    /// Why this one.
    pub why: Onward,
}

/// Why a reader goes on in a chapter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Onward {
    /// They stopped in it.
    Within,
    /// They read the one before it to its end.
    Next,
    /// The one in which they stopped is gone, and this one stands nearest.
    Nearest,
}

/// What a browser says of a reader's place in a story.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BookmarkReport {
    /// The story.
    pub story: StoryId,
    /// The chapter in which they are, as it was there.
    pub mark: Bookmark,
    /// Where in it.
    pub spot: Spot,
    /// The revision of the kept spot that the browser knew when they were there; 0 if it knew of none.
    pub base: Rev,
    /// Chapters of the story that were read to their end.
    pub read: Vec<ChapterId>,
}

/// Reports in one request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<BookmarkReport>", into = "Vec<BookmarkReport>")]
pub struct BookmarkReports(Vec<BookmarkReport>);

/// More was reported at once than fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("That is too much at once: 100 stories fit, with 500 chapters of each.")]
pub struct TooManyReports;

/// The kept spot of a reader in a story.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptSpot {
    /// The chapter.
    pub chapter: ChapterId,
    /// Whether it was read to its end.
    pub ended: bool,
    /// Where in it.
    pub spot: Spot,
    /// How often it was kept.
    pub rev: Rev,
}

/// How far a reader is in a story.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reached {
    number: u32,
    depth: (u32, u16),
}

impl Bookmark {
    /// Where its reader goes on, in the story's chapters as they are now. `None` if there is nothing more to read.
    pub fn read_on(&self, chapters: &[Neighbour]) -> Option<ReadOn> {
        let chapter = |at: usize, why| chapters.get(at).map(|to| ReadOn { to: to.clone(), why });
        match (chapters.iter().position(|one| one.chapter == self.chapter), self.ended) {
            (Some(at), false) => chapter(at, Onward::Within),
            (Some(at), true) => chapter(at + 1, Onward::Next),
            // The chapter after the one that is gone has its number now.
            (None, _) => {
                let place = self.number.saturating_sub(1) as usize;
                chapter(place.min(chapters.len().checked_sub(1)?), Onward::Nearest)
            }
        }
    }
}

impl BookmarkReports {
    /// The most stories.
    pub const MOST: usize = 100;
    /// The most chapters of each.
    pub const MOST_READ: usize = 500;

    /// The reports.
    pub fn as_slice(&self) -> &[BookmarkReport] {
        &self.0
    }
}

impl TryFrom<Vec<BookmarkReport>> for BookmarkReports {
    type Error = TooManyReports;

    fn try_from(reports: Vec<BookmarkReport>) -> Result<Self, TooManyReports> {
        let fit = reports.len() <= Self::MOST && reports.iter().all(|one| one.read.len() <= Self::MOST_READ);
        if fit { Ok(Self(reports)) } else { Err(TooManyReports) }
    }
}

impl From<BookmarkReports> for Vec<BookmarkReport> {
    fn from(reports: BookmarkReports) -> Self {
        reports.0
    }
}

impl Reached {
    /// At a spot in the chapter of this number.
    pub const fn at(number: u32, spot: Spot) -> Self {
        Self { number, depth: spot.depth() }
    }

    /// Whether a report moves the kept spot. One that knows it may move it anywhere. One that does not is late, or is
    /// of a browser that begins: it moves the reader on, and never back.
    pub fn moves(self, base: Rev, kept: Option<(Rev, Self)>) -> bool {
        kept.is_none_or(|(rev, reached)| base == rev || self > reached)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Heading;

    fn chapters(ids: &[u64]) -> Vec<Neighbour> {
        let named = |(number, &id)| Neighbour { chapter: ChapterId::from_bits(id), number, title: Heading::default() };
        (1..).zip(ids).map(named).collect()
    }

    #[test]
    fn where_a_reader_goes_on() {
        let check = |(id, number, ended), now: &[u64], expected: Option<(u64, Onward)>| {
            let mark = Bookmark { chapter: ChapterId::from_bits(id), number, ended };
            let to = mark.read_on(&chapters(now)).map(|on| (on.to.chapter, on.why));
            assert_eq!(to, expected.map(|(id, why)| (ChapterId::from_bits(id), why)), "{mark:?} in {now:?}");
        };
        check((20, 2, false), &[10, 20, 30], Some((20, Onward::Within)));
        check((20, 2, true), &[10, 20, 30], Some((30, Onward::Next)));
        check((30, 3, true), &[10, 20, 30], None);
        // It stands elsewhere now.
        check((20, 2, false), &[20, 10, 30], Some((20, Onward::Within)));
        check((20, 2, true), &[20, 10, 30], Some((10, Onward::Next)));
        // It is gone.
        check((20, 2, false), &[10, 30], Some((30, Onward::Nearest)));
        check((20, 2, true), &[10, 30], Some((30, Onward::Nearest)));
        check((30, 3, false), &[10], Some((10, Onward::Nearest)));
        check((30, 0, false), &[10], Some((10, Onward::Nearest)));
        check((30, 3, false), &[], None);
    }

    #[test]
    fn what_moves_a_reader() {
        let at = |number, paragraph, thousandth| Reached::at(number, Spot { paragraph, print: 0, thousandth });
        let check = |base, reached: Reached, kept: Option<(i64, Reached)>, expected| {
            let kept = kept.map(|(rev, reached)| (Rev(rev), reached));
            assert_eq!(reached.moves(Rev(base), kept), expected, "{base} {reached:?} {kept:?}");
        };
        check(0, at(1, 0, 0), None, true);
        // It knows where the reader was: on and back.
        check(5, at(3, 7, 0), Some((5, at(3, 6, 0))), true);
        check(5, at(1, 0, 0), Some((5, at(3, 6, 0))), true);
        // It is late: another browser has been heard since.
        check(4, at(3, 5, 999), Some((5, at(3, 6, 0))), false);
        check(4, at(2, 90, 0), Some((5, at(3, 6, 0))), false);
        check(4, at(3, 6, 0), Some((5, at(3, 6, 0))), false);
        check(4, at(3, 6, 1), Some((5, at(3, 6, 0))), true);
        check(4, at(4, 0, 0), Some((5, at(3, 6, 0))), true);
        // It never heard of any.
        check(0, at(1, 0, 0), Some((1, at(1, 3, 0))), false);
        check(0, at(2, 0, 0), Some((1, at(1, 3, 0))), true);
    }

    #[test]
    fn so_much_fits_into_a_request() {
        let report = |read| BookmarkReport {
            story: StoryId::from_bits(1),
            mark: Bookmark { chapter: ChapterId::from_bits(2), number: 1, ended: false },
            spot: Spot { paragraph: 0, print: 0, thousandth: 0 },
            base: Rev(0),
            read: vec![ChapterId::from_bits(2); read],
        };
        for (reports, read, fit) in [(0, 0, true), (100, 1, true), (101, 1, false), (1, 500, true), (1, 501, false)] {
            assert_eq!(BookmarkReports::try_from(vec![report(read); reports]).is_ok(), fit, "{reports} of {read}");
        }
    }
}
