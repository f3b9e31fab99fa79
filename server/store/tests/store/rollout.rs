//! An area that is off is served uncached: slower, never wrong.

use domain::{Area, Areas, Home, Rev, Seq, Tier};
use store::{Settings, Store};

use crate::library::{Library, On, fixture::save, on_both};

/// How often the database was asked.
fn loads(store: &Store) -> u64 {
    store.report().recorder.tally(Tier::Database).hits
}

/// A published scene gets another text.
async fn edit(library: &Library) -> Seq {
    let (scene, save) = (library.fixture.out.scenes[0], save("Quite other text.", Rev(2)));
    library.store.save_scene(library.fixture.ada, scene, save).await.expect("saved").record().seq
}

on_both! {
    answers_are_the_same_with_everything_on_and_off
    an_area_that_is_off_is_kept_nowhere_and_one_that_is_on_is
    an_area_that_comes_back_is_judged_by_all_that_happened_meanwhile
}

async fn answers_are_the_same_with_everything_on_and_off(on: On) {
    let library = Library::open(on).await;
    let off = library.another_node_with(Settings { areas: Areas::NONE.into(), ..Settings::default() }).await;
    library.warm().await;
    let seen = edit(&library).await;
    for question in library.questions() {
        let (cached, uncached) = (question.through(&library.store, seen).await, question.through(&off, seen).await);
        assert_eq!((cached.value, cached.tags), (uncached.value, uncached.tags), "{}", question.key());
    }
    assert_eq!(off.report().entries, 0);
}

async fn an_area_that_is_off_is_kept_nowhere_and_one_that_is_on_is(on: On) {
    let areas = Areas::ALL.without(Area::Reading);
    let library = Library::open_with(on, Settings { areas: areas.into(), ..Settings::default() }).await;
    library.warm().await;
    let reading = ["home.", "catalogue-page.", "story-page.", "reading-page."];
    let kept = library.store.memory_keys();
    assert!(kept.iter().any(|key| key.as_str().starts_with("feed.")), "others are kept");
    for key in kept {
        assert!(!reading.iter().any(|name| key.as_str().starts_with(name)), "{key}");
    }
    let before = loads(&library.store);
    for _ in 0..3 {
        let fetched = library.store.fetch(&Home {}, Seq::ZERO).await.expect("an answer");
        assert!(!fetched.keep, "nobody else keeps it either");
    }
    assert_eq!(loads(&library.store) - before, 3);
}

async fn an_area_that_comes_back_is_judged_by_all_that_happened_meanwhile(on: On) {
    let library = Library::open(on).await;
    library.warm().await;
    library.store.set_areas(Areas::NONE);
    edit(&library).await;
    library.store.set_areas(Areas::ALL);
    for question in library.questions() {
        let through = question.through(&library.store, Seq::ZERO).await;
        assert_eq!(through.value, question.past(&library.store).await, "{}", question.key());
    }
}
