//! Chapters that readers have, and chapters that only their author has.

use domain::{
    ChapterId, ChapterState, Heading, Manuscript, ManuscriptFile, NotPublished, ReadingPage, Rev, Seq, StoryFront,
    StoryPage,
};
use store::Error;

use crate::library::{
    Library, On,
    fixture::{heading, save},
    on_both,
};

on_both! {
    a_new_chapter_is_a_draft_with_a_scene
    imported_chapters_are_drafts
    readers_have_a_chapter_from_its_publication_on
    when_it_was_published_first_is_kept
    what_has_no_words_is_not_published
    a_story_goes_out_with_the_chosen_chapters
    a_story_that_comes_back_stands_where_it_stood
}

async fn front(library: &Library) -> StoryFront {
    let page = StoryPage::first(library.fixture.out.story);
    library.store.fetch(&page, Seq::ZERO).await.expect("a title page").entry.value.clone()
}

/// Whether readers have the chapter, and when they had it first.
async fn state(library: &Library, chapter: ChapterId) -> (ChapterState, Option<domain::Millis>) {
    for (viewer, tale) in [(library.fixture.ada, &library.fixture.out), (library.fixture.ben, &library.fixture.bens)] {
        let tree = library.store.load(&Manuscript { viewer, story: tale.story }).await.expect("a tree");
        let mut chapters = tree.value.parts.iter().flat_map(|part| &part.chapters);
        if let Some(found) = chapters.find(|found| found.chapter == chapter) {
            return (found.state.clone(), found.first_published_at);
        }
    }
    panic!("no such chapter");
}

fn refusal<T: std::fmt::Debug>(result: Result<T, Error>) -> NotPublished {
    match result {
        Err(Error::NotPublished(why)) => why,
        other => panic!("not refused: {other:?}"),
    }
}

async fn a_new_chapter_is_a_draft_with_a_scene(on: On) {
    let library = Library::open(on).await;
    let (store, ada, tale) = (&library.store, library.fixture.ada, &library.fixture.out);
    let before = front(&library).await;
    let new = *store.add_chapter(ada, tale.parts[0], heading("The end")).await.expect("a chapter").value();
    let tree = store.load(&Manuscript { viewer: ada, story: tale.story }).await.expect("its tree");
    let added = tree.value.parts[0].chapters.last().expect("a chapter");
    assert_eq!((added.chapter, added.state.clone(), added.scenes.len()), (new, ChapterState::Draft, 1));
    store.save_scene(ada, added.scenes[0].scene, save("They lived.", Rev(1))).await.expect("saved");
    assert_eq!(front(&library).await, before, "neither counted, nor listed, nor among the words");
    for (chapter, neighbours) in [(tale.chapters[1], true), (tale.chapters[2], false)] {
        let page = ReadingPage { story: tale.story, chapter };
        let page = store.fetch(&page, Seq::ZERO).await.expect("a page").entry;
        assert_eq!((page.value.of, page.value.next.is_some()), (3, neighbours));
    }
    let page = ReadingPage { story: tale.story, chapter: new };
    assert!(matches!(store.fetch(&page, Seq::ZERO).await, Err(Error::NotThere { .. })));
}

async fn imported_chapters_are_drafts(on: On) {
    let library = Library::open(on).await;
    let (store, ada, tale) = (&library.store, library.fixture.ada, &library.fixture.out);
    let before = front(&library).await;
    // One for the part that is there, and one with a part of its own.
    let book = "## One more\n\nThey lived.\n\n# Part Three\n\n## The last\n\nThey died.\n";
    let book = ManuscriptFile::parse("book.md", book).expect("a book");
    store.import_chapters(ada, tale.story, book).await.expect("imported");
    assert_eq!(front(&library).await, before, "neither counted, nor listed, nor among the words");
    let tree = store.load(&Manuscript { viewer: ada, story: tale.story }).await.expect("its tree");
    let chapters: Vec<_> = tree.value.parts.iter().flat_map(|part| &part.chapters).collect();
    let states: Vec<_> = chapters.iter().map(|one| (one.state.clone(), one.first_published_at.is_some())).collect();
    let (out, draft) = ((ChapterState::Published, true), (ChapterState::Draft, false));
    assert_eq!(states, [out.clone(), out.clone(), out, draft.clone(), draft]);
    for imported in &chapters[3..] {
        let page = ReadingPage { story: tale.story, chapter: imported.chapter };
        assert!(matches!(store.fetch(&page, Seq::ZERO).await, Err(Error::NotThere { .. })));
        store.publish_chapter(ada, imported.chapter).await.expect("it has words");
    }
    assert_eq!(front(&library).await.chapters, 5, "as its author says");
}

async fn readers_have_a_chapter_from_its_publication_on(on: On) {
    let library = Library::open(on).await;
    let (store, ada, tale) = (&library.store, library.fixture.ada, &library.fixture.out);
    let page = ReadingPage { story: tale.story, chapter: tale.chapters[2] };
    let numbers = async || {
        let front = front(&library).await;
        let first = ReadingPage { story: tale.story, chapter: tale.chapters[1] };
        let second = store.fetch(&first, Seq::ZERO).await.expect("a page").entry;
        (front.chapters, front.card.words, front.parts.len(), second.value.next.is_some())
    };
    assert_eq!(numbers().await, (3, 4 * 5, 2, true));
    store.fetch(&page, Seq::ZERO).await.expect("it is there");
    store.unpublish_chapter(ada, page.chapter).await.expect("withdrawn");
    assert_eq!(numbers().await, (2, 3 * 5, 1, false), "its part, with nothing else in it, is not named");
    assert!(matches!(store.fetch(&page, Seq::ZERO).await, Err(Error::NotThere { .. })));
    store.publish_chapter(ada, page.chapter).await.expect("published");
    assert_eq!(numbers().await, (3, 4 * 5, 2, true));
    store.fetch(&page, Seq::ZERO).await.expect("it is there again");
}

async fn when_it_was_published_first_is_kept(on: On) {
    let library = Library::open(on).await;
    let (store, ada, tale) = (&library.store, library.fixture.ada, &library.fixture.out);
    let before = front(&library).await;
    assert_eq!(before.updated_at, before.card.published_at);
    let new = *store.add_chapter(ada, tale.parts[0], Heading::default()).await.expect("a chapter").value();
    store.move_scene(ada, tale.scenes[0], new, 0).await.expect("moved");
    assert_eq!(state(&library, new).await, (ChapterState::Draft, None));
    assert_eq!(front(&library).await.updated_at, before.updated_at, "a draft is no news");
    store.publish_chapter(ada, new).await.expect("published");
    let (_, first) = state(&library, new).await;
    let updated = front(&library).await.updated_at;
    assert_eq!(Some(updated), first);
    assert!(updated > before.updated_at);
    for _ in 0..2 {
        store.unpublish_chapter(ada, new).await.expect("withdrawn");
        assert_eq!(state(&library, new).await, (ChapterState::Draft, first));
        store.publish_chapter(ada, new).await.expect("published");
        assert_eq!(state(&library, new).await, (ChapterState::Published, first));
    }
    let listed = front(&library).await;
    assert_eq!(listed.updated_at, updated, "it was news once");
    let read = store.fetch(&ReadingPage { story: tale.story, chapter: new }, Seq::ZERO).await.expect("a page").entry;
    let chapters = listed.parts.iter().flat_map(|part| &part.chapters);
    let days: Vec<_> = chapters.filter(|one| one.chapter == new).map(|one| Some(one.published_at)).collect();
    assert_eq!((days, Some(read.value.published_at)), (vec![first], first), "its day is told");
}

async fn what_has_no_words_is_not_published(on: On) {
    let library = Library::open(on).await;
    let (store, fixture) = (&library.store, &library.fixture);
    let new =
        *store.add_chapter(fixture.ada, fixture.out.parts[0], Heading::default()).await.expect("a chapter").value();
    assert_eq!(refusal(store.publish_chapter(fixture.ada, new).await), NotPublished::Empty);
    let tree = store.load(&Manuscript { viewer: fixture.ada, story: fixture.out.story }).await.expect("its tree");
    let scene = tree.value.parts[0].chapters.last().expect("a chapter").scenes[0].scene;
    store.save_scene(fixture.ada, scene, save("\n***\n\n—\n", Rev(1))).await.expect("saved");
    assert_eq!(refusal(store.publish_chapter(fixture.ada, new).await), NotPublished::Empty);
    assert_eq!(refusal(store.publish_story(fixture.ada, fixture.out.story, &[new]).await), NotPublished::Empty);
    assert_eq!(state(&library, new).await, (ChapterState::Draft, None));
    let bens = &fixture.bens;
    let refused = refusal(store.publish_chapter(fixture.ben, bens.chapters[0]).await);
    assert_eq!(refused, NotPublished::StoryIsDraft);
    assert_eq!(refusal(store.publish_story(fixture.ben, bens.story, &[]).await), NotPublished::NoChapter);
}

async fn a_story_goes_out_with_the_chosen_chapters(on: On) {
    let library = Library::open(on).await;
    let (store, ben, tale) = (&library.store, library.fixture.ben, &library.fixture.bens);
    store.publish_story(ben, tale.story, &tale.chapters[1..]).await.expect("published");
    let page = StoryPage::first(tale.story);
    let front = store.fetch(&page, Seq::ZERO).await.expect("a page").entry;
    assert_eq!((front.value.chapters, front.value.first), (2, Some(tale.chapters[1])));
    store.unpublish_story(ben, tale.story).await.expect("withdrawn");
    store.publish_story(ben, tale.story, &[]).await.expect("published");
    let back = store.fetch(&page, Seq::ZERO).await.expect("a page").entry;
    assert_eq!(back.value, front.value, "as it was");
}

async fn a_story_that_comes_back_stands_where_it_stood(on: On) {
    let library = Library::open(on).await;
    let (store, fixture) = (&library.store, &library.fixture);
    let before = front(&library).await.card.published_at;
    store.publish_story(fixture.ben, fixture.bens.story, &fixture.bens.chapters).await.expect("published");
    store.unpublish_story(fixture.ada, fixture.out.story).await.expect("withdrawn");
    store.publish_story(fixture.ada, fixture.out.story, &[]).await.expect("published");
    assert_eq!(front(&library).await.card.published_at, before);
}
