//! One person's inbox: what came out of what they follow, and who answered or mentioned them.

use serde::{Deserialize, Serialize};

use super::{Person, Query};
use crate::{
    Millis, Quire, Tags,
    ids::{ChapterId, CommentId, PostId, StoryId, UserId},
    kinds::Area,
    tag::Tag,
    text::{Heading, Title},
};

/// The viewer's notices, the newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inbox {
    /// Who.
    pub viewer: UserId,
}

/// What is in an inbox.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notices {
    /// The notices.
    pub notices: Vec<Notice>,
    /// The authors whose chapters would come here.
    pub authors: Vec<UserId>,
    /// The people of whom nothing comes here. Were one of them to leave, what they said would.
    pub silenced: Vec<UserId>,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// When it happened.
    pub at: Millis,
    /// Whether it has been read.
    pub read: bool,
    /// What happened.
    pub news: News,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum News {
    /// Chapters of a story went out at one moment: one release.
    Released {
        /// The story.
        story: StoryId,
        /// Its title.
        title: Title,
        /// Who wrote it.
        author: Person,
        /// How many chapters.
        chapters: u32,
        /// The first of them.
        first: ChapterId,
        /// That one's title, if it has one.
        heading: Heading,
    },
    /// A person commented on the viewer's post, or replied to their comment.
    Replied {
        /// The post.
        post: PostId,
        /// The comment.
        comment: CommentId,
        /// Who wrote it.
        by: Person,
        /// Whether it replies to a comment.
        to_comment: bool,
    },
    /// A person mentioned the viewer.
    Mentioned {
        /// In this post, or below it.
        post: PostId,
        /// In this comment, if not in the post itself.
        comment: Option<CommentId>,
        /// Who wrote it.
        by: Person,
    },
}

impl Inbox {
    /// How many notices there are at most.
    pub const MOST: u32 = 50;
}

impl Notices {
    /// How many are not read: of those that are listed, so that the count is the list's.
    pub fn unread(&self) -> usize {
        self.notices.iter().filter(|notice| !notice.read).count()
    }
}

impl Query for Inbox {
    type Nouns = Quire;
    type Output = Notices;
    const NAME: &'static str = "inbox";
    const VERSION: u32 = 4;
    const AREA: Area = Area::Reading;

    fn viewer(&self) -> Option<UserId> {
        Some(self.viewer)
    }

    fn tags(&self, inbox: &Notices) -> Tags {
        let releases = inbox.authors.iter().map(|&author| Tag::ReleasesOf(author));
        // That something came or went those whom it answers or mentions are told by their own tags; with a post all of
        // its comments go.
        let posts = inbox.notices.iter().filter_map(|notice| match notice.news {
            News::Released { .. } => None,
            News::Replied { post, .. } | News::Mentioned { post, .. } => Some(Tag::Posted(post)),
        });
        let named = inbox.notices.iter().map(|notice| match &notice.news {
            News::Released { author: who, .. } | News::Replied { by: who, .. } | News::Mentioned { by: who, .. } => {
                who.tag()
            }
        });
        let silenced = inbox.silenced.iter().map(|&person| Tag::Person(person));
        // A followed story that is published again brings its author back: hence the catalogues.
        Tags::of(
            Tag::Reader(self.viewer),
            [Tag::Catalogues].into_iter().chain(releases).chain(posts).chain(named).chain(silenced),
        )
    }
}
