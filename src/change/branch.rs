//! What went with something deleted, and comes back with it.

use serde::{Deserialize, Serialize};

use abreast_core::Directive::{Evict, Refresh};

use crate::{
    Directive,
    ids::{ChapterId, PostId, SceneId},
    tag::Tag,
};

/// What went with something deleted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Branch {
    /// Its chapters.
    pub chapters: Vec<ChapterId>,
    /// Its scenes.
    pub scenes: Vec<SceneId>,
    /// The posts that were about it: they stay, and are about nothing now.
    pub posts: Vec<PostId>,
}

impl Branch {
    pub(super) fn gone(&self) -> impl Iterator<Item = Directive> + '_ {
        self.each(Evict)
    }

    /// The same, where it came back.
    pub(super) fn back(&self) -> impl Iterator<Item = Directive> + '_ {
        self.each(Refresh)
    }

    fn each(&self, order: fn(Tag) -> Directive) -> impl Iterator<Item = Directive> + '_ {
        let chapters = self.chapters.iter().map(move |&chapter| order(Tag::Chapter(chapter)));
        let scenes = self.scenes.iter().map(move |&scene| order(Tag::Scene(scene)));
        chapters.chain(scenes).chain(self.posts.iter().map(|&post| Refresh(Tag::Post(post))))
    }
}
