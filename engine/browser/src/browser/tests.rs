//! The driver without a browser: reading, the mutations' turns, invalidations that wait, prefetch, storage.

use abreast_core::{
    Directive::{Evict, Refresh},
    LogId, Millis, Query, Seq, Sign,
    observe::sample::Share,
};
use leptos::prelude::GetUntracked;
use tokio::task::{LocalSet, spawn_local, yield_now};

use super::Browser;
use crate::{
    AnyQuery, Boot, Failed,
    example::{Area, Example, Page, Tag, TestHost, TestServer},
    nouns::{Event, Receipt},
};

const LOG: LogId = LogId::from_bits(7);
const PAGE: Page = Page { number: 1 };
const SESSION: Tag = Tag::Session(5);

/// A tab, as it is once its page has come alive.
fn tab() -> Browser<Example> {
    let boot = Boot { viewer: None, session: Some(SESSION), log: LOG, seen: Seq(0), sample: Share::NONE };
    TestServer::knows(Some(SESSION));
    let tab = Browser::in_host(boot, Box::new(TestHost));
    tab.restore();
    tab
}

/// Runs a test's page: its tasks run beside it, on this thread.
fn on_page<F: Future>(test: F) -> F::Output {
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    LocalSet::new().block_on(&runtime, test)
}

/// All tasks go as far as they can.
async fn settle() {
    for _ in 0..20 {
        yield_now().await;
    }
}

/// What a reader of the page sees, and whether it is marked as old.
type Seen = Result<(String, bool), Failed>;

fn read(tab: &Browser<Example>) -> tokio::task::JoinHandle<Seen> {
    let tab = tab.clone();
    spawn_local(async move {
        let answer = tab.read(&PAGE, Event::<Example>::Wanted).await?;
        Ok((answer.entry.value, answer.stale))
    })
}

/// The tab holds the page with this text, read at this position.
async fn hold(tab: &Browser<Example>, text: &str, as_of: u64) {
    let reading = read(tab);
    settle().await;
    TestServer::answer(text, as_of);
    reading.await.expect("read").expect("an answer");
}

fn text(text: &str) -> (String, bool) {
    (text.to_owned(), false)
}

fn receipt(seq: u64, tag: Tag) -> Receipt<Example> {
    Receipt::<Example> { seq: Seq(seq), at: Millis(0), directives: vec![Refresh(tag)], areas: vec![Area::Reading] }
}

#[test]
fn two_readers_are_one_question() {
    on_page(async {
        let tab = tab();
        let (one, other) = (read(&tab), read(&tab));
        settle().await;
        assert_eq!(TestServer::asked(), [1]);
        TestServer::answer("first", 1);
        assert_eq!((one.await.expect("read"), other.await.expect("read")), (Ok(text("first")), Ok(text("first"))));
        // Within its lease it is shown without a question.
        assert_eq!(read(&tab).await.expect("read"), Ok(text("first")));
        assert!(TestServer::asked().is_empty());
    });
}

#[test]
fn an_answer_that_a_mutation_overtook_is_asked_for_again() {
    on_page(async {
        let tab = tab();
        let reading = read(&tab);
        settle().await;
        tab.changed(&receipt(2, Tag::Page(1)), vec![], None);
        TestServer::answer("old", 1);
        settle().await;
        assert_eq!(TestServer::asked(), [1], "the old answer is not shown");
        TestServer::answer("new", 2);
        assert_eq!(reading.await.expect("read"), Ok(text("new")));
    });
}

#[test]
fn what_was_told_waits_for_the_mutation_that_is_under_way() {
    on_page(async {
        let tab = tab();
        hold(&tab, "first", 1).await;
        let gone = || tab.gone(&PAGE.key());
        let gone = || leptos::prelude::GetUntracked::get_untracked(&gone());

        let writing = tab.writing();
        tab.told(Seq(2), vec![Evict(Tag::Page(1))]);
        assert!(!gone(), "the answer to the mutation must say so first");
        drop(writing);
        assert!(gone(), "and then it is applied");
        assert_eq!(tab.applied().len(), 1);

        let _writing = tab.writing();
        tab.told(Seq(3), vec![Refresh(Tag::Page(1))]);
        TestHost::pass(999);
        assert_eq!(tab.applied().len(), 1);
        TestHost::pass(1);
        assert_eq!(tab.applied().len(), 2, "an answer that takes longer than Δ is not waited for");
    });
}

#[test]
fn mutations_of_one_function_take_turns() {
    on_page(async {
        let tab = tab();
        let (first, other) = (tab.turns("/save"), tab.turns("/rename"));
        let turn = first.lock().await;
        assert!(tab.turns("/save").try_lock().is_err());
        assert!(other.try_lock().is_ok(), "another function's have a line of their own");
        drop(turn);
        assert!(tab.turns("/save").try_lock().is_ok());
    });
}

#[test]
fn without_a_server_what_is_held_is_shown_and_marked() {
    on_page(async {
        let tab = tab();
        hold(&tab, "held", 1).await;
        TestServer::is_gone();
        TestHost::pass(60_000);
        let shown = tab.show(PAGE.key());
        assert_eq!(read(&tab).await.expect("read"), Ok(("held".to_owned(), true)));
        // It is tried again, and its mark goes.
        TestServer::is_back();
        let version = tab.version(&PAGE.key());
        TestHost::pass(5_000);
        settle().await;
        assert_eq!(version.get_untracked(), 1);
        assert_eq!(read(&tab).await.expect("read"), Ok(text("held")));
        drop(shown);
        TestServer::is_gone();
        TestHost::pass(60_000);

        // What this tab knows to be old is not shown even so.
        tab.told(Seq(2), vec![Refresh(Tag::Page(1))]);
        let reading = read(&tab);
        settle().await;
        TestServer::fail(Failed::Unavailable);
        assert_eq!(reading.await.expect("read"), Err(Failed::Unavailable));
    });
}

#[test]
fn a_question_that_stands_still_or_leaves_keeps_no_reader_waiting() {
    for leaves in [true, false] {
        std::thread::spawn(move || {
            on_page(async {
                let tab = tab();
                let first = read(&tab);
                settle().await;
                let next = read(&tab);
                settle().await;
                assert_eq!(TestServer::asked(), [1]);
                if leaves {
                    first.abort();
                } else {
                    TestHost::pass(2_000);
                }
                settle().await;
                assert_eq!(TestServer::asked(), [1, 1]);
                TestServer::fail(Failed::Unavailable);
                TestServer::answer("asked again", 1);
                assert_eq!(next.await.expect("read"), Ok(text("asked again")));
            });
        })
        .join()
        .expect("a test");
    }
}

#[test]
fn not_there_takes_what_is_held_away() {
    on_page(async {
        let tab = tab();
        hold(&tab, "held", 1).await;
        tab.told(Seq(2), vec![Refresh(Tag::Page(1))]);
        let reading = read(&tab);
        settle().await;
        TestServer::fail(Failed::NotThere(Seq(2)));
        assert_eq!(reading.await.expect("read"), Err(Failed::NotThere(Seq(2))));
        assert!(tab.holdings().is_empty());
    });
}

#[test]
fn a_prefetch_is_one_question_with_the_reader_that_comes() {
    on_page(async {
        let tab = tab();
        tab.foresee(AnyQuery::of(&PAGE), Sign::Pointed);
        settle().await;
        assert_eq!(TestServer::asked(), [1]);
        let reading = read(&tab);
        settle().await;
        assert_eq!(TestServer::asked(), [1], "the reader waits for what is on its way");
        TestServer::answer("ahead", 1);
        assert_eq!(reading.await.expect("read"), Ok(text("ahead")));
    });
}

#[test]
fn a_guess_waits_until_no_reader_does() {
    on_page(async {
        let tab = tab();
        let reading = read(&tab);
        settle().await;
        tab.foresee(AnyQuery::of(&Page { number: 2 }), Sign::Likely);
        TestHost::idle();
        settle().await;
        assert_eq!(TestServer::asked(), [1]);
        TestServer::answer("first", 1);
        reading.await.expect("read").expect("an answer");
        TestHost::idle();
        settle().await;
        assert_eq!(TestServer::asked(), [2]);
    });
}

#[test]
fn what_storage_kept_comes_back_and_what_it_spoilt_does_not() {
    on_page(async {
        let first = tab();
        hold(&first, "kept", 1).await;
        TestHost::put("swr-cache-page.1?number=2", "{");
        TestHost::put("draft", "a user's text");
        // The next document of this tab.
        let next = tab();
        assert_eq!(next.holdings().len(), 1);
        assert_eq!(read(&next).await.expect("read"), Ok(text("kept")), "once it is confirmed");
        next.clear();
        assert_eq!(TestHost::kept(), ["draft", "swr-log"]);
    });
}

/// Without a network the next document shows it, marked: it lies no lower than what this browser has seen.
#[test]
fn what_was_confirmed_is_so_for_the_next_document() {
    on_page(async {
        let first = tab();
        hold(&first, "kept", 1).await;
        TestServer::commit(2, vec![Refresh(Tag::Page(2))]);
        first.returned();
        settle().await;
        TestServer::is_gone();
        assert_eq!(read(&tab()).await.expect("read"), Ok(("kept".to_owned(), true)));
    });
}

#[test]
fn what_is_held_can_be_listed_as_long_as_it_may_be_shown() {
    on_page(async {
        let tab = tab();
        hold(&tab, "kept", 1).await;
        assert_eq!(tab.held::<Page>(), [(PAGE, "kept".to_owned())]);
        TestServer::commit(2, vec![Refresh(Tag::Page(2))]);
        tab.told(Seq(2), vec![Refresh(Tag::Page(2))]);
        assert_eq!(tab.held::<Page>(), [], "more was seen since");
        tab.returned();
        settle().await;
        assert_eq!(tab.held::<Page>().len(), 1, "it is confirmed");
        tab.told(Seq(3), vec![Evict(Tag::Page(1))]);
        assert_eq!(tab.held::<Page>(), []);
    });
}

#[test]
fn what_could_not_be_had_is_asked_for_again() {
    on_page(async {
        let tab = tab();
        let _shown = tab.show(PAGE.key());
        let version = tab.version(&PAGE.key());
        for (failure, expected) in [(Failed::Unavailable, 1), (Failed::NotThere(Seq(1)), 0)] {
            let before = version.get_untracked();
            let reading = read(&tab);
            settle().await;
            TestServer::fail(failure);
            reading.await.expect("read").expect_err("a failure");
            for _ in 0..2 {
                TestHost::pass(5_000);
                settle().await;
            }
            assert_eq!(version.get_untracked() - before, expected, "once");
        }
    });
}

#[test]
fn what_a_person_may_open_without_a_network_stays_confirmed() {
    for stays in [true, false] {
        std::thread::spawn(move || {
            on_page(async {
                let first = tab();
                hold(&first, "kept", 1).await;
                let confirming = stays.then(|| first.stay_confirmed());
                TestServer::commit(2, vec![Refresh(Tag::Page(2))]);
                first.told(Seq(2), vec![Refresh(Tag::Page(2))]);
                TestHost::pass(2_000);
                settle().await;
                drop(confirming);
                TestServer::is_gone();
                let next = read(&tab());
                settle().await;
                if !stays {
                    TestServer::fail(Failed::Unavailable);
                }
                let expected = if stays { Ok(("kept".to_owned(), true)) } else { Err(Failed::Unavailable) };
                assert_eq!(next.await.expect("read"), expected);
            });
        })
        .join()
        .expect("a test");
    }
}

/// It is well-formed, so it is kept until it is shown: then it turns out to be another type's.
#[test]
fn what_cannot_be_decoded_is_asked_for() {
    on_page(async {
        let tab = tab();
        tab.foresee(AnyQuery::of(&PAGE), Sign::Pointed);
        settle().await;
        TestServer::answer_value(7.into(), 1);
        settle().await;
        assert_eq!(tab.holdings().len(), 1);
        let reading = read(&tab);
        settle().await;
        assert_eq!(TestServer::asked(), [1]);
        TestServer::answer("a text", 1);
        assert_eq!(reading.await.expect("read"), Ok(text("a text")));
    });
}

#[test]
fn full_or_switched_off_storage_hurts_no_reader() {
    for room in [Some(0), None] {
        std::thread::spawn(move || {
            on_page(async {
                TestHost::has_room(room);
                let tab = tab();
                let reading = read(&tab);
                settle().await;
                TestServer::answer("shown", 1);
                assert_eq!(reading.await.expect("read"), Ok(text("shown")), "{room:?}");
                assert!(TestHost::kept().is_empty());
            });
        })
        .join()
        .expect("a test");
    }
}

/// An answer that fills the client cache by itself, as a very long text does: what else is on screen goes on to be told.
#[test]
fn what_is_on_screen_is_held_beside_an_answer_that_fills_the_cache() {
    on_page(async {
        let tab = tab();
        let shown = tab.show(PAGE.key());
        hold(&tab, "small", 1).await;
        let reading = spawn_local({
            let tab = tab.clone();
            async move { tab.read(&Page { number: 2 }, Event::<Example>::Wanted).await.map(drop) }
        });
        settle().await;
        TestServer::answer(&"x".repeat(Browser::<Example>::budget()), 1);
        reading.await.expect("read").expect("an answer");
        let version = tab.version(&PAGE.key());
        tab.told(Seq(2), vec![Refresh(Tag::Page(1))]);
        assert_eq!(version.get_untracked(), 1, "the screen asks again");
        drop(shown);
        assert!(tab.holdings().iter().all(|held| held.key != PAGE.key()), "no longer on screen, it makes room");
    });
}

#[test]
fn a_session_that_ends_closes_the_page() {
    on_page(async {
        let tab = tab();
        hold(&tab, "a secret", 1).await;
        tab.told(Seq(2), vec![Evict(Tag::Session(6))]);
        assert!(!TestHost::is_closed(), "another session");
        tab.told(Seq(3), vec![Evict(SESSION)]);
        assert!(TestHost::is_closed());
        assert_eq!(TestHost::kept(), ["swr-log"]);
    });
}

#[test]
fn a_tab_that_returns_asks_what_it_missed() {
    on_page(async {
        let tab = tab();
        hold(&tab, "before", 1).await;
        TestServer::commit(2, vec![Refresh(Tag::Page(1))]);
        TestHost::pass(60_000);
        tab.returned();
        settle().await;
        let reading = read(&tab);
        settle().await;
        assert_eq!(TestServer::asked(), [1]);
        TestServer::answer("after", 2);
        assert_eq!(reading.await.expect("read"), Ok(text("after")));

        // And whether its session is still there.
        TestServer::knows(None);
        tab.returned();
        settle().await;
        assert!(TestHost::is_closed());
    });
}
