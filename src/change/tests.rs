use super::*;
use crate::Directive;
use crate::{
    Area, Audience,
    ids::{ChapterId, PartId, SceneId},
    kinds::{Format, Genre},
};

/// A scene, with everything above it.
fn scene() -> ScenePath {
    let (author, story) = (UserId::from_bits(1), StoryId::from_bits(2));
    StoryPath { author, story }.part(PartId::from_bits(3)).chapter(ChapterId::from_bits(4)).scene(SceneId::from_bits(5))
}

#[track_caller]
fn check(change: &Change, expected: &[Area]) {
    assert_eq!(change.areas(), expected, "{change:?}");
}

#[test]
fn areas_are_those_of_the_answers_that_become_old() {
    use Area::{Community, Publish, Reading, Writing};
    let (draft, out) = (Listing::Draft, Listing::Catalogue(Format::Novel, Genre::Mystery));
    let (chapter, story) = (scene().above(), scene().above().above().above());
    let (user, post) = (UserId::from_bits(6), PostId::from_bits(7));

    check(&Change::SceneSaved(scene(), draft), &[Writing, Publish]);
    check(&Change::SceneSaved(scene(), out), &[Writing, Reading, Publish]);
    // Posts about a published story show its title, which stands around its text.
    check(&Change::ChapterSaved(chapter, draft), &[Writing, Publish]);
    check(&Change::ChapterSaved(chapter, out), &[Writing, Reading, Community, Publish]);
    check(&Change::ChapterPublished(chapter, out), &[Writing, Reading, Community, Publish]);
    check(&Change::ChapterUnpublished(chapter, out), &[Writing, Reading, Community, Publish]);
    check(&Change::StorySaved(story, draft, draft), &[Writing, Publish]);
    check(&Change::StorySaved(story, out, draft), &[Writing, Reading, Community, Publish]);
    // A draft that was out once may have left posts behind.
    check(&Change::StoryDeleted(story, draft, Branch::default()), &[Writing, Reading, Community, Publish]);

    check(&Change::CastMemberSaved(story, CastKind::Character, CastId::from_bits(8)), &[Writing]);
    check(&Change::CastMemberSaved(story, CastKind::Setting, CastId::from_bits(9)), &[Writing]);
    check(&Change::StoryLiked(story.story, user), &[Reading, Community, Publish]);
    check(&Change::CommentAdded(post, vec![user]), &[Reading, Community]);
    check(&Change::CommentSaved(post, vec![]), &[Reading, Community]);
    check(&Change::SignedIn(user), &[Community]);

    check(&Change::Invalidated(vec![Tag::Area(Writing)]), &[Writing]);
    check(&Change::Invalidated(vec![Tag::Author(user), Tag::Feed]), &[Writing, Reading, Community, Publish]);
    check(&Change::SetBack, Area::ALL);
}

/// What a reader of the story can hold becomes old.
#[track_caller]
fn check_told(change: &Change, expected: bool) {
    let at = scene();
    let held = [Tag::Story(at.story), Tag::Contents(at.story), Tag::Catalogues, Tag::Likes(at.story)];
    let is_held = |directive: &Directive| held.contains(&directive.tag());
    assert_eq!(change.directives().iter().any(is_held), expected, "{change:?}");
    assert_eq!(change.audience() == Audience::Everyone, expected, "{change:?}");
}

#[test]
fn readers_are_not_told_of_a_draft_chapter() {
    let (draft, out) = (Listing::Draft, Listing::Catalogue(Format::Novel, Genre::Mystery));
    let (scene, chapter, part) = (scene(), scene().above(), scene().above().above());
    for (listing, told) in [(draft, false), (out, true), (out.of_part(false), false), (draft.or(out), true)] {
        check_told(&Change::SceneSaved(scene, listing), told);
        check_told(&Change::SceneAdded(scene, listing), told);
        check_told(&Change::SceneMoved(scene, chapter, listing), told);
        check_told(&Change::SceneDeleted(scene, listing), told);
        check_told(&Change::SceneRestored(scene, listing), told);
        check_told(&Change::ChapterAdded(chapter, listing), told);
        check_told(&Change::ChapterSaved(chapter, listing), told);
        check_told(&Change::ChapterMoved(chapter, part, listing), told);
        check_told(&Change::ChapterDeleted(chapter, listing, Branch::default()), told);
        check_told(&Change::ChapterPublished(chapter, listing), told);
        check_told(&Change::ChapterScheduled(chapter, listing), told);
        check_told(&Change::ChapterUnpublished(chapter, listing), told);
        check_told(&Change::PartSaved(part, listing), told);
    }
    check_told(&Change::PartRestored(part, Branch::default()), false);
    check_told(&Change::ChapterRestored(chapter, Branch::default()), false);
    check_told(&Change::VersionSetAside(scene), false);
    check_told(&Change::WorkingCopyBegun(scene), false);
    check_told(&Change::WorkingCopyKept(scene), false);
    check_told(&Change::WorkingCopyLeft(scene), false);
    check_told(&Change::VersionsThinned(scene), false);
    // One public text among drafts.
    let replaced = |listing, is_saved| ReplacedScene { at: scene, listing, is_saved };
    let (draft, out) = (Listing::Draft, Listing::Catalogue(Format::Novel, Genre::Mystery));
    let story = scene.above().above().above();
    check_told(&Change::WordsReplaced(story, vec![]), false);
    check_told(&Change::WordsReplaced(story, vec![replaced(draft, true), replaced(draft, false)]), false);
    check_told(&Change::WordsReplaced(story, vec![replaced(draft, true), replaced(out, true)]), true);
}
