//! The community: threads, tombstones, likes, pages.

mod library;

use domain::{Comment, Feed, MyLikes, Seq, StoryPage, Thread};
use library::{
    Fixture, Library, On,
    fixture::{comment, post, remark},
    on_both,
};
use store::{Error, Store};

on_both! {
    replies_follow_what_they_reply_to
    a_deleted_comment_leaves_its_place_while_there_are_replies
    counts_leave_out_what_is_gone
    liking_twice_is_liking_once
    the_feed_has_pages_of_twenty
}

/// The thread below Ben's post, a line a comment: its depth, and what it says.
async fn thread(store: &Store, fixture: &Fixture) -> Vec<String> {
    let line = |comment: &Comment| {
        let said = comment.said.as_ref().map_or("(gone)", |(_, text)| text.as_str());
        format!("{}{said}", "> ".repeat(usize::try_from(comment.depth).expect("not that deep")))
    };
    let thread = store.fetch(&Thread { post: fixture.post }, Seq::ZERO).await.expect("a thread");
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
    let saved = store.save_comment(fixture.rea, first, remark("I am back.")).await;
    assert!(matches!(saved, Err(Error::NotFound)));
    assert!(matches!(store.delete_comment(fixture.rea, first).await, Err(Error::NotFound)), "once is enough");

    store.delete_comment(fixture.rea, third).await.expect("deleted");
    assert!(thread(store, fixture).await.is_empty(), "the last reply takes the places above along");
}

async fn counts_leave_out_what_is_gone(on: On) {
    let Library { store, fixture, .. } = &Library::open(on).await;
    store.delete_comment(fixture.rea, fixture.comments[0]).await.expect("deleted");
    let card = store.load(&Thread { post: fixture.post }).await.expect("a thread").value.post.clone();
    assert_eq!((card.comments, card.likes), (2, 1));
}

async fn liking_twice_is_liking_once(on: On) {
    let Library { store, fixture, .. } = &Library::open(on).await;
    for (liked, expected) in [(true, 3), (true, 3), (false, 2), (false, 2)] {
        let changed = store.like_story(fixture.sid, fixture.out.story, liked).await.expect("a like");
        assert_eq!(*changed.value(), expected);
        let front = store.fetch(&StoryPage { story: fixture.out.story }, Seq::ZERO).await.expect("a page");
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
