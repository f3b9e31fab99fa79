//! Bookmarks: what moves a reader's place, where they go on, and what of it is in the log.

use std::sync::Arc;

use domain::{Bookmarks, ChapterId, Home, KeptSpot, MyStory, Onward, Query, Rev, Seq, Spot, StoryPage, UserId};
use store::Error;

use crate::library::{
    Library, On,
    fixture::{Tale, report},
    on_both, tables,
};

on_both! {
    a_late_report_moves_nobody_back
    a_chapter_that_is_gone_leads_to_the_nearest
    another_chapter_comes_after_the_last
    what_readers_do_not_have_is_not_kept
    of_two_at_once_one_is_late
    where_in_a_chapter_is_no_row_of_the_log
}

const fn spot(paragraph: u32) -> Spot {
    Spot { paragraph, print: 7, thousandth: 0 }
}

async fn kept(library: &Library, user: UserId, tale: &Tale) -> KeptSpot {
    library.store.kept_spot(user, tale.story).await.expect("an answer").expect("a place")
}

/// Where a reader goes on in the tale.
async fn read_on(library: &Library, user: UserId, tale: &Tale) -> Option<(ChapterId, Onward)> {
    let mine = MyStory { viewer: user, story: tale.story };
    let mine = library.store.fetch(&mine, Seq::ZERO).await.expect("an answer").entry;
    mine.value.read_on.as_ref().map(|on| (on.to.chapter, on.why))
}

/// Two browsers of one reader: what the one says knows of the other, or does not.
async fn a_late_report_moves_nobody_back(on: On) {
    let library = Library::open(on).await;
    let (store, sid, tale) = (&library.store, library.fixture.sid, &library.fixture.out);
    let at = async || {
        let kept = kept(&library, sid, tale).await;
        (kept.chapter, kept.spot.paragraph, kept.rev.0)
    };
    let [one, two, _] = tale.chapters[..] else { panic!("three chapters") };
    store.keep_bookmarks(sid, report(tale, 1, false, 0)).await.expect("kept");
    assert_eq!(at().await, (two, 1, 1));
    // It was offline in the first chapter, and never heard of the second.
    store.keep_bookmarks(sid, report(tale, 0, true, 0)).await.expect("an answer");
    assert_eq!(at().await, (two, 1, 1), "late");
    let mine = store.load(&MyStory { viewer: sid, story: tale.story }).await.expect("an answer");
    assert_eq!(mine.value.read, [one], "what was read is read, however late that is told");
    store.keep_spot(sid, tale.story, two, spot(6), Rev(1)).await.expect("kept");
    assert_eq!(at().await, (two, 6, 2));
    store.keep_spot(sid, tale.story, two, spot(3), Rev(1)).await.expect("an answer");
    assert_eq!(at().await, (two, 6, 2), "late, within the chapter");
    store.keep_spot(sid, tale.story, two, spot(9), Rev(0)).await.expect("kept");
    assert_eq!(at().await, (two, 9, 3), "on is on");
    store.keep_spot(sid, tale.story, two, spot(2), Rev(3)).await.expect("kept");
    assert_eq!(at().await, (two, 2, 4), "who knows the place may go back");
    store.keep_spot(sid, tale.story, one, spot(90), Rev(4)).await.expect("an answer");
    assert_eq!(at().await, (two, 2, 4), "another chapter is another bookmark");
    store.keep_bookmarks(sid, report(tale, 0, false, 4)).await.expect("kept");
    assert_eq!(at().await, (one, 1, 5), "knowingly, to the first chapter");
}

async fn a_chapter_that_is_gone_leads_to_the_nearest(on: On) {
    let library = Library::open(on).await;
    let (store, f, tale) = (&library.store, &library.fixture, &library.fixture.out);
    let [one, two, three] = tale.chapters[..] else { panic!("three chapters") };
    assert_eq!(read_on(&library, f.rea, tale).await, Some((two, Onward::Within)));
    store.move_chapter(f.ada, two, tale.parts[0], 0).await.expect("moved");
    assert_eq!(read_on(&library, f.rea, tale).await, Some((two, Onward::Within)), "it moved, and so does its reader");
    store.move_chapter(f.ada, two, tale.parts[0], 1).await.expect("back");
    store.unpublish_chapter(f.ada, two).await.expect("taken back");
    assert_eq!(read_on(&library, f.rea, tale).await, Some((three, Onward::Nearest)));
    store.publish_chapter(f.ada, two).await.expect("out again");
    assert_eq!(read_on(&library, f.rea, tale).await, Some((two, Onward::Within)));
    store.delete_chapter(f.ada, two).await.expect("deleted");
    assert_eq!(read_on(&library, f.rea, tale).await, Some((three, Onward::Nearest)));
    store.delete_chapter(f.ada, three).await.expect("deleted");
    assert_eq!(read_on(&library, f.rea, tale).await, Some((one, Onward::Nearest)));
}

async fn another_chapter_comes_after_the_last(on: On) {
    let library = Library::open(on).await;
    let (store, f, tale) = (&library.store, &library.fixture, &library.fixture.out);
    let begun = async || {
        let begun = store.fetch(&Bookmarks { reader: f.ben }, Seq::ZERO).await.expect("an answer").entry;
        begun.value.iter().map(|one| one.read_on.as_ref().map(|on| on.to.chapter)).collect::<Vec<_>>()
    };
    assert_eq!(begun().await, [None], "Ben has read all of it");
    store.unpublish_chapter(f.ada, tale.chapters[1]).await.expect("taken back");
    store.move_chapter(f.ada, tale.chapters[1], tale.parts[1], 9).await.expect("moved");
    store.publish_chapter(f.ada, tale.chapters[1]).await.expect("out");
    assert_eq!(begun().await, [Some(tale.chapters[1])]);
    store.unpublish_story(f.ada, tale.story).await.expect("withdrawn");
    assert_eq!(begun().await, [], "what is withdrawn is not named");
    store.publish_story(f.ada, tale.story, &[]).await.expect("out");
    assert_eq!(begun().await, [Some(tale.chapters[1])]);
}

async fn what_readers_do_not_have_is_not_kept(on: On) {
    let library = Library::open(on).await;
    let (store, f) = (&library.store, &library.fixture);
    let (log, sid) = (tables::positions(&library.address).await, f.sid);
    for tale in [&f.draft, &f.bens] {
        let refused = store.keep_bookmarks(sid, report(tale, 0, false, 0)).await;
        assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");
        let refused = store.keep_spot(sid, tale.story, tale.chapters[0], spot(1), Rev(0)).await;
        assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");
        assert!(matches!(store.kept_spot(sid, tale.story).await, Err(Error::NotFound)));
    }
    assert_eq!(tables::positions(&library.address).await, log, "nothing was written");
    // Beside what is there they are left out.
    let reports: Vec<_> =
        [&f.draft, &f.out].into_iter().flat_map(|tale| Vec::from(report(tale, 0, false, 0))).collect();
    store.keep_bookmarks(sid, reports.try_into().expect("two")).await.expect("the one");
    let count = format!("select cast(count(*) as text) from bookmarks where user_id = '{sid}'");
    assert_eq!(tables::column(&library.address, &count).await, ["1"]);
}

/// Both know the same place. One is heard first, and the other moves nobody back.
async fn of_two_at_once_one_is_late(on: On) {
    let library = Arc::new(Library::open(on).await);
    let (sid, tale) = (library.fixture.sid, library.fixture.out.clone());
    library.store.keep_bookmarks(sid, report(&tale, 0, false, 0)).await.expect("kept");
    for round in 0..10 {
        let rev = kept(&library, sid, &tale).await.rev;
        let far = 100 * (round + 1);
        let tell = |paragraph| {
            let (library, tale) = (Arc::clone(&library), tale.clone());
            tokio::spawn(async move {
                library.store.keep_spot(sid, tale.story, tale.chapters[0], spot(paragraph), rev).await.expect("kept")
            })
        };
        let (on, back) = (tell(far), tell(far - 50));
        on.await.expect("an answer");
        back.await.expect("an answer");
        assert_eq!(kept(&library, sid, &tale).await.spot.paragraph, far, "round {round}");
    }
}

/// An hour of one reader, who is heard every 15 seconds and turns to three chapters: three rows of the log, and what
/// others hold stays as it is.
async fn where_in_a_chapter_is_no_row_of_the_log(on: On) {
    let library = Library::open(on).await;
    let (store, f, tale) = (&library.store, &library.fixture, &library.fixture.out);
    let (front, home) = (StoryPage::first(tale.story), Home {});
    let reas = MyStory { viewer: f.rea, story: tale.story };
    let before = (
        store.fetch(&front, Seq::ZERO).await.expect("a page").entry,
        store.fetch(&home, Seq::ZERO).await.expect("a page").entry,
        store.fetch(&reas, Seq::ZERO).await.expect("an answer").entry,
    );
    let log = tables::positions(&library.address).await.len();
    let mut base = 0;
    for chapter in 0..3 {
        store.keep_bookmarks(f.sid, report(tale, chapter, false, base)).await.expect("kept");
        for paragraph in 2..80 {
            base = kept(&library, f.sid, tale).await.rev.0;
            let told = store.keep_spot(f.sid, tale.story, tale.chapters[chapter], spot(paragraph), Rev(base)).await;
            base = told.expect("kept").expect("a place").rev.0;
        }
    }
    assert_eq!(tables::positions(&library.address).await.len() - log, 3);
    assert!(Arc::ptr_eq(&before.0, &store.fetch(&front, Seq::ZERO).await.expect("a page").entry), "{}", front.key());
    assert!(Arc::ptr_eq(&before.1, &store.fetch(&home, Seq::ZERO).await.expect("a page").entry), "{}", home.key());
    assert!(Arc::ptr_eq(&before.2, &store.fetch(&reas, Seq::ZERO).await.expect("an answer").entry), "{}", reas.key());
}
