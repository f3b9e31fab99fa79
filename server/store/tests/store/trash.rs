//! What is deleted can be had back for 30 days, and is nowhere else meanwhile.

use domain::{
    Cast, ChapterState, Feed, Inbox, KEPT_IN_TRASH, Manuscript, Millis, MyLikes, MyStory, NotRestored, ReadersThen,
    ReadingPage, Rev, SceneHistory, Seq, StoryPage, StoryTree, Trash, TrashItem, Trashed,
};
use store::Error;

use crate::library::{
    Library, On,
    fixture::{report, save},
    on_both, tables,
};

on_both! {
    each_thing_comes_back_to_its_place
    a_story_comes_back_as_a_draft_with_all_that_was_its_own
    a_scene_comes_back_to_its_readers
    readers_find_their_places_in_a_story_that_came_back
    what_has_lost_its_place_says_where_it_is
    a_story_without_parts_takes_a_scene_back
    what_belongs_to_a_trashed_story_waits_for_it
    versions_wait_in_the_trash_and_go_with_it
    after_thirty_days_it_is_gone
    the_trash_is_its_authors
    of_two_at_once_one_restores
}

async fn tree(library: &Library) -> StoryTree {
    let query = Manuscript { viewer: library.fixture.ada, story: library.fixture.out.story };
    library.store.load(&query).await.expect("a tree").value.clone()
}

async fn trash(library: &Library) -> Vec<TrashItem> {
    let query = Trash { viewer: library.fixture.ada, page: 0 };
    library.store.fetch(&query, Seq::ZERO).await.expect("the trash").entry.value.items.clone()
}

/// The tree with every chapter a draft, as restoring leaves those that it brings back.
fn as_drafts(mut tree: StoryTree, which: impl Fn(&domain::TreeChapter) -> bool) -> StoryTree {
    for chapter in tree.parts.iter_mut().flat_map(|part| &mut part.chapters).filter(|chapter| which(chapter)) {
        chapter.state = ChapterState::Draft;
    }
    tree
}

async fn delete(library: &Library, what: Trashed) {
    let (store, ada) = (&library.store, library.fixture.ada);
    let deleted = match what {
        Trashed::Story(story) => store.delete_story(ada, story).await,
        Trashed::Part(part) => store.delete_part(ada, part).await,
        Trashed::Chapter(chapter) => store.delete_chapter(ada, chapter).await,
        Trashed::Scene(scene) => store.delete_scene(ada, scene).await,
        Trashed::Character(member) => store.delete_cast_member(ada, domain::CastKind::Character, member).await,
        Trashed::Setting(member) => store.delete_cast_member(ada, domain::CastKind::Setting, member).await,
    };
    deleted.expect("deleted");
}

async fn each_thing_comes_back_to_its_place(on: On) {
    let library = Library::open(on).await;
    let (store, f) = (&library.store, &library.fixture);
    let cast = async || store.load(&Cast { viewer: f.ada, story: f.out.story }).await.expect("a cast").value.clone();
    let (before, cast_before) = (tree(&library).await, cast().await);
    for (what, title, words) in [
        (Trashed::Part(f.out.parts[0]), "", 15),
        (Trashed::Chapter(f.out.chapters[1]), "The Tide Table, chapter 2", 5),
        (Trashed::Scene(f.out.scenes[0]), "", 5),
        (Trashed::Character(f.out.character), "Mrs Owl", 0),
        (Trashed::Setting(f.out.setting), "The roof", 0),
    ] {
        library.warm().await;
        delete(&library, what).await;
        let items = trash(&library).await;
        assert_eq!(items.len(), 1, "{what}");
        let item = &items[0];
        assert_eq!((item.what, item.title.as_str(), item.words), (what, title, words));
        assert_eq!(item.story_title.as_deref(), Some("The Tide Table"));
        let restored = store.restore_trashed(f.ada, what).await.expect("restored").value().clone();
        assert_eq!((restored.what, restored.story, restored.elsewhere), (what, f.out.story, None));
        assert_eq!(trash(&library).await, []);
        let chapters: Vec<_> = match what {
            Trashed::Part(_) => f.out.chapters[..2].to_vec(),
            Trashed::Chapter(chapter) => vec![chapter],
            _ => vec![],
        };
        let now = tree(&library).await;
        assert_eq!(now, as_drafts(before.clone(), |one| chapters.contains(&one.chapter)), "{what}");
        assert_eq!(cast().await, cast_before);
        let readers = if chapters.is_empty() { restored.readers } else { ReadersThen::NoLonger };
        assert_eq!(restored.readers, readers);
        for chapter in chapters {
            let page = ReadingPage { story: f.out.story, chapter };
            assert!(store.fetch(&page, Seq::ZERO).await.is_err(), "{what}: readers don't have it back");
            store.publish_chapter(f.ada, chapter).await.expect("published");
        }
    }
}

async fn a_story_comes_back_as_a_draft_with_all_that_was_its_own(on: On) {
    let library = Library::open(on).await;
    let (store, f) = (&library.store, &library.fixture);
    let before = tree(&library).await;
    let what = Trashed::Story(f.out.story);
    let front = StoryPage::first(f.out.story);
    let was = store.load(&front).await.expect("a page").value.card.clone();
    library.warm().await;
    delete(&library, what).await;
    assert_eq!(trash(&library).await[0].story_title, None);
    let restored = store.restore_trashed(f.ada, what).await.expect("restored").value().clone();
    assert_eq!((restored.elsewhere, restored.readers), (None, ReadersThen::NoLonger));
    assert_eq!(tree(&library).await, StoryTree { published: false, ..as_drafts(before, |_| true) });
    assert!(store.fetch(&front, Seq::ZERO).await.is_err(), "nobody has it but its author");
    let likes = store.fetch(&MyLikes { viewer: f.rea }, Seq::ZERO).await.expect("likes").entry;
    assert!(!likes.value.stories.contains(&f.out.story));
    store.publish_story(f.ada, f.out.story, &f.out.chapters).await.expect("published");
    let now = store.fetch(&front, Seq::ZERO).await.expect("a page").entry;
    assert_eq!(now.value.card, was, "with its likes, and where it stood in its catalogue");
    let talk = store.fetch(&Feed { about: Some(f.out.story), page: 0 }, Seq::ZERO).await.expect("talk").entry;
    assert_eq!(talk.value.posts.iter().map(|post| post.post).collect::<Vec<_>>(), [f.post]);
}

async fn a_scene_comes_back_to_its_readers(on: On) {
    let library = Library::open(on).await;
    let (store, f) = (&library.store, &library.fixture);
    let page = ReadingPage { story: f.out.story, chapter: f.out.chapters[0] };
    let scenes = async || store.fetch(&page, Seq::ZERO).await.expect("a page").entry.value.scenes.clone();
    let before = scenes().await;
    delete(&library, Trashed::Scene(f.out.scenes[0])).await;
    assert_ne!(scenes().await, before);
    let restored = store.restore_trashed(f.ada, Trashed::Scene(f.out.scenes[0])).await.expect("restored");
    assert_eq!(restored.value().readers, ReadersThen::Again);
    assert_eq!(scenes().await, before);
}

async fn what_has_lost_its_place_says_where_it_is(on: On) {
    let library = Library::open(on).await;
    let (store, f) = (&library.store, &library.fixture);
    let (scene, chapter, part) = (f.out.scenes[2], f.out.chapters[1], f.out.parts[0]);
    delete(&library, Trashed::Scene(scene)).await;
    delete(&library, Trashed::Chapter(chapter)).await;
    delete(&library, Trashed::Part(part)).await;
    let restored = store.restore_trashed(f.ada, Trashed::Chapter(chapter)).await.expect("restored").value().clone();
    assert_eq!(restored.elsewhere.expect("another part").as_str(), "The Tide Table, later");
    let last = tree(&library).await.parts[0].chapters.pop().expect("a chapter");
    assert_eq!(last.chapter, chapter);
    delete(&library, Trashed::Chapter(chapter)).await;
    let restored = store.restore_trashed(f.ada, Trashed::Scene(scene)).await.expect("restored").value().clone();
    assert_eq!(restored.elsewhere.expect("another chapter").as_str(), "The Tide Table, chapter 3");
    let last = tree(&library).await.parts[0].chapters[0].scenes.pop().expect("a scene");
    assert_eq!(last.scene, scene);
}

async fn a_story_without_parts_takes_a_scene_back(on: On) {
    let library = Library::open(on).await;
    let (store, f) = (&library.store, &library.fixture);
    delete(&library, Trashed::Scene(f.out.scenes[0])).await;
    for part in &f.out.parts {
        delete(&library, Trashed::Part(*part)).await;
    }
    library.warm().await;
    let restored = store.restore_trashed(f.ada, Trashed::Scene(f.out.scenes[0])).await.expect("restored");
    assert!(restored.value().to_string().contains("in another place"), "{}", restored.value());
    assert_eq!(tree(&library).await.parts[0].chapters[0].scenes[0].scene, f.out.scenes[0]);
}

async fn what_belongs_to_a_trashed_story_waits_for_it(on: On) {
    let library = Library::open(on).await;
    let (store, f) = (&library.store, &library.fixture);
    let (scene, member) = (Trashed::Scene(f.out.scenes[0]), Trashed::Character(f.out.character));
    for what in [scene, member, Trashed::Story(f.out.story)] {
        delete(&library, what).await;
    }
    for what in [scene, member] {
        let refused = store.restore_trashed(f.ada, what).await;
        assert!(matches!(refused, Err(Error::NotRestored(NotRestored::StoryIsTrashed))), "{refused:?}");
    }
    for what in [Trashed::Story(f.out.story), scene, member] {
        store.restore_trashed(f.ada, what).await.expect("restored");
    }
    // With a story goes for good what was thrown away from it before.
    for what in [scene, Trashed::Story(f.out.story)] {
        delete(&library, what).await;
    }
    store.delete_trashed(f.ada, Trashed::Story(f.out.story)).await.expect("gone");
    assert_eq!(trash(&library).await, []);
    assert!(matches!(store.restore_trashed(f.ada, scene).await, Err(Error::NotFound)));
}

async fn versions_wait_in_the_trash_and_go_with_it(on: On) {
    let library = Library::open(on).await;
    let (store, f) = (&library.store, &library.fixture);
    let scene = f.out.scenes[0];
    store.save_scene(f.ada, scene, save("Once more.", Rev(2))).await.expect("saved");
    let history = SceneHistory { viewer: f.ada, scene, before: None };
    let what = Trashed::Chapter(f.out.chapters[0]);
    delete(&library, what).await;
    assert!(store.fetch(&history, Seq::ZERO).await.is_err(), "nobody finds them meanwhile");
    store.restore_trashed(f.ada, what).await.expect("restored");
    assert_eq!(store.fetch(&history, Seq::ZERO).await.expect("a history").entry.value.versions.len(), 2);
    delete(&library, what).await;
    store.delete_trashed(f.ada, what).await.expect("gone");
    let left = format!("select content from scene_versions where scene_id = '{scene}'");
    assert_eq!(tables::column(&library.address, &left).await, Vec::<String>::new());
    assert_eq!(tables::column(&library.address, "select content from trash_rows").await, Vec::<String>::new());
    assert!(matches!(store.restore_trashed(f.ada, what).await, Err(Error::NotFound)));
}

async fn after_thirty_days_it_is_gone(on: On) {
    let library = Library::open(on).await;
    let store = &library.store;
    delete(&library, Trashed::Scene(library.fixture.out.scenes[0])).await;
    delete(&library, Trashed::Setting(library.fixture.out.setting)).await;
    let items = trash(&library).await;
    let (last, first) = (items[0].deleted_at, items[1].deleted_at);
    assert_eq!(store.empty_trash_at(Millis(first.0 + KEPT_IN_TRASH - 1)).await.expect("looked"), 0);
    assert_eq!(store.empty_trash_at(Millis(first.0 + KEPT_IN_TRASH)).await.expect("emptied"), 1);
    assert_eq!(trash(&library).await, items[..1]);
    assert_eq!(store.empty_trash_at(Millis(last.0 + KEPT_IN_TRASH)).await.expect("emptied"), 1);
    assert_eq!(trash(&library).await, []);
}

async fn the_trash_is_its_authors(on: On) {
    let library = Library::open(on).await;
    let (store, f) = (&library.store, &library.fixture);
    let what = Trashed::Scene(f.out.scenes[0]);
    delete(&library, what).await;
    let before = tables::dump(&library.address).await;
    for who in [f.ben, f.rea, domain::UserId::from_bits(404)] {
        assert!(matches!(store.restore_trashed(who, what).await, Err(Error::NotFound)));
        assert!(matches!(store.delete_trashed(who, what).await, Err(Error::NotFound)));
        let page = &store.load(&Trash { viewer: who, page: 0 }).await.expect("an empty trash").value;
        assert_eq!(page.items, []);
    }
    assert_eq!(tables::dump(&library.address).await, before);
}

async fn of_two_at_once_one_restores(on: On) {
    let library = Library::open(on).await;
    let what = Trashed::Character(library.fixture.out.character);
    let both = async || {
        let one = || {
            library.store.delete_cast_member(
                library.fixture.ada,
                domain::CastKind::Character,
                library.fixture.out.character,
            )
        };
        futures_util::future::join(one(), one()).await
    };
    let (a, b) = both().await;
    assert_eq!([a.is_ok(), b.is_ok()].iter().filter(|done| **done).count(), 1, "{a:?} {b:?}");
    let one = || library.store.restore_trashed(library.fixture.ada, what);
    let (a, b) = futures_util::future::join(one(), one()).await;
    assert_eq!([a.is_ok(), b.is_ok()].iter().filter(|done| **done).count(), 1, "{a:?} {b:?}");
    for result in [a, b] {
        assert!(matches!(result, Ok(_) | Err(Error::NotFound)), "{result:?}");
    }
}

async fn readers_find_their_places_in_a_story_that_came_back(on: On) {
    let library = Library::open(on).await;
    let (store, f, tale) = (&library.store, &library.fixture, &library.fixture.out);
    store.follow_story(f.sid, tale.story, true).await.expect("followed");
    store.keep_bookmarks(f.sid, report(tale, 1, true, 4)).await.expect("kept");
    let mine = async || store.load(&MyStory { viewer: f.sid, story: tale.story }).await.expect("theirs").value.clone();
    let inbox = async || {
        let asked = Inbox { viewer: f.sid };
        let (cached, read) = (store.fetch(&asked, Seq::ZERO).await, store.load(&asked).await.expect("an inbox"));
        assert_eq!(cached.expect("an inbox").entry.value, read.value);
    };
    let (before, spot) = (mine().await, store.kept_spot(f.sid, tale.story).await.expect("an answer"));
    assert!(before.follows && !before.read.is_empty() && spot.is_some());
    inbox().await;
    delete(&library, Trashed::Story(tale.story)).await;
    inbox().await;
    store.restore_trashed(f.ada, Trashed::Story(tale.story)).await.expect("it is back");
    inbox().await;
    store.publish_story(f.ada, tale.story, &tale.chapters).await.expect("out again");
    inbox().await;
    assert_eq!(mine().await, before);
    assert_eq!(store.kept_spot(f.sid, tale.story).await.expect("an answer"), spot);
}
