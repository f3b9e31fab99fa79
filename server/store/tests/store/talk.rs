//! The community: threads, tombstones, likes, pages.

use domain::{Comment, CommentId, Feed, MyLikes, Rev, Seq, StoryPage, Thread, ThreadView};
use store::{Error, Store};

use crate::library::{
    Fixture, Library, On,
    fixture::{comment, post, remark},
    on_both,
};

on_both! {
    replies_follow_what_they_reply_to
    a_deleted_comment_leaves_its_place_while_there_are_replies
    counts_leave_out_what_is_gone
    liking_twice_is_liking_once
    the_feed_has_pages_of_twenty
    a_thread_has_pages_of_fifty
    replies_beyond_the_first_are_asked_for_by_themselves
    long_replies_make_no_endless_page
}

/// The thread below Ben's post, a line a comment: its depth, and what it says.
async fn thread(store: &Store, fixture: &Fixture) -> Vec<String> {
    let line = |comment: &Comment| {
        let said = comment.said.as_ref().map_or("(gone)", |(_, text)| text.as_str());
        format!("{}{said}", "> ".repeat(usize::try_from(comment.depth).expect("not that deep")))
    };
    let thread = store.fetch(&Thread::first(fixture.post), Seq::ZERO).await.expect("a thread");
    thread.entry.value.comments.iter().map(line).collect()
}

async fn replies_follow_what_they_reply_to(on: On) {
    let Library { store, fixture, .. } = &Library::open(on).await;
    let [first, ..] = fixture.comments;
    comment(store, fixture.sid, fixture.post, None, "Later.").await.expect("a comment");
    comment(store, fixture.sid, fixture.post, Some(first), "Late reply.").await.expect("a reply");
    let expected = ["So have I.", "> Ha!", "> > Ha ha!", "> Late reply.", "Later."];
    assert_eq!(thread(store, fixture).await, expected);
}

async fn a_deleted_comment_leaves_its_place_while_there_are_replies(on: On) {
    let Library { store, fixture, .. } = &Library::open(on).await;
    let [first, second, third] = fixture.comments;
    store.delete_comment(fixture.rea, first).await.expect("deleted");
    assert_eq!(thread(store, fixture).await, ["(gone)", "> Ha!", "> > Ha ha!"]);
    store.delete_comment(fixture.ben, second).await.expect("deleted");
    assert_eq!(thread(store, fixture).await, ["(gone)", "> (gone)", "> > Ha ha!"]);

    let reply = comment(store, fixture.sid, fixture.post, Some(first), "To nobody.").await;
    assert!(matches!(reply, Err(Error::NotFound)), "nobody is there to be replied to");
    let saved = store.save_comment(fixture.rea, first, remark("I am back."), Rev(1)).await;
    assert!(matches!(saved, Err(Error::NotFound)));
    assert!(matches!(store.delete_comment(fixture.rea, first).await, Err(Error::NotFound)), "once is enough");

    store.delete_comment(fixture.rea, third).await.expect("deleted");
    assert!(thread(store, fixture).await.is_empty(), "the last reply takes the places above along");
}

async fn counts_leave_out_what_is_gone(on: On) {
    let Library { store, fixture, .. } = &Library::open(on).await;
    store.delete_comment(fixture.rea, fixture.comments[0]).await.expect("deleted");
    let card = store.load(&Thread::first(fixture.post)).await.expect("a thread").value.post.clone();
    assert_eq!((card.comments, card.likes), (2, 1));
}

async fn liking_twice_is_liking_once(on: On) {
    let Library { store, fixture, .. } = &Library::open(on).await;
    for (liked, expected) in [(true, 3), (true, 3), (false, 2), (false, 2)] {
        let changed = store.like_story(fixture.sid, fixture.out.story, liked).await.expect("a like");
        assert_eq!(*changed.value(), expected);
        let front = store.fetch(&StoryPage::first(fixture.out.story), Seq::ZERO).await.expect("a page");
        assert_eq!(front.entry.value.card.likes, expected);
        let mine = store.fetch(&MyLikes { viewer: fixture.sid }, Seq::ZERO).await.expect("a list");
        assert_eq!(mine.entry.value.stories.contains(&fixture.out.story), liked);
    }
    for (liked, expected) in [(true, 2), (true, 2), (false, 1), (false, 1)] {
        let changed = store.like_post(fixture.sid, fixture.post, liked).await.expect("a like");
        assert_eq!(*changed.value(), expected);
    }
}

async fn the_feed_has_pages_of_twenty(on: On) {
    let Library { store, fixture, .. } = &Library::open(on).await;
    for number in 0..20 {
        post(store, fixture.sid, &format!("Post {number}"), None).await.expect("a post");
    }
    let page = async |page| store.fetch(&Feed { about: None, page }, Seq::ZERO).await.expect("a page").entry;
    let (first, second, third) = (page(0).await, page(1).await, page(2).await);
    assert_eq!((first.value.posts.len(), first.value.more), (20, true));
    assert_eq!(first.value.posts[0].text.as_str(), "Post 19", "the newest first");
    assert_eq!((second.value.posts.len(), second.value.more), (3, false));
    assert_eq!((third.value.posts.len(), third.value.more), (0, false));
    let about = Feed { about: Some(fixture.out.story), page: 0 };
    let about = store.fetch(&about, Seq::ZERO).await.expect("a page").entry;
    assert_eq!(about.value.posts.iter().map(|card| card.post).collect::<Vec<_>>(), [fixture.post]);
}

/// A page of a thread.
async fn page(store: &Store, thread: Thread) -> ThreadView {
    store.fetch(&thread, Seq::ZERO).await.expect("a page").entry.value.clone()
}

/// How deep each comment of a page stands, and what it says.
fn texts(page: &ThreadView) -> Vec<(u32, &str)> {
    page.comments.iter().map(|one| (one.depth, one.said.as_ref().map_or("", |(_, text)| text.as_str()))).collect()
}

async fn a_thread_has_pages_of_fifty(on: On) {
    let Library { store, fixture, .. } = &Library::open(on).await;
    let post = fixture.reas_post;
    assert_eq!(page(store, Thread::first(post)).await.pages, 1, "also of none");
    for number in 0..=50 {
        comment(store, fixture.sid, post, None, &format!("{number}")).await.expect("a comment");
    }
    let (first, second) =
        (page(store, Thread::first(post)).await, page(store, Thread { page: 1, ..Thread::first(post) }).await);
    assert_eq!((first.comments.len(), first.pages, first.post.comments), (50, 2, 51));
    assert_eq!((texts(&first)[0], texts(&first)[49]), ((0, "0"), (0, "49")), "the oldest first");
    assert_eq!((texts(&second), second.pages), (vec![(0, "50")], 2));
    let beyond = page(store, Thread { page: 2, ..Thread::first(post) }).await;
    assert_eq!((beyond.comments.len(), beyond.pages), (0, 2));
}

async fn replies_beyond_the_first_are_asked_for_by_themselves(on: On) {
    let Library { store, fixture, .. } = &Library::open(on).await;
    let post = fixture.post;
    let [first, second, third] = fixture.comments;
    let mut last = third;
    for number in 0..25 {
        let below = if number % 2 == 0 { first } else { last };
        last = comment(store, fixture.sid, post, Some(below), &format!("{number}")).await.expect("a reply");
    }
    comment(store, fixture.sid, post, None, "Later.").await.expect("a comment");
    let whole = page(store, Thread::first(post)).await;
    // The first comment with its first twenty replies of 27, and the last.
    assert_eq!((whole.comments.len(), whole.pages), (22, 1));
    assert_eq!(whole.comments.iter().map(|one| one.more).filter(|&more| more > 0).collect::<Vec<_>>(), [7]);
    assert_eq!((whole.comments[0].comment, whole.comments[0].more), (first, 7));
    assert_eq!(texts(&whole).last(), Some(&(0, "Later.")));

    let under = |comment| Thread { under: Some(comment), ..Thread::first(post) };
    let replies = page(store, under(first)).await;
    assert_eq!((replies.comments.len(), replies.comments[0].comment, replies.pages), (28, first, 1));
    assert_eq!(replies.comments.iter().map(|one| one.more).sum::<u32>(), 0);
    assert_eq!((texts(&replies)[0], texts(&replies)[1]), ((0, "So have I."), (1, "Ha!")));
    assert_eq!(page(store, under(second)).await.comments.len(), 2);
    assert_eq!(page(store, under(third)).await.comments.len(), 1);

    for (post, comment) in [(fixture.reas_post, first), (post, CommentId::from_bits(7))] {
        let elsewhere = Thread { under: Some(comment), ..Thread::first(post) };
        assert!(matches!(store.fetch(&elsewhere, Seq::ZERO).await, Err(Error::NotThere { .. })), "{elsewhere:?}");
    }
}

async fn long_replies_make_no_endless_page(on: On) {
    let Library { store, fixture, .. } = &Library::open(on).await;
    let long = "📖".repeat(5_000);
    for _ in 0..2 {
        let top = comment(store, fixture.sid, fixture.reas_post, None, "Look:").await.expect("a comment");
        for _ in 0..20 {
            comment(store, fixture.sid, fixture.reas_post, Some(top), &long).await.expect("a reply");
        }
    }
    let shown = page(store, Thread::first(fixture.reas_post)).await;
    let bytes: usize =
        shown.comments.iter().filter_map(|one| one.said.as_ref()).map(|(_, text)| text.as_str().len()).sum();
    assert!((400_000..600_000).contains(&bytes), "{bytes}");
    let more: Vec<u32> = shown.comments.iter().filter(|one| one.depth == 0).map(|one| one.more).collect();
    assert_eq!(usize::try_from(more.iter().sum::<u32>()).expect("a few") + shown.comments.len(), 42);
    assert!(more.iter().all(|&more| more > 0), "neither is shown at the other's expense: {more:?}");
}
