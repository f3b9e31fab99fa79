//! Tags: what cached data can depend on.

mod areas;
mod text;

use serde::{Deserialize, Serialize};

pub use self::text::NotATag;
use crate::{
    ids::{CastId, ChapterId, PartId, PostId, SceneId, SessionTag, StoryId, UserId},
    kinds::{Area, CastKind, Format, Genre},
};

/// Something cached data can depend on.
///
/// Fine enough that a saved scene leaves the other sixty chapters' pages alone, coarse enough that
/// a page depends on a handful.
///
/// A new one stands last: answers in Redis name tags by their place, and nodes of two versions share them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tag {
    /// Anything at all that readers have of a story: for what shows its word count.
    Story(StoryId),
    /// What stands around a story's text on every page: titles, order, and whether it may be read.
    Contents(StoryId),
    /// A part and everything in it.
    Part(PartId),
    /// A chapter and everything in it.
    Chapter(ChapterId),
    /// One scene.
    Scene(SceneId),
    /// A story's list of characters and settings.
    Cast(StoryId),
    /// One character.
    Character(CastId),
    /// One setting.
    Setting(CastId),
    /// Who likes a story.
    Likes(StoryId),
    /// Which published stories there are, in any catalogue. Versions before this one call it `shelves`.
    #[serde(alias = "shelves")]
    Catalogues,
    /// Which published stories of one format and genre there are. Versions before this one call it `shelf`.
    #[serde(alias = "shelf")]
    Catalogue(Format, Genre),
    /// An author's stories, as their studio lists them.
    Author(UserId),
    /// Which posts there are.
    Feed,
    /// Which posts there are about a story.
    Talk(StoryId),
    /// One post, its likes and its comments.
    Post(PostId),
    /// Data about one signed-in person alone: their likes, their sessions.
    Viewer(UserId),
    /// A page family. Every answer that serves it depends on it, so that all of them can be invalidated
    /// at once; nothing that happens to the library changes it.
    Area(Area),
    /// That a story is there for everybody to find: for what names it and shows nothing of it.
    Listed(StoryId),
    /// That a post is there: for what names it and shows nothing of it.
    Posted(PostId),
    /// One session. No answer depends on it: each tab of its browser holds it while the page is open.
    Session(SessionTag),
    /// Anything at all inside a story, drafts included: for what shows its whole tree to its author.
    Manuscript(StoryId),
    /// What stands around a story's text at its author's desk: titles, order and states, drafts included.
    Outline(StoryId),
    /// Which chapters readers have, of any story: for what lists the newest of them.
    Releases,
    /// What a person has in the trash.
    Trash(UserId),
    /// What one person reads and follows, and who answered them.
    Reader(UserId),
    /// What readers have of an author, by name: which stories and chapters are out, and what they are called.
    ReleasesOf(UserId),
    /// That a person is here, how they are called, and where their page is: for all that names them, and what is theirs
    /// alone and depends on nothing else that goes with them.
    Person(UserId),
    /// Which posts a person has written.
    PostsOf(UserId),
    /// Anything at all that readers have of any story, or how many like it: for what searches in all of them.
    Stories,
    /// What was reported, and what was done about it.
    Moderation,
    /// How the place is run, and what it says of itself.
    Site,
    /// Who has an account, and who is invited to make one.
    Members,
    /// Which posts there are about a chapter.
    ChapterTalk(ChapterId),
    /// Whom one person mutes or blocks.
    Silences(UserId),
    /// All words of a story at its author's desk, saved or only typed: for what looks through all of it.
    Words(StoryId),
    /// What one author wrote when, and how much they mean to.
    Progress(UserId),
}

impl Tag {
    /// One of a story's cast. Each kind has a tag of its own, because tags keep their places.
    pub const fn cast_member(kind: CastKind, member: CastId) -> Self {
        match kind {
            CastKind::Character => Self::Character(member),
            CastKind::Setting => Self::Setting(member),
        }
    }
}

impl abreast_core::Tag for Tag {
    fn is_named_in(self, text: &str) -> bool {
        let has = |name: String| text.contains(&name);
        match self {
            Self::Story(id)
            | Self::Contents(id)
            | Self::Cast(id)
            | Self::Likes(id)
            | Self::Talk(id)
            | Self::Listed(id)
            | Self::Manuscript(id)
            | Self::Outline(id)
            | Self::Words(id) => has(id.to_string()),
            Self::Part(id) => has(id.to_string()),
            Self::Chapter(id) | Self::ChapterTalk(id) => has(id.to_string()),
            Self::Scene(id) => has(id.to_string()),
            Self::Character(id) | Self::Setting(id) => has(id.to_string()),
            Self::Author(id)
            | Self::Viewer(id)
            | Self::Trash(id)
            | Self::Reader(id)
            | Self::ReleasesOf(id)
            | Self::Person(id)
            | Self::PostsOf(id)
            | Self::Silences(id)
            | Self::Progress(id) => has(id.to_string()),
            Self::Post(id) | Self::Posted(id) => has(id.to_string()),
            Self::Session(id) => has(id.to_string()),
            Self::Catalogue(format, genre) => {
                [format.slug(), genre.slug()].iter().all(|slug| has(format!("\"{slug}\"")))
            }
            // They have no name, or are no part of the library.
            Self::Catalogues
            | Self::Feed
            | Self::Releases
            | Self::Stories
            | Self::Moderation
            | Self::Site
            | Self::Members
            | Self::Area(_) => false,
        }
    }
}
