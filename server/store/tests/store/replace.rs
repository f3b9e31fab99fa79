//! Words are found in a whole story as its author sees it, and replaced in all of it at once, or in nothing.

use domain::{
    ChosenScene, ChosenScenes, FoundInStory, ReadingPage, Replaced, Rev, SceneDraft, SceneHistory, SceneId,
    StoryMatches, Trashed, Unreplaced, VersionKind,
};
use store::{Error, Result};

use crate::library::{
    Library, On,
    fixture::{chosen, needle, replacement, save, typed},
    on_both, tables,
};

on_both! {
    what_is_found_is_what_its_author_sees
    words_are_replaced_everywhere_at_once
    what_is_left_out_stays
    what_is_typed_stays_typed
    what_is_left_out_of_typed_text_is_left_out_of_the_saved_one
    one_scene_that_changed_meanwhile_refuses_all
    undo_gives_back_what_was_there
    undo_leaves_what_was_changed_since
    what_has_no_room_changes_nothing
}

async fn find(library: &Library, words: &str) -> FoundInStory {
    let query = StoryMatches { viewer: library.fixture.ada, story: library.fixture.out.story, needle: needle(words) };
    library.store.load(&query).await.expect("an answer").value.clone()
}

async fn all(library: &Library, words: &str) -> ChosenScenes {
    chosen(&library.store, library.fixture.ada, library.fixture.out.story, &needle(words)).await
}

async fn replace(library: &Library, words: &str, with: &str, scenes: ChosenScenes) -> Result<Replaced> {
    let (ada, story) = (library.fixture.ada, library.fixture.out.story);
    let replaced = library.store.replace_in_story(ada, story, needle(words), replacement(with), scenes).await?;
    Ok(replaced.value().clone())
}

async fn undo(library: &Library, replaced: Replaced) -> Result<Unreplaced> {
    let (ada, story) = (library.fixture.ada, library.fixture.out.story);
    Ok(*library.store.undo_replace(ada, story, replaced.scenes).await?.value())
}

/// The saved text of a scene, and what is typed over it.
async fn texts(library: &Library, scene: SceneId) -> (String, Option<String>) {
    let answer = library.store.load(&SceneDraft { viewer: library.fixture.ada, scene }).await.expect("a scene");
    let typed = answer.value.working.as_ref().map(|working| working.texts.content.to_string());
    (answer.value.content.to_string(), typed)
}

async fn type_into(library: &Library, scene: SceneId, text: &str) {
    let answer = library.store.load(&SceneDraft { viewer: library.fixture.ada, scene }).await.expect("a scene");
    let keep = typed(text, answer.value.rev.0, answer.value.kept.0);
    library.store.keep_working_copy(library.fixture.ada, scene, keep).await.expect("kept");
}

async fn versions(library: &Library, scene: SceneId) -> Vec<VersionKind> {
    let query = SceneHistory { viewer: library.fixture.ada, scene, before: None };
    library.store.load(&query).await.expect("a history").value.versions.iter().map(|version| version.kind).collect()
}

async fn what_is_found_is_what_its_author_sees(on: On) {
    let library = Library::open(on).await;
    let [first, second, third, fourth] = library.fixture.out.scenes[..] else { panic!("four scenes") };
    type_into(&library, second, "Typed, and not saved: a scene, one more SCENE.").await;
    type_into(&library, third, "Typed over it.").await;
    let found = find(&library, "scene").await;
    assert_eq!((found.count, found.in_scenes), (4, 3));
    let told: Vec<_> = found.scenes.iter().map(|one| (one.scene, one.rev.0, one.kept.0, one.count)).collect();
    assert_eq!(told, [(first, 2, 0, 1), (second, 2, 1, 2), (fourth, 2, 0, 1)], "in reading order");
    let excerpt = &found.scenes[1].matches[1];
    assert_eq!(
        (excerpt.before.as_str(), excerpt.words.as_str(), excerpt.after.as_str()),
        ("Typed, and not saved: a scene, one more ", "SCENE", ".")
    );
    assert_eq!(find(&library, "nowhere").await, FoundInStory { count: 0, in_scenes: 0, scenes: vec![] });
    assert_eq!(find(&library, "%").await.count, 0, "no sign has a meaning of its own");
    library.store.delete_scene(library.fixture.ada, first).await.expect("in the trash");
    assert_eq!(find(&library, "scene").await.in_scenes, 2);
}

async fn words_are_replaced_everywhere_at_once(on: On) {
    let library = Library::open(on).await;
    let tale = &library.fixture.out;
    let replaced = replace(&library, "scene", "act", all(&library, "scene").await).await.expect("replaced");
    assert_eq!((replaced.places, replaced.scenes.len()), (4, 4));
    for (number, &scene) in (1..).zip(&tale.scenes) {
        assert_eq!(texts(&library, scene).await, (format!("The Tide Table: *act* {number}."), None));
        assert_eq!(versions(&library, scene).await, [VersionKind::Saved; 2], "before, and after");
    }
    let page = ReadingPage { story: tale.story, chapter: tale.chapters[1] };
    let page = library.store.load(&page).await.expect("a page").value.clone();
    assert!(format!("{page:?}").contains("act"), "{page:?}");
    assert_eq!(find(&library, "scene").await.count, 0);
}

async fn what_is_left_out_stays(on: On) {
    let library = Library::open(on).await;
    let ada = library.fixture.ada;
    let [first, second, ..] = library.fixture.out.scenes[..] else { panic!("scenes") };
    library.store.save_scene(ada, first, save("A scene, a scene, a scene.", Rev(2))).await.expect("saved");
    let mut scenes: Vec<ChosenScene> = all(&library, "scene").await.into();
    scenes.truncate(2);
    scenes[0].left_out = [1].into();
    scenes[1].left_out = [0].into();
    let replaced = replace(&library, "scene", "act", scenes.try_into().expect("a choice")).await.expect("replaced");
    assert_eq!((replaced.places, replaced.scenes.len()), (2, 1));
    assert_eq!(texts(&library, first).await.0, "A act, a scene, a act.");
    assert_eq!(versions(&library, second).await.len(), 1, "nothing was written");
}

async fn what_is_typed_stays_typed(on: On) {
    let library = Library::open(on).await;
    let [first, second, third, _] = library.fixture.out.scenes[..] else { panic!("four scenes") };
    type_into(&library, first, "The Tide Table: *scene* 1. Typed on, a scene.").await;
    type_into(&library, second, "A typed scene, and no saved word.").await;
    type_into(&library, third, "The Tide Table: *act* 3.").await;
    let replaced = replace(&library, "scene", "act", all(&library, "scene").await).await.expect("replaced");
    assert_eq!((replaced.places, replaced.scenes.len()), (4, 3));
    let (saved, typed) = texts(&library, first).await;
    assert_eq!(saved, "The Tide Table: *act* 1.", "readers have nothing that was typed");
    assert_eq!(typed.as_deref(), Some("The Tide Table: *act* 1. Typed on, a act."));
    assert_eq!(versions(&library, first).await, [VersionKind::Kept, VersionKind::Saved, VersionKind::Saved]);
    assert_eq!(texts(&library, second).await.1.as_deref(), Some("A typed act, and no saved word."));
    // Where its author sees no match, nothing is replaced below.
    assert_eq!(texts(&library, third).await.0, "The Tide Table: *scene* 3.");
}

async fn what_is_left_out_of_typed_text_is_left_out_of_the_saved_one(on: On) {
    let library = Library::open(on).await;
    let (ada, scene) = (library.fixture.ada, library.fixture.out.scenes[0]);
    library.store.save_scene(ada, scene, save("A scene at sea.\n\nA scene at home.", Rev(2))).await.expect("saved");
    type_into(&library, scene, "A new scene.\n\nA scene at sea.\n\nA scene at home.").await;
    let mut scenes: Vec<ChosenScene> = all(&library, "scene").await.into();
    scenes.truncate(1);
    scenes[0].left_out = [1].into();
    replace(&library, "scene", "act", scenes.try_into().expect("a choice")).await.expect("replaced");
    let expected = ("A scene at sea.\n\nA act at home.", "A new act.\n\nA scene at sea.\n\nA act at home.");
    let (saved, typed) = texts(&library, scene).await;
    assert_eq!((saved.as_str(), typed.as_deref()), (expected.0, Some(expected.1)));
}

async fn one_scene_that_changed_meanwhile_refuses_all(on: On) {
    let library = Library::open(on).await;
    let ada = library.fixture.ada;
    let [_, second, third, _] = library.fixture.out.scenes[..] else { panic!("four scenes") };
    let seen = all(&library, "scene").await;
    type_into(&library, second, "Typed meanwhile.").await;
    let before = tables::dump(&library.address).await;
    let refused = replace(&library, "scene", "act", seen).await;
    assert!(matches!(refused, Err(Error::Conflict { now: Rev(2) })), "{refused:?}");
    let seen = all(&library, "scene").await;
    assert_eq!(tables::dump(&library.address).await, before);
    library.store.save_scene(ada, third, save("Saved meanwhile.", Rev(2))).await.expect("saved");
    let refused = replace(&library, "scene", "act", seen).await;
    assert!(matches!(refused, Err(Error::Conflict { now: Rev(3) })), "{refused:?}");
    let seen = all(&library, "scene").await;
    library.store.delete_scene(ada, library.fixture.out.scenes[0]).await.expect("in the trash");
    let refused = replace(&library, "scene", "act", seen).await;
    assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");
}

async fn undo_gives_back_what_was_there(on: On) {
    let library = Library::open(on).await;
    let scenes = &library.fixture.out.scenes;
    type_into(&library, scenes[0], "The Tide Table: *scene* 1. Typed on.").await;
    // Saved and typed are the same then: the working copy ends, and comes back.
    type_into(&library, scenes[1], "The Tide Table: *SCENE* 2.").await;
    let all_texts = async || {
        let mut all = vec![];
        for &scene in scenes {
            all.push(texts(&library, scene).await);
        }
        all
    };
    let before = all_texts().await;
    let replaced = replace(&library, "scene", "act", all(&library, "scene").await).await.expect("replaced");
    assert_eq!(texts(&library, scenes[1]).await, ("The Tide Table: *act* 2.".to_owned(), None));
    assert_ne!(all_texts().await, before);
    assert_eq!(undo(&library, replaced.clone()).await.expect("undone"), Unreplaced { scenes: 4, left: 0 });
    assert_eq!(all_texts().await, before);
    assert_eq!(undo(&library, replaced).await.expect("nothing"), Unreplaced { scenes: 0, left: 4 }, "once");
    assert_eq!(all_texts().await, before);
}

async fn undo_leaves_what_was_changed_since(on: On) {
    let library = Library::open(on).await;
    let (ada, scenes) = (library.fixture.ada, &library.fixture.out.scenes);
    let replaced = replace(&library, "scene", "act", all(&library, "scene").await).await.expect("replaced");
    type_into(&library, scenes[0], "Typed since.").await;
    library.store.save_scene(ada, scenes[1], save("Saved since.", Rev(3))).await.expect("saved");
    library.store.delete_scene(ada, scenes[2]).await.expect("in the trash");
    assert_eq!(undo(&library, replaced).await.expect("undone"), Unreplaced { scenes: 1, left: 3 });
    assert_eq!(texts(&library, scenes[0]).await.1.as_deref(), Some("Typed since."));
    assert_eq!(texts(&library, scenes[1]).await.0, "Saved since.");
    assert_eq!(texts(&library, scenes[3]).await.0, "The Tide Table: *scene* 4.");
    let restored = library.store.restore_trashed(ada, Trashed::Scene(scenes[2])).await;
    restored.expect("it is in the trash");
    assert_eq!(texts(&library, scenes[2]).await.0, "The Tide Table: *act* 3.");
}

async fn what_has_no_room_changes_nothing(on: On) {
    let library = Library::open(on).await;
    let (ada, scene) = (library.fixture.ada, library.fixture.out.scenes[3]);
    library.store.save_scene(ada, scene, save(&"scene ".repeat(1_000), Rev(2))).await.expect("saved");
    let (seen, before) = (all(&library, "scene").await, tables::dump(&library.address).await);
    let refused = replace(&library, "scene", &"x".repeat(5_000), seen).await;
    assert!(matches!(refused, Err(Error::Full(_))), "{refused:?}");
    assert_eq!(tables::dump(&library.address).await, before);
}
