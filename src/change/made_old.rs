//! What belongs together when it becomes old: a story with what is above it, a chapter with what is above it, and so on.

use std::collections::BTreeSet;

use abreast_core::Directive::{Evict, Refresh};

use super::{Branch, ReplacedScene};
use crate::{
    Directive,
    ids::{PostId, SessionTag, UserId},
    kinds::Area,
    listing::Listing,
    path::{ChapterPath, PartPath, ScenePath, StoryPath},
    subject::Subject,
    tag::Tag,
};

/// The lists on which the story stands.
pub(super) fn listed(listing: Listing) -> impl Iterator<Item = Directive> {
    listing.tags().into_iter().map(Refresh)
}

/// Something inside the story changed. What readers have of it becomes old only if they find what changed.
pub(super) fn story(at: StoryPath, listing: Listing) -> impl Iterator<Item = Directive> {
    let of_readers = [Tag::Story(at.story), Tag::Stories].map(Refresh).into_iter();
    let of_readers = of_readers.filter(move |_| listing.is_public());
    [Refresh(Tag::Manuscript(at.story)), Refresh(Tag::Author(at.author))].into_iter().chain(of_readers)
}

/// What stands around the text on every page of the story changed.
pub(super) fn contents(at: StoryPath, listing: Listing) -> impl Iterator<Item = Directive> {
    let of_readers = [Tag::Contents(at.story), Tag::Releases, Tag::ReleasesOf(at.author)].map(Refresh);
    let of_readers = of_readers.into_iter().filter(move |_| listing.is_public());
    story(at, listing).chain([Refresh(Tag::Outline(at.story))]).chain(of_readers)
}

/// The story may no longer be shown, nor named among a person's likes or in their inbox.
pub(super) fn withdrawn(at: StoryPath) -> impl Iterator<Item = Directive> {
    let gone = [
        Tag::Story(at.story),
        Tag::Contents(at.story),
        Tag::Likes(at.story),
        Tag::Listed(at.story),
        Tag::ReleasesOf(at.author),
    ];
    gone.map(Evict).into_iter().chain(contents(at, Listing::Draft)).chain([Tag::Releases, Tag::Stories].map(Refresh))
}

/// Something of a story is back, with what was in it: a draft, or in one.
pub(super) fn restored(at: StoryPath, branch: &Branch) -> impl Iterator<Item = Directive> {
    contents(at, Listing::Draft).chain(branch.back()).chain([trash(at)])
}

/// Something is in its author's trash, or no longer.
pub(super) const fn trash(at: StoryPath) -> Directive {
    Refresh(Tag::Trash(at.author))
}

/// There is a post more or less. Talk about other stories is none the older: under `cargo xtask load` its
/// reloading was a fifth of all that memory had not. Nor is talk about other chapters, which their pages show.
pub(super) fn talked(about: Option<Subject>) -> impl Iterator<Item = Directive> {
    let of_story = about.map(|about| Refresh(Tag::Talk(about.story)));
    let of_chapter = about.and_then(|about| about.chapter).map(|chapter| Refresh(Tag::ChapterTalk(chapter)));
    [Refresh(Tag::Feed)].into_iter().chain(of_story).chain(of_chapter)
}

/// A post, or what is said below it, is another; these people have that in their inboxes.
pub(super) fn said(post: PostId, to: &[UserId], order: fn(Tag) -> Directive) -> impl Iterator<Item = Directive> {
    [Tag::Post(post)].into_iter().chain(to.iter().copied().map(Tag::Reader)).map(order)
}

pub(super) fn part(at: PartPath, listing: Listing) -> impl Iterator<Item = Directive> {
    story(at.above(), listing).chain([Refresh(Tag::Part(at.part))])
}

pub(super) fn chapter(at: ChapterPath, listing: Listing) -> impl Iterator<Item = Directive> {
    part(at.above(), listing).chain([Refresh(Tag::Chapter(at.chapter))])
}

/// The chapter may no longer be shown.
pub(super) fn chapter_withdrawn(at: ChapterPath, listing: Listing) -> impl Iterator<Item = Directive> {
    part(at.above(), listing).chain(contents(at.above().above(), listing)).chain([Evict(Tag::Chapter(at.chapter))])
}

pub(super) fn scene(at: ScenePath, listing: Listing) -> impl Iterator<Item = Directive> {
    chapter(at.above(), listing).chain([Tag::Scene(at.scene), Tag::Words(at.story)].map(Refresh))
}

/// Words of several scenes of a story: what belongs to all of them is said once.
pub(super) fn replaced(at: StoryPath, scenes: &[ReplacedScene]) -> impl Iterator<Item = Directive> {
    let of_scenes = scenes.iter().flat_map(ReplacedScene::made_old);
    let mut said = BTreeSet::new();
    story(at, Listing::Draft)
        .chain([Refresh(Tag::Words(at.story))])
        .chain(of_scenes)
        .filter(move |directive| said.insert(directive.tag()))
}

/// What is typed into a scene, and not saved: no reader has it.
pub(super) fn typed(at: ScenePath) -> impl Iterator<Item = Directive> {
    [Tag::Scene(at.scene), Tag::Words(at.story), Tag::Progress(at.author)].map(Refresh).into_iter()
}

/// A text of a scene became a version of it. The scene's own text is what it was, so no reader has anything old.
pub(super) fn set_aside(at: ScenePath) -> impl Iterator<Item = Directive> {
    story(at.above().above().above(), Listing::Draft).chain([Refresh(Tag::Scene(at.scene))])
}

/// A person may do more, or less, or nothing; these sessions of theirs ended.
pub(super) fn standing(user: UserId, sessions: &[SessionTag]) -> impl Iterator<Item = Directive> {
    // Who is signed out sees nothing of theirs any more.
    let viewer = if sessions.is_empty() { Refresh } else { Evict }(Tag::Viewer(user));
    let told = [Tag::Reader(user), Tag::Moderation, Tag::Members].map(Refresh);
    [viewer].into_iter().chain(told).chain(ended(sessions))
}

/// Everything: each answer has its area.
pub(super) fn everywhere(order: fn(Tag) -> Directive) -> impl Iterator<Item = Directive> {
    Area::ALL.iter().map(move |&area| order(Tag::Area(area)))
}

/// These sessions are no more.
pub(super) fn ended(sessions: &[SessionTag]) -> impl Iterator<Item = Directive> {
    sessions.iter().map(|&session| Evict(Tag::Session(session)))
}
