//! Queries: what can be read, and so cached.
//!
//! A query's arguments are its key, made by serde from the struct itself, so that no argument can
//! be left out of it. Everything about one person has that person among its arguments.
//!
//! A query without tags does not compile:
//! ```compile_fail
//! # use serde::{Serialize, Deserialize};
//! # use domain::{Area, Query, Quire, UserId};
//! #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
//! struct Weather {}
//! impl Query for Weather {
//!     type Nouns = Quire;
//!     type Output = String;
//!     const NAME: &'static str = "weather";
//!     const AREA: Area = Area::Reading;
//!     fn viewer(&self) -> Option<UserId> { None }
//! }
//! ```
//! and with them it does:
//! ```
//! # use serde::{Serialize, Deserialize};
//! # use domain::{Area, Query, Quire, Tag, Tags, UserId};
//! #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
//! struct Weather {}
//! impl Query for Weather {
//!     type Nouns = Quire;
//!     type Output = String;
//!     const NAME: &'static str = "weather";
//!     const AREA: Area = Area::Reading;
//!     fn viewer(&self) -> Option<UserId> { None }
//!     fn tags(&self, _: &String) -> Tags { Tags::of(Tag::Catalogues, []) }
//! }
//! ```

mod act_log;
mod author_page;
mod bookmarks;
mod bookshelf;
mod cast;
mod catalogue_page;
mod chapter_talk;
mod comment_place;
mod decisions;
mod feed;
mod home;
mod inbox;
mod invitations;
mod manuscript;
mod members;
mod moderation_queue;
mod my_author;
mod my_email;
mod my_library;
mod my_likes;
mod my_mail;
mod my_profile;
mod my_second_factor;
mod my_silences;
mod my_story;
mod my_progress;
mod own_sessions;
mod publications;
mod reading_page;
mod registry;
mod releases;
mod scene_draft;
mod scene_history;
mod search;
mod site;
mod story_matches;
mod story_page;
mod thread;
mod trash;

pub use abreast_core::Query;
use serde::{Deserialize, Serialize};

pub use self::{
    act_log::{Act, ActLog, ActPage},
    author_page::{AuthorFront, AuthorPage},
    bookmarks::{BegunStory, Bookmarks},
    bookshelf::{Bookshelf, OwnStory},
    cast::{Cast, CastMember},
    catalogue_page::{CataloguePage, ListedStories, StoryCard},
    chapter_talk::ChapterTalk,
    comment_place::{CommentPlace, ThreadPlace},
    decisions::{Decision, Decisions},
    feed::{Feed, FeedPage, PostCard},
    home::{FrontPage, Home},
    inbox::{Inbox, News, Notice, Notices},
    invitations::{Invitation, Invitations},
    manuscript::{Manuscript, StoryTree, TreeChapter, TreePart, TreeScene},
    members::{Member, MemberPage, Members},
    moderation_queue::{BarredPerson, Case, HiddenThing, ModerationQueue, OpenCases, Report},
    my_author::{MineOfAuthor, MyAuthor},
    my_email::MyEmail,
    my_library::{LibraryStory, MyLibrary, ReadAndFollowed},
    my_likes::{LikedThings, MyLikes},
    my_mail::MyMail,
    my_profile::{MyProfile, OwnProfile},
    my_progress::{MyProgress, Progress, Written},
    my_second_factor::{MySecondFactor, SecondFactor},
    my_silences::{MySilences, Silenced, SilencedPeople},
    my_story::{MineOfStory, MyStory},
    own_sessions::{OwnSession, OwnSessions},
    publications::{Publication, Publications},
    reading_page::{ChapterText, Neighbour, ReadingPage},
    releases::{Release, Releases},
    scene_draft::{Scene, SceneDraft},
    scene_history::{SceneHistory, SceneVersion, VersionLine, VersionList, VersionText},
    search::{FoundStories, Search},
    site::{Site, SitePage, SiteSettings},
    story_matches::{FoundInStory, FoundScene, StoryMatches},
    story_page::{ListedChapter, ListedPart, StoryFront, StoryPage},
    thread::{Comment, Thread, ThreadView},
    trash::{Trash, TrashPage},
};
use crate::{handle::Handle, ids::UserId, tag::Tag, text::Name};

/// Whether a page is the first, which a key need not say.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands it over like this")]
const fn is_first(page: &u32) -> bool {
    *page == 0
}

/// A person, as others see them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Who.
    pub user: UserId,
    /// What they are called.
    pub name: Name,
    /// Where their page is.
    pub handle: Handle,
}

/// What everybody is called who left.
pub const FORMER_MEMBER: &str = "a former member";

impl Person {
    /// Whether there is a page of theirs. Who left has no handle, and none to whom a node has not given one yet: an id
    /// stands in its place.
    pub fn has_page(&self) -> bool {
        self.handle.as_str() != self.user.to_string()
    }

    /// What every answer depends on that names them.
    pub(crate) const fn tag(&self) -> Tag {
        Tag::Person(self.user)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{ChapterId, CommentId, PostId, StoryId};

    #[test]
    fn keys_carry_every_argument() {
        let page = ReadingPage { story: StoryId::from_bits(1), chapter: ChapterId::from_bits(2) };
        assert_eq!(page.key().as_str(), "reading-page.5?story=0000000000001&chapter=0000000000002");
        let other = ReadingPage { story: StoryId::from_bits(1), chapter: ChapterId::from_bits(3) };
        assert_ne!(page.key(), other.key());
        let thread = Thread::first(PostId::from_bits(3));
        assert_eq!(thread.key().as_str(), "thread.6?post=0000000000003");
        let under = Thread { under: Some(CommentId::from_bits(4)), page: 5, ..thread };
        assert_eq!(under.key().as_str(), "thread.6?post=0000000000003&under=0000000000004&page=5");
    }
}
