//! Chapters that go out by themselves: once, at their moment, and before it nobody but their author knows.

use domain::{
    Change, ChapterId, ChapterState, Manuscript, NotPublished, ReadingPage, Rev, Seq, StoryPage, Wanted, Which,
    ZoneName,
};
use store::{Error, Store};

use crate::library::{
    Library, On,
    fixture::{heading, save, wanted},
    on_both, tables,
};

on_both! {
    a_chapter_goes_out_at_its_moment
    of_several_nodes_one_releases_it
    what_can_not_be_scheduled
    what_stops_a_release
}

/// A moment that every test lives to see in the future.
const LATER: &str = "2126-12-01T09:30";

/// Adds a chapter with words to the story that is out, and schedules it.
async fn scheduled(library: &Library) -> ChapterId {
    let (store, ada, tale) = (&library.store, library.fixture.ada, &library.fixture.out);
    let chapter = *store.add_chapter(ada, tale.parts[0], heading("The end")).await.expect("a chapter").value();
    let tree = store.load(&Manuscript { viewer: ada, story: tale.story }).await.expect("its tree");
    let scene = tree.value.parts[0].chapters.last().expect("a chapter").scenes[0].scene;
    store.save_scene(ada, scene, save("They lived.", Rev(1))).await.expect("saved");
    store.schedule_chapter(ada, chapter, wanted(LATER)).await.expect("scheduled");
    chapter
}

/// Its moment has come.
async fn make_due(library: &Library, chapter: ChapterId) {
    tables::run(&library.address, &format!("update chapters set release_at = 1 where id = '{chapter}'")).await;
}

async fn state(library: &Library, chapter: ChapterId) -> ChapterState {
    let tree = Manuscript { viewer: library.fixture.ada, story: library.fixture.out.story };
    let tree = library.store.load(&tree).await.expect("a tree");
    let mut chapters = tree.value.parts.iter().flat_map(|part| &part.chapters);
    chapters.find(|one| one.chapter == chapter).expect("the chapter").state.clone()
}

async fn is_read(library: &Library, chapter: ChapterId) -> bool {
    let page = ReadingPage { story: library.fixture.out.story, chapter };
    library.store.fetch(&page, Seq::ZERO).await.is_ok()
}

async fn released(store: &Store) -> u64 {
    store.release_due().await.expect("the database was asked")
}

fn refusal<T: std::fmt::Debug>(result: Result<T, Error>) -> NotPublished {
    match result {
        Err(Error::NotPublished(why)) => why,
        other => panic!("not refused: {other:?}"),
    }
}

async fn a_chapter_goes_out_at_its_moment(on: On) {
    let library = Library::open(on).await;
    let updated = async || {
        let page = StoryPage::first(library.fixture.out.story);
        library.store.fetch(&page, Seq::ZERO).await.expect("a title page").entry.value.updated_at
    };
    let before = updated().await;
    let chapter = scheduled(&library).await;
    let ChapterState::Scheduled(schedule) = state(&library, chapter).await else { panic!("it is scheduled") };
    assert_eq!((schedule.local.to_string().as_str(), schedule.zone.as_str()), (LATER, "Europe/Berlin"));
    assert_eq!(domain::date::iso8601(schedule.at), "2126-12-01T08:30:00.000Z");
    assert_eq!((released(&library.store).await, is_read(&library, chapter).await), (0, false));
    make_due(&library, chapter).await;
    assert!(!is_read(&library, chapter).await, "no reader's question releases it");
    assert_eq!(updated().await, before, "a schedule is no news");
    assert_eq!(released(&library.store).await, 1);
    assert!(updated().await > before, "the chapter is");
    assert_eq!((is_read(&library, chapter).await, state(&library, chapter).await), (true, ChapterState::Published));
    assert_eq!(released(&library.store).await, 0);
}

async fn of_several_nodes_one_releases_it(on: On) {
    let library = Library::open(on).await;
    let chapter = scheduled(&library).await;
    let before = tables::log(&library.address).await.len();
    make_due(&library, chapter).await;
    let mut nodes = vec![library.store.clone()];
    for _ in 0..2 {
        nodes.push(library.another_node().await);
    }
    let asked: Vec<_> = nodes.into_iter().map(|node| tokio::spawn(async move { released(&node).await })).collect();
    let mut times = 0;
    for node in asked {
        times += node.await.expect("an answer");
    }
    assert_eq!(times, 1);
    let log = tables::log(&library.address).await;
    assert!(matches!(log[before..], [Change::ChapterPublished(..)]), "{:?}", &log[before..]);
    let page = ReadingPage { story: library.fixture.out.story, chapter };
    library.store.load(&page).await.expect("readers have it");
}

async fn what_can_not_be_scheduled(on: On) {
    let library = Library::open(on).await;
    let chapter = scheduled(&library).await;
    let (store, fixture, ada) = (&library.store, &library.fixture, library.fixture.ada);
    let empty = *store.add_chapter(ada, fixture.out.parts[0], heading("")).await.expect("a chapter").value();
    let published = fixture.out.chapters[0];
    for (chapter, local, expected) in [
        (chapter, "2020-12-01T09:30", NotPublished::InThePast),
        (chapter, "2127-02-29T09:30", NotPublished::NoSuchDay),
        (chapter, "2126-03-31T02:30", NotPublished::Skipped),
        (chapter, "2126-10-27T02:30", NotPublished::Twice),
        (empty, LATER, NotPublished::Empty),
        (published, LATER, NotPublished::IsPublished),
    ] {
        assert_eq!(refusal(store.schedule_chapter(ada, chapter, wanted(local)).await), expected, "{local}");
    }
    let bens = store.schedule_chapter(fixture.ben, fixture.bens.chapters[0], wanted(LATER)).await;
    assert_eq!(refusal(bens), NotPublished::StoryIsDraft);
    let zone = ZoneName::try_from("Europe/Atlantis".to_owned()).expect("a name");
    let nowhere = store.schedule_chapter(ada, chapter, Wanted { zone, ..wanted(LATER) }).await;
    assert_eq!(refusal(nowhere), NotPublished::UnknownZone);
    // What was refused left the schedule as it was; what says which of two is meant takes its place.
    let ChapterState::Scheduled(kept) = state(&library, chapter).await else { panic!("it is scheduled") };
    assert_eq!(kept.local.to_string(), LATER);
    let twice = Wanted { which: Some(Which::Later), ..wanted("2126-10-27T02:30") };
    store.schedule_chapter(ada, chapter, twice).await.expect("scheduled");
    let ChapterState::Scheduled(later) = state(&library, chapter).await else { panic!("it is scheduled") };
    assert_eq!(domain::date::iso8601(later.at), "2126-10-27T01:30:00.000Z");
}

async fn what_stops_a_release(on: On) {
    let library = Library::open(on).await;
    let (store, ada, story) = (&library.store, library.fixture.ada, library.fixture.out.story);
    let chapter = scheduled(&library).await;
    store.unschedule_chapter(ada, chapter).await.expect("a draft");
    assert_eq!(state(&library, chapter).await, ChapterState::Draft);

    // While the story is withdrawn it waits, and goes out when the story is back.
    store.schedule_chapter(ada, chapter, wanted(LATER)).await.expect("scheduled");
    make_due(&library, chapter).await;
    store.unpublish_story(ada, story).await.expect("withdrawn");
    assert_eq!(released(store).await, 0);
    store.publish_story(ada, story, &[]).await.expect("published");
    assert_eq!(released(store).await, 1);

    // One that was published by hand meanwhile has no moment any more.
    let other = scheduled(&library).await;
    store.publish_chapter(ada, other).await.expect("published");
    store.unpublish_chapter(ada, other).await.expect("withdrawn");
    assert_eq!(state(&library, other).await, ChapterState::Draft);

    // One that lost its words is a draft again.
    let empty = scheduled(&library).await;
    tables::run(&library.address, &format!("update scenes set words = 0 where chapter_id = '{empty}'")).await;
    make_due(&library, empty).await;
    assert_eq!(released(store).await, 0);
    assert_eq!(state(&library, empty).await, ChapterState::Draft);
}
