//! What is in the trash is its author's alone, also where another browser held it before.

use super::{
    table::{Rule, table},
    world::{Asker, NEVER_TOLD, State, TOLD_WHEN_OUT, TOLD_WITH_CHAPTER, World},
};

/// Everybody but the author asks everything: no answer has one of these words.
async fn tells_none_of(world: &World, words: &[&str], about: &str) {
    for asker in Asker::ALL.into_iter().filter(|asker| *asker != Asker::Author) {
        for call in table() {
            let answer = call.make(world, asker).await;
            let what = format!("{about}, {asker:?}: {call:?} answered {} {}", answer.status, answer.body);
            for told in words {
                assert!(!answer.body.contains(told), "tells {told}: {what}");
            }
            if call.rule == Rule::Author && !call.is_page() {
                let expected = if asker == Asker::Nobody { 401 } else { 404 };
                assert_eq!(answer.status, expected, "{what}");
            }
        }
    }
}

/// What was deleted is nowhere, and what came back is a draft.
async fn check_story(state: State, is_back: bool) {
    let world = World::make(state).await;
    world.trash(world.thing("story")).await;
    if is_back {
        world.restore(world.thing("story")).await;
    }
    let about = format!("{state:?}, {is_back}");
    tells_none_of(&world, &[NEVER_TOLD, TOLD_WHEN_OUT, TOLD_WITH_CHAPTER], &about).await;
    assert!(!world.is_among_likes().await, "{about}: told among likes");
}

#[tokio::test]
async fn a_draft_in_the_trash_is_its_authors() {
    check_story(State::Draft, false).await;
    check_story(State::Draft, true).await;
}

#[tokio::test]
async fn a_story_that_was_out_is_its_authors_in_the_trash() {
    check_story(State::Out, false).await;
    check_story(State::Out, true).await;
}

/// A part and a chapter come back as drafts; a scene is read again, because its chapter never went.
async fn check_out(kind: &str, is_back: bool) {
    let world = World::make(State::Out).await;
    let text = format!("{TOLD_WITH_CHAPTER} text");
    // The chapter of a scene in the trash stands in the contents as before.
    let hidden = if kind == "scene" { text.as_str() } else { TOLD_WITH_CHAPTER };
    world.trash(world.thing(kind)).await;
    if is_back {
        world.restore(world.thing(kind)).await;
    }
    let (about, mut nobody) = (format!("{kind}, {is_back}"), world.browser(Asker::Nobody));
    let front = nobody.get(&world.fill("/novels/{story}", Asker::Nobody)).await;
    assert_eq!((front.status, front.body.contains(TOLD_WHEN_OUT)), (200, true), "{about}: the story is still out");
    let chapter = nobody.get(&world.fill("/novels/{story}/{chapter}", Asker::Nobody)).await;
    let is_read = kind == "scene" && is_back;
    assert_eq!(chapter.body.contains(&text), is_read, "{about}: {} {}", chapter.status, chapter.body);
    assert_eq!(chapter.status == 200, kind == "scene", "{about}: {}", chapter.body);
    let words = [NEVER_TOLD, hidden];
    tells_none_of(&world, if is_read { &words[..1] } else { &words }, &about).await;
}

#[tokio::test]
async fn a_part_in_the_trash_of_a_story_that_is_out_is_its_authors() {
    check_out("part", false).await;
    check_out("part", true).await;
}

#[tokio::test]
async fn a_chapter_in_the_trash_of_a_story_that_is_out_is_its_authors() {
    check_out("chapter", false).await;
    check_out("chapter", true).await;
}

#[tokio::test]
async fn a_scene_in_the_trash_of_a_story_that_is_out_is_its_authors() {
    check_out("scene", false).await;
    check_out("scene", true).await;
}
