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
        let chapters = self.chapters.iter().map(|&chapter| Evict(Tag::Chapter(chapter)));
        let scenes = self.scenes.iter().map(|&scene| Evict(Tag::Scene(scene)));
        chapters.chain(scenes).chain(self.posts.iter().map(|&post| Refresh(Tag::Post(post))))
    }

    /// The same, where it came back.
    pub(super) fn back(&self) -> impl Iterator<Item = Directive> + '_ {
        let chapters = self.chapters.iter().map(|&chapter| Refresh(Tag::Chapter(chapter)));
        let scenes = self.scenes.iter().map(|&scene| Refresh(Tag::Scene(scene)));
        chapters.chain(scenes).chain(self.posts.iter().map(|&post| Refresh(Tag::Post(post))))
    }
}
