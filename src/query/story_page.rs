//! A story's title page: what it is, and its table of contents, a page at a time.

use serde::{Deserialize, Serialize};

use super::{Query, StoryCard};
use crate::{
    Millis, Quire, Tags,
    ids::{ChapterId, PartId, StoryId, UserId},
    kinds::Area,
    policy,
    tag::Tag,
    text::Heading,
};

/// A published story's title page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoryPage {
    /// The story.
    pub story: StoryId,
    /// The page of its contents, from 0.
    #[serde(default, skip_serializing_if = "super::is_first")]
    pub page: u32,
}

impl StoryPage {
    /// How many chapters are on a page of the contents.
    pub const CHAPTERS: u32 = 200;

    /// Its first page.
    pub const fn first(story: StoryId) -> Self {
        Self { story, page: 0 }
    }
}

/// What a title page shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoryFront {
    /// The story as lists show it.
    pub card: StoryCard,
    /// When its newest chapter was published first.
    pub updated_at: Millis,
    /// The table of contents: the parts that have chapters on this page.
    pub parts: Vec<ListedPart>,
    /// How many published chapters the story has.
    pub chapters: u32,
    /// The first of them.
    pub first: Option<ChapterId>,
}

/// A part in the table of contents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedPart {
    /// The part.
    pub part: PartId,
    /// Its title, if it has one.
    pub title: Heading,
    /// Its chapters on this page.
    pub chapters: Vec<ListedChapter>,
}

/// A chapter in the table of contents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedChapter {
    /// The chapter.
    pub chapter: ChapterId,
    /// Its number in the story, from 1.
    pub number: u32,
    /// Its title, if it has one.
    pub title: Heading,
    /// How many words it has.
    pub words: u32,
    /// When it was published first.
    pub published_at: Millis,
}

impl StoryFront {
    /// Whether its chapters came out on more than one day, and so their days are worth telling.
    pub fn is_serial(&self) -> bool {
        is_spread(self.parts.iter().flat_map(|part| &part.chapters).map(|chapter| chapter.published_at))
    }
}

/// Whether these moments lie on more than one day in UTC.
fn is_spread(moments: impl Iterator<Item = Millis>) -> bool {
    const DAY: i64 = 86_400_000;
    let mut days = moments.map(|moment| moment.0.div_euclid(DAY));
    let first = days.next();
    days.any(|day| Some(day) != first)
}

impl Query for StoryPage {
    type Nouns = Quire;
    type Output = StoryFront;
    const NAME: &'static str = "story-page";
    /// 5: its chapters have their days.
    const VERSION: u32 = 5;
    const AREA: Area = Area::Reading;

    fn viewer(&self) -> Option<UserId> {
        None
    }

    fn browser_lifetime() -> i64 {
        policy::JOURNEY
    }

    fn tags(&self, front: &StoryFront) -> Tags {
        Tags::of(Tag::Story(self.story), [Tag::Contents(self.story), Tag::Likes(self.story), front.card.author.tag()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(hours: &[i64], expected: bool) {
        assert_eq!(is_spread(hours.iter().map(|hour| Millis(hour * 3_600_000))), expected, "{hours:?}");
    }

    #[test]
    fn on_more_than_one_day() {
        check(&[], false);
        check(&[25], false);
        check(&[24, 25, 47], false);
        check(&[24, 25, 48], true);
        check(&[48, 24], true);
    }
}
