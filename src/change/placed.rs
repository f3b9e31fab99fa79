//! What a manager hid, with where the public found it.

use serde::{Deserialize, Serialize};

use abreast_core::Directive::{Evict, Refresh};

use super::made_old::{chapter, chapter_withdrawn, contents, listed, said, talked, withdrawn};
use crate::{
    Directive,
    ids::{PostId, UserId},
    kinds::Area,
    listing::Listing,
    path::{ChapterPath, StoryPath},
    subject::Subject,
    tag::Tag,
};

/// What a manager hid, or let everybody find again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Placed {
    /// A story; the listing is the one it has while it is not hidden.
    Story(StoryPath, Listing),
    /// A chapter; the same.
    Chapter(ChapterPath, Listing),
    /// A post, who wrote it, and what it is about.
    Post(PostId, UserId, Option<Subject>),
    /// A comment below a post: who wrote it, and whom it answers and mentions.
    Comment(PostId, UserId, Vec<UserId>),
}

impl Placed {
    /// Who wrote it.
    pub const fn author(&self) -> UserId {
        match self {
            Self::Story(at, _) => at.author,
            Self::Chapter(at, _) => at.above().above().author,
            Self::Post(_, author, _) | Self::Comment(_, author, _) => *author,
        }
    }

    /// It is gone, as if it were withdrawn or deleted.
    pub(super) fn hidden(&self) -> impl Iterator<Item = Directive> {
        let gone: Vec<Directive> = match self {
            Self::Story(at, listing) => listed(*listing).chain(withdrawn(*at)).collect(),
            Self::Chapter(at, listing) => chapter_withdrawn(*at, *listing).collect(),
            Self::Post(post, author, about) => talked(*about)
                .chain([Tag::Post(*post), Tag::Posted(*post)].map(Evict))
                .chain([Refresh(Tag::PostsOf(*author))])
                .collect(),
            Self::Comment(post, _, to) => said(*post, to, Evict).collect(),
        };
        self.of_author().chain(gone)
    }

    /// It is back.
    pub(super) fn shown(&self) -> impl Iterator<Item = Directive> {
        let back: Vec<Directive> = match self {
            Self::Story(at, listing) => listed(*listing).chain(contents(*at, *listing)).collect(),
            Self::Chapter(at, listing) => {
                chapter(*at, *listing).chain(contents(at.above().above(), *listing)).collect()
            }
            // The people whom it mentions, or who were answered below it, have that in their inboxes again, and nothing
            // there names the post.
            Self::Post(post, author, about) => talked(*about)
                .chain([Tag::Post(*post), Tag::PostsOf(*author), Tag::Area(Area::Reading)].map(Refresh))
                .collect(),
            Self::Comment(post, _, to) => said(*post, to, Refresh).collect(),
        };
        self.of_author().chain(back)
    }

    /// Its author is told.
    fn of_author(&self) -> impl Iterator<Item = Directive> + use<> {
        [Refresh(Tag::Reader(self.author()))].into_iter()
    }
}
