//! What went with a person who left, and what of theirs stays.

use abreast_core::Directive::{Evict, Refresh};
use serde::{Deserialize, Serialize};

use super::made_old::{contents, listed, talked, withdrawn};
use crate::{
    Directive,
    ids::{PostId, StoryId, UserId},
    listing::Listing,
    path::StoryPath,
    subject::Subject,
    tag::Tag,
};

/// What went with a person who left, and what of theirs stays under nobody's name. Whatever shows it names them, and
/// so depends on their [`Tag::Person`]: here is what else an answer can depend on.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Departure {
    /// Stories that are gone, with where the public found them.
    pub gone: Vec<(StoryId, Listing)>,
    /// Stories that stay, without drafts and notes.
    pub kept: Vec<(StoryId, Listing)>,
    /// Other people's posts that were about stories that are gone: they are about nothing now.
    pub about: Vec<PostId>,
    /// Posts that are gone with their comments, and what they were about.
    pub posts: Vec<(PostId, Option<Subject>)>,
    /// Other people's posts below which comments are gone.
    pub threads: Vec<PostId>,
    /// Posts in which, or below which, they were mentioned.
    pub mentioned: Vec<PostId>,
    /// Stories that they liked.
    pub liked_stories: Vec<StoryId>,
    /// Posts that they liked.
    pub liked_posts: Vec<PostId>,
}

impl Departure {
    /// What of this person's may no longer be shown, and what is counted anew.
    pub(super) fn of(&self, user: UserId) -> impl Iterator<Item = Directive> + '_ {
        let own = [
            Tag::Viewer(user),
            Tag::Person(user),
            Tag::Reader(user),
            Tag::Author(user),
            Tag::Trash(user),
            Tag::PostsOf(user),
            Tag::ReleasesOf(user),
            Tag::Silences(user),
            Tag::Progress(user),
        ];
        let lists = [Tag::Stories, Tag::Moderation, Tag::Members];
        own.map(Evict).into_iter().chain(lists.map(Refresh)).chain(self.of_stories(user)).chain(self.of_talk())
    }

    fn of_stories(&self, author: UserId) -> impl Iterator<Item = Directive> + '_ {
        let at = move |story| StoryPath { author, story };
        let desk = |story| [Tag::Cast(story), Tag::Manuscript(story), Tag::Outline(story)].map(Evict);
        let gone = self.gone.iter().flat_map(move |&(story, listing)| {
            listed(listing).chain(withdrawn(at(story))).chain(desk(story)).collect::<Vec<_>>()
        });
        let kept = self
            .kept
            .iter()
            .flat_map(move |&(story, listing)| contents(at(story), listing).chain(desk(story)).collect::<Vec<_>>());
        gone.chain(kept).chain(self.liked_stories.iter().map(|&story| Refresh(Tag::Likes(story))))
    }

    fn of_talk(&self) -> impl Iterator<Item = Directive> + '_ {
        let posts = self.posts.iter().flat_map(|&(post, about)| {
            talked(about).chain([Tag::Post(post), Tag::Posted(post)].map(Evict)).collect::<Vec<_>>()
        });
        let threads = self.threads.iter().map(|&post| Evict(Tag::Post(post)));
        let counted =
            self.about.iter().chain(&self.mentioned).chain(&self.liked_posts).map(|&post| Refresh(Tag::Post(post)));
        posts.chain(threads).chain(counted)
    }
}
