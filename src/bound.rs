//! How much one thing may hold: every collection has a limit, so that no page and no answer grows without one.
//!
//! The store refuses an addition beyond the limit, in the transaction that makes it. Existing content stays readable,
//! and may be made smaller.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::grouped::grouped;

/// Something that has room for so many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Bound {
    /// Characters of a chapter, over all its scenes: a page shows them all.
    ChapterCharacters,
    /// Scenes of a chapter.
    ChapterScenes,
    /// Characters of a story, over all its scenes.
    StoryCharacters,
    /// Scenes of a story.
    StoryScenes,
    /// Chapters of a story.
    StoryChapters,
    /// Parts of a story.
    StoryParts,
    /// Characters in a story's notebook.
    Cast,
    /// Settings in a story's notebook.
    Settings,
    /// Stories of an author.
    AuthorStories,
    /// Stories that one person likes.
    LikedStories,
    /// Posts that one person likes.
    LikedPosts,
    /// Comments below a post, with the places that deleted ones left.
    ThreadComments,
    /// Stories in which one person has a bookmark.
    Bookmarks,
    /// Stories that one person follows.
    FollowedStories,
    /// Authors whom one person follows.
    FollowedAuthors,
    /// People whom one person mutes or blocks.
    Silences,
    /// Handles that one account has had. No other account can take any of them.
    Handles,
    /// Invitations that can be used.
    Invitations,
}

impl Bound {
    /// All of them.
    pub const ALL: [Self; 18] = [
        Self::ChapterCharacters,
        Self::ChapterScenes,
        Self::StoryCharacters,
        Self::StoryScenes,
        Self::StoryChapters,
        Self::StoryParts,
        Self::Cast,
        Self::Settings,
        Self::AuthorStories,
        Self::LikedStories,
        Self::LikedPosts,
        Self::ThreadComments,
        Self::Bookmarks,
        Self::FollowedStories,
        Self::FollowedAuthors,
        Self::Silences,
        Self::Handles,
        Self::Invitations,
    ];

    /// How many there is room for.
    pub const fn most(self) -> u32 {
        match self {
            Self::ChapterCharacters => 1_000_000,
            Self::ChapterScenes => 500,
            Self::StoryCharacters => 20_000_000,
            Self::StoryScenes => 20_000,
            Self::StoryChapters => 5_000,
            Self::StoryParts
            | Self::Cast
            | Self::Settings
            | Self::AuthorStories
            | Self::FollowedStories
            | Self::FollowedAuthors
            | Self::Silences => 1_000,
            Self::LikedStories | Self::LikedPosts | Self::ThreadComments | Self::Bookmarks => 10_000,
            Self::Handles => 10,
            Self::Invitations => 200,
        }
    }

    /// Refuses a change that makes more of it than there is room for. One that makes it smaller, or
    /// leaves it as it is, is always allowed.
    pub const fn admit(self, before: u64, after: u64) -> Result<(), Self> {
        if after > before && after > self.most() as u64 { Err(self) } else { Ok(()) }
    }

    /// Whether an author should be told how much room is left: nine tenths are taken.
    pub const fn is_near(self, count: u64) -> bool {
        count * 10 >= self.most() as u64 * 9
    }

    /// How much of it is there, as in "912,000 of 1,000,000 characters".
    pub fn tell(self, count: u32) -> String {
        let unit = match self {
            Self::ChapterCharacters | Self::StoryCharacters | Self::Cast => "characters",
            Self::ChapterScenes | Self::StoryScenes => "scenes",
            Self::StoryChapters => "chapters",
            Self::StoryParts => "parts",
            Self::Settings => "settings",
            Self::AuthorStories | Self::LikedStories | Self::Bookmarks | Self::FollowedStories => "stories",
            Self::FollowedAuthors => "authors",
            Self::Silences => "people",
            Self::LikedPosts => "posts",
            Self::Handles => "handles",
            Self::Invitations => "invitations",
            Self::ThreadComments => "comments",
        };
        format!("{} of {} {unit}", grouped(count), grouped(self.most()))
    }
}

/// Why a change was refused, and what to do: a sentence for people.
impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let most = grouped(self.most());
        match self {
            Self::ChapterCharacters => {
                write!(f, "A chapter holds {most} characters. Please put what is more into another chapter.")
            }
            Self::ChapterScenes => write!(f, "A chapter holds {most} scenes. Please begin another chapter."),
            Self::StoryCharacters => {
                write!(f, "A story holds {most} characters. Please go on in a second story, as in another volume.")
            }
            Self::StoryScenes => {
                write!(f, "A story holds {most} scenes. Please go on in a second story, as in another volume.")
            }
            Self::StoryChapters => {
                write!(f, "A story holds {most} chapters. Please go on in a second story, as in another volume.")
            }
            Self::StoryParts => write!(f, "A story holds {most} parts. Please put chapters into the parts there are."),
            Self::Cast => write!(f, "A story’s notebook holds {most} characters. Please delete one first."),
            Self::Settings => write!(f, "A story’s notebook holds {most} settings. Please delete one first."),
            Self::AuthorStories => write!(f, "A studio holds {most} stories. Please delete one first."),
            Self::LikedStories => {
                write!(f, "There is room for {most} stories that you like. Please take a like back first.")
            }
            Self::LikedPosts => {
                write!(f, "There is room for {most} posts that you like. Please take a like back first.")
            }
            Self::Bookmarks => write!(f, "There is room for bookmarks in {most} stories."),
            Self::FollowedStories => {
                write!(f, "There is room for {most} stories that you follow. Please stop following one first.")
            }
            Self::FollowedAuthors => {
                write!(f, "There is room for {most} authors whom you follow. Please stop following one first.")
            }
            Self::Silences => {
                write!(f, "There is room for {most} people whom you mute or block. Please take one off the list first.")
            }
            Self::Handles => {
                write!(
                    f,
                    "An account has {most} handles at most, with those from before. Please go back to one of them."
                )
            }
            Self::Invitations => write!(f, "There is room for {most} invitations. Please take one back first."),
            Self::ThreadComments => {
                write!(f, "A conversation holds {most} comments, and this one is full. Please begin a new post.")
            }
        }
    }
}

impl std::error::Error for Bound {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Body;

    #[test]
    fn one_scene_may_fill_its_chapter() {
        assert_eq!(Bound::ChapterCharacters.most().try_into(), Ok(Body::MAX_CHARACTERS));
    }

    #[test]
    fn what_is_refused() {
        let check = |before, after, expected| {
            assert_eq!(Bound::ThreadComments.admit(before, after), expected, "{before} to {after}");
        };
        check(0, 1, Ok(()));
        check(9_999, 10_000, Ok(()));
        check(10_000, 10_001, Err(Bound::ThreadComments));
        check(12_000, 12_000, Ok(()));
        check(12_000, 11_000, Ok(()));
        check(12_000, 12_001, Err(Bound::ThreadComments));
    }

    #[test]
    fn it_is_told_before_it_is_reached() {
        for (count, near) in [(0, false), (899_999, false), (900_000, true), (2_000_000, true)] {
            assert_eq!(Bound::ChapterCharacters.is_near(count), near, "{count}");
        }
        assert_eq!(Bound::ChapterCharacters.tell(912_000), "912,000 of 1,000,000 characters");
    }

    #[test]
    fn each_refusal_is_a_sentence_with_its_number() {
        for bound in Bound::ALL {
            let said = bound.to_string();
            assert!(said.ends_with('.') && said.contains(&grouped(bound.most())), "{said}");
        }
    }
}
