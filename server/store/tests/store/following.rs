//! Following: the library's counts are its lists, and the inbox has one notice of each release and each answer.

use domain::{
    Body, ChapterDraft, Format, Genre, Inbox, LibraryStory, Manuscript, ManuscriptFile, Millis, MyLibrary, News,
    Notice, Rev, SceneSave, Seq, UserId,
};
use store::Error;

use crate::library::{
    Library, On,
    fixture::{comment, heading, note, report, save, wanted},
    on_both, tables,
};

on_both! {
    a_count_is_its_list
    a_withdrawn_story_is_in_no_library
    a_release_is_one_notice
    an_answer_is_one_notice
    what_came_later_stays_unread
    what_is_not_out_is_not_followed
}

async fn library_of(library: &Library, viewer: UserId) -> Vec<LibraryStory> {
    let entry = library.store.fetch(&MyLibrary { viewer }, Seq::ZERO).await.expect("a library").entry;
    for story in &entry.value.stories {
        assert_eq!(story.unread as usize, story.next.len(), "{story:?}");
    }
    entry.value.stories.clone()
}

async fn inbox_of(library: &Library, viewer: UserId) -> Vec<Notice> {
    library.store.fetch(&Inbox { viewer }, Seq::ZERO).await.expect("an inbox").entry.value.notices.clone()
}

/// How many chapters each release has.
fn releases(notices: &[Notice]) -> Vec<u32> {
    let chapters = |notice: &Notice| match notice.news {
        News::Released { chapters, .. } => Some(chapters),
        News::Replied { .. } | News::Mentioned { .. } => None,
    };
    notices.iter().filter_map(chapters).collect()
}

async fn a_count_is_its_list(on: On) {
    let library = Library::open(on).await;
    let (store, f, tale) = (&library.store, &library.fixture, &library.fixture.out);
    let unread = async || {
        let stories = library_of(&library, f.sid).await;
        stories.iter().map(|one| one.next.iter().map(|next| next.number).collect::<Vec<_>>()).collect::<Vec<_>>()
    };
    assert_eq!(unread().await, Vec::<Vec<u32>>::new());
    store.follow_story(f.sid, tale.story, true).await.expect("followed");
    assert_eq!(unread().await, [[1, 2, 3]]);
    store.keep_bookmarks(f.sid, report(tale, 1, true, 0)).await.expect("read");
    assert_eq!(unread().await, [[1, 3]]);
    store.unpublish_chapter(f.ada, tale.chapters[0]).await.expect("taken back");
    assert_eq!(unread().await, [[2]], "what is taken back is not to be read");
    store.publish_chapter(f.ada, tale.chapters[0]).await.expect("out");
    assert_eq!(unread().await, [[1, 3]]);
    store.delete_chapter(f.ada, tale.chapters[1]).await.expect("deleted");
    assert_eq!(unread().await, [[1, 2]]);
    store.follow_story(f.sid, tale.story, false).await.expect("let go");
    assert_eq!(unread().await, [[1, 2]], "it was begun");
    // Rea follows the story, Ben its author.
    assert_eq!(library_of(&library, f.rea).await.len(), 1);
    assert_eq!(library_of(&library, f.ben).await.len(), 1);
}

async fn a_withdrawn_story_is_in_no_library(on: On) {
    let library = Library::open(on).await;
    let (store, f) = (&library.store, &library.fixture);
    for (viewer, count) in [(f.rea, 1), (f.ben, 1), (f.sid, 0)] {
        assert_eq!(library_of(&library, viewer).await.len(), count);
        store.unpublish_story(f.ada, f.out.story).await.expect("withdrawn");
        assert_eq!(library_of(&library, viewer).await.len(), 0);
        store.publish_story(f.ada, f.out.story, &[]).await.expect("out");
        assert_eq!(library_of(&library, viewer).await.len(), count);
    }
}

/// However it goes out, and whatever happens to it afterwards.
async fn a_release_is_one_notice(on: On) {
    let library = Library::open(on).await;
    let (store, f, tale) = (&library.store, &library.fixture, &library.fixture.out);
    let of = async |viewer| releases(&inbox_of(&library, viewer).await);
    assert_eq!(of(f.rea).await, [0; 0], "what was out before is no news");
    let chapter = *store.add_chapter(f.ada, tale.parts[1], heading("The end")).await.expect("a chapter").value();
    let tree = store.load(&Manuscript { viewer: f.ada, story: tale.story }).await.expect("its tree");
    let scene = tree.value.parts[1].chapters[1].scenes[0].scene;
    store.save_scene(f.ada, scene, save("They lived.", Rev(1))).await.expect("its words");
    store.schedule_chapter(f.ada, chapter, wanted("2126-12-01T09:30")).await.expect("scheduled");
    assert_eq!(of(f.rea).await, [0; 0], "it is not out");
    tables::run(&library.address, &format!("update chapters set release_at = 1 where id = '{chapter}'")).await;
    let other = library.another_node().await;
    let (one, two) = tokio::join!(store.release_due(), other.release_due());
    assert_eq!(one.expect("released") + two.expect("nothing left"), 1);
    // The other may have done it: then this node hears of it within its half of Δ, or when it is asked for more.
    let head = store.load(&Manuscript { viewer: f.ada, story: tale.story }).await.expect("its tree").as_of;
    store.confirm(head).await.expect("the log");
    for viewer in [f.rea, f.ben] {
        assert_eq!(of(viewer).await, [1], "of two nodes' doing");
    }
    assert_eq!(of(f.sid).await, [0; 0], "who follows nothing");
    store
        .save_scene(
            f.ada,
            scene,
            SceneSave { content: Body::parse("They lived on.").expect("text"), ..save("", Rev(2)) },
        )
        .await
        .expect("an edit");
    store
        .save_chapter(f.ada, chapter, ChapterDraft { title: heading("Fin"), synopsis: note(""), base: Rev(1) })
        .await
        .expect("another title");
    assert_eq!(of(f.rea).await, [1], "edits are no releases");
    store.unpublish_chapter(f.ada, chapter).await.expect("taken back");
    assert_eq!(of(f.rea).await, [0; 0]);
    store.publish_chapter(f.ada, chapter).await.expect("out again");
    assert_eq!(of(f.rea).await, [1]);
    // A whole book of an author whom Ben follows.
    let book = ManuscriptFile::parse("book.md", "# Book\n\n## One\n\nText.\n\n## Two\n\nEnd.\n").expect("a book");
    store.import_story(f.ada, book, Genre::Mystery, Format::Novel, true).await.expect("a story");
    assert_eq!(of(f.ben).await, [2, 1]);
    assert_eq!(of(f.rea).await, [1]);
    store.unpublish_story(f.ada, tale.story).await.expect("withdrawn");
    assert_eq!(of(f.ben).await, [2]);
    assert_eq!(of(f.rea).await, [0; 0]);
}

async fn an_answer_is_one_notice(on: On) {
    let library = Library::open(on).await;
    let (store, f) = (&library.store, &library.fixture);
    let of = async |viewer| {
        let answered = |notice: &Notice| match &notice.news {
            News::Released { .. } | News::Mentioned { .. } => None,
            News::Replied { by, to_comment, .. } => Some((by.user, *to_comment)),
        };
        inbox_of(&library, viewer).await.iter().filter_map(answered).collect::<Vec<_>>()
    };
    // Rea commented on Ben's post, Ben replied to that, and Rea to Ben.
    assert_eq!(of(f.ben).await, [(f.rea, true), (f.rea, false)]);
    assert_eq!(of(f.rea).await, [(f.ben, true)]);
    let said = comment(store, f.sid, f.post, None, "Me too.").await.expect("a comment");
    assert_eq!(of(f.ben).await.first(), Some(&(f.sid, false)));
    assert_eq!(of(f.rea).await, [(f.ben, true)], "it answers another");
    comment(store, f.ben, f.post, Some(said), "Good.").await.expect("a reply");
    comment(store, f.ben, f.post, None, "I forgot.").await.expect("a comment on one's own post");
    assert_eq!(of(f.ben).await.len(), 3, "one's own words are no news");
    assert_eq!(of(f.sid).await, [(f.ben, true)]);
    store.delete_comment(f.sid, said).await.expect("deleted");
    assert_eq!(of(f.ben).await.len(), 2);
    store.delete_post(f.ben, f.post).await.expect("deleted");
    for viewer in f.people() {
        assert_eq!(of(viewer).await, []);
    }
}

async fn what_came_later_stays_unread(on: On) {
    let library = Library::open(on).await;
    let (store, f) = (&library.store, &library.fixture);
    let unread = async || inbox_of(&library, f.ben).await.iter().filter(|notice| !notice.read).count();
    assert_eq!(unread().await, 2);
    let newest = inbox_of(&library, f.ben).await[0].at;
    comment(store, f.sid, f.post, None, "Me too.").await.expect("a comment");
    store.read_inbox(f.ben, newest).await.expect("read");
    assert_eq!(unread().await, 1, "what was shown was read");
    store.read_inbox(f.ben, Millis(0)).await.expect("an answer");
    assert_eq!(unread().await, 1, "late");
    store.read_inbox(f.ben, Millis(i64::MAX)).await.expect("read");
    assert_eq!(unread().await, 0);
    tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    comment(store, f.sid, f.post, None, "And me.").await.expect("a comment");
    assert_eq!(unread().await, 1, "nobody has read what is to come");
}

async fn what_is_not_out_is_not_followed(on: On) {
    let library = Library::open(on).await;
    let (store, f) = (&library.store, &library.fixture);
    for story in [f.draft.story, f.bens.story] {
        assert!(matches!(store.follow_story(f.sid, story, true).await, Err(Error::NotFound)));
    }
    for author in [f.ben, f.rea] {
        assert!(matches!(store.follow_author(f.sid, author, true).await, Err(Error::NotFound)));
    }
    store.follow_story(f.sid, f.out.story, true).await.expect("followed");
    store.follow_story(f.sid, f.out.story, true).await.expect("twice is once");
    store.unpublish_story(f.ada, f.out.story).await.expect("withdrawn");
    store.follow_story(f.sid, f.out.story, false).await.expect("let go all the same");
}
