//! A Change makes nothing old that it is not about: what is held is handed out as it is.

use std::sync::Arc;

use domain::{
    Area, Bookshelf, CataloguePage, Cause, ChapterDraft, Feed, Format, Invalidation, Judgement, Key, MyLikes,
    PartDraft, Query, ReadingPage, Rev, SceneId, Seq, StoryPage, Tag, UserId,
};
use store::{Load, Result, Store};

use crate::library::{
    Library, On,
    fixture::{comment, heading, note, remark, save, typed},
};

/// Which of these questions are answered by the very Entry that was held before.
async fn still_held<Q: Load, T>(
    library: &Library,
    questions: &[Q],
    mutation: impl Future<Output = Result<T>>,
) -> Vec<bool> {
    let mut before = vec![];
    for question in questions {
        before.push(library.store.fetch(question, Seq::ZERO).await.expect("an answer").entry);
    }
    mutation.await.expect("the mutation");
    let mut held = vec![];
    for (question, before) in questions.iter().zip(&before) {
        let after = library.store.fetch(question, Seq::ZERO).await.expect("an answer").entry;
        held.push(Arc::ptr_eq(before, &after));
    }
    held
}

/// The pages of the story that is out.
fn pages(library: &Library) -> Vec<ReadingPage> {
    let tale = &library.fixture.out;
    tale.chapters.iter().map(|&chapter| ReadingPage { story: tale.story, chapter }).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_saved_scene_leaves_the_other_chapters_alone() {
    let library = Library::open(On::Sqlite).await;
    let (store, fixture, pages) = (&library.store, &library.fixture, pages(&library));
    let saving = store.save_scene(fixture.ada, fixture.out.scenes[0], save("New.", Rev(2)));
    assert_eq!(Box::pin(still_held(&library, &pages, saving)).await, [false, true, true]);
    let liking = store.like_story(fixture.sid, fixture.out.story, true);
    assert_eq!(still_held(&library, &pages, liking).await, [true, true, true]);
}

/// Who reads the story hears nothing of a chapter that is a draft, whatever its author does with it.
#[tokio::test(flavor = "multi_thread")]
async fn a_draft_chapter_leaves_readers_alone() {
    let library = Library::open(On::Sqlite).await;
    let (store, ada, tale) = (&library.store, library.fixture.ada, &library.fixture.out);
    store.unpublish_chapter(ada, tale.chapters[2]).await.expect("a draft");
    let (mut pages, scene, draft) = (pages(&library), tale.scenes[3], tale.chapters[2]);
    pages.truncate(2);
    let (title, catalogue) = ([StoryPage::first(tale.story)], [CataloguePage::first(Format::Novel, None)]);
    let talk = [Feed { about: Some(tale.story), page: 0 }];
    macro_rules! check {
        ($($write:expr;)*) => {$(
            assert_eq!(still_held(&library, &pages, $write).await, [true, true], stringify!($write));
        )*};
    }
    let chapter_draft = |base| ChapterDraft { title: heading("Not yet"), synopsis: note("It ends."), base: Rev(base) };
    let part_draft = PartDraft { title: heading("The end"), synopsis: note(""), base: Rev(1) };
    check! {
        store.save_scene(ada, scene, save("New.", Rev(2)));
        store.add_scene(ada, draft, heading("More"));
        store.save_chapter(ada, draft, chapter_draft(1));
        store.save_part(ada, tale.parts[1], part_draft);
        store.add_part(ada, tale.story, heading("Still later"));
        store.move_chapter(ada, draft, tale.parts[0], 0);
        store.add_chapter(ada, tale.parts[0], heading("Another"));
    }
    let saving = store.save_scene(ada, scene, save("Newer.", Rev(3)));
    assert_eq!(Box::pin(still_held(&library, &title, saving)).await, [true]);
    let saving = store.save_chapter(ada, draft, chapter_draft(2));
    assert_eq!(still_held(&library, &catalogue, saving).await, [true]);
    assert_eq!(still_held(&library, &talk, store.delete_scene(ada, scene)).await, [true]);
    assert_eq!(still_held(&library, &pages, store.delete_chapter(ada, draft)).await, [true, true]);
}

async fn more(store: &Store, ada: UserId, scene: SceneId, kept: &mut i64) -> Result<()> {
    let text = format!("Typed on from {kept}.");
    *kept = store.keep_working_copy(ada, scene, typed(&text, 2, *kept)).await?.value().0;
    Ok(())
}

async fn leave(store: &Store, ada: UserId, scene: SceneId, kept: &mut i64) -> Result<()> {
    *kept = store.leave_working_copy(ada, scene, Rev(*kept)).await?.value().0;
    Ok(())
}

/// What an author types and has not saved makes nothing old that readers, lists and feeds have, wherever it is typed.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_typed_and_not_saved_leaves_everybody_alone() {
    let library = Library::open(On::Sqlite).await;
    let (store, ada, tale, pages) = (&library.store, library.fixture.ada, &library.fixture.out, pages(&library));
    let (title, catalogue) = ([StoryPage::first(tale.story)], [CataloguePage::first(Format::Novel, None)]);
    let (talk, shelf) = ([Feed { about: Some(tale.story), page: 0 }], [Bookshelf { viewer: ada }]);
    let scene = tale.scenes[0];
    let mut kept = 0;
    macro_rules! check {
        ($questions:expr, $write:ident) => {
            assert!(
                still_held(&library, $questions, $write(store, ada, scene, &mut kept)).await.iter().all(|held| *held)
            )
        };
    }
    check!(&pages, more);
    check!(&pages, more);
    check!(&title, more);
    check!(&catalogue, more);
    check!(&talk, more);
    check!(&shelf, more);
    check!(&pages, leave);
    check!(&title, more);
    check!(&shelf, leave);
}

/// What Rea likes, and Sid: in the end the same story and the same post.
#[tokio::test(flavor = "multi_thread")]
async fn what_others_like_leaves_ones_own_likes_alone() {
    let library = Library::open(On::Sqlite).await;
    let (store, fixture) = (&library.store, &library.fixture);
    let (story, post) = (fixture.out.story, fixture.post);
    let likes = [fixture.rea, fixture.sid].map(|viewer| MyLikes { viewer });

    let liking = store.like_story(fixture.sid, story, true);
    assert_eq!(still_held(&library, &likes, liking).await, [true, false]);
    let liking = store.like_post(fixture.sid, post, true);
    assert_eq!(still_held(&library, &likes, liking).await, [true, false]);
    let no_longer = store.like_post(fixture.rea, post, false);
    assert_eq!(still_held(&library, &likes, no_longer).await, [false, true]);
    let again = store.like_post(fixture.rea, post, true);
    assert_eq!(still_held(&library, &likes, again).await, [false, true]);
    let answering = comment(store, fixture.ben, post, None, "Five times.");
    assert_eq!(still_held(&library, &likes, answering).await, [true, true]);
    let saving = store.save_post(fixture.ben, post, remark("Four times."), Rev(1));
    assert_eq!(still_held(&library, &likes, saving).await, [true, true]);
    let saving = store.save_scene(fixture.ada, fixture.out.scenes[0], save("New.", Rev(2)));
    assert_eq!(still_held(&library, &likes, saving).await, [true, true]);

    check_gone(&library, Tag::Posted(post), store.delete_post(fixture.ben, post)).await;
    check_gone(&library, Tag::Listed(story), store.unpublish_story(fixture.ada, story)).await;
}

/// What Rea likes is not told any more as it was, not even while the database is away.
async fn check_gone<T>(library: &Library, tag: Tag, mutation: impl Future<Output = Result<T>>) {
    let likes = MyLikes { viewer: library.fixture.rea };
    let held = library.store.fetch(&likes, Seq::ZERO).await.expect("likes").entry;
    mutation.await.expect("the mutation");
    let judgement = library.store.judge(&held.tags, held.as_of);
    assert_eq!(judgement, Judgement::Evicted(Cause::Tag(tag, library.store.watermark())));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_invalidated_by_hand_is_read_anew_and_nothing_else() {
    let library = Library::open(On::Sqlite).await;
    let (store, tale, pages) = (&library.store, &library.fixture.out, pages(&library));
    for (what, expected) in [
        (Invalidation::Tag(Tag::Chapter(tale.chapters[1])), [true, false, true]),
        (Invalidation::Tag(Tag::Contents(tale.story)), [false, false, false]),
        (Invalidation::Tag(Tag::Area(Area::Community)), [true, true, true]),
        (Invalidation::Tag(Tag::Area(Area::Reading)), [false, false, false]),
    ] {
        assert_eq!(still_held(&library, &pages, store.invalidate(vec![what.clone()])).await, expected, "{what}");
    }
    // One answer, and what depends on the same; of its area nothing more.
    let feed = Feed { about: None, page: 0 };
    let before = store.fetch(&feed, Seq::ZERO).await.expect("a feed").entry;
    store.invalidate(vec![Invalidation::Key(feed.key())]).await.expect("a commit");
    let why = store.explain(&feed.key()).expect("it is held");
    assert!(!why.explained.judgement.is_fresh());
    let after = store.fetch(&feed, Seq::ZERO).await.expect("a feed").entry;
    assert!(!Arc::ptr_eq(&before, &after));
    assert!(store.explain(&feed.key()).expect("it is held").explained.judgement.is_fresh());
    let unknown = Invalidation::Key(Key::from_text("feed.1?page=77"));
    assert!(matches!(store.invalidate(vec![unknown]).await, Err(store::Error::NotFound)));
}
