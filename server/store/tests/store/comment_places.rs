//! Where a comment stands: the page that its address leads to shows it.

use domain::{CommentId, CommentPlace, Note, Reportable, Seq, Thread};
use store::{Error, Store};

use crate::library::{
    Library, On,
    fixture::{comment, grounds},
    on_both,
};

on_both! {
    each_comment_is_on_its_page
    what_is_gone_has_no_place
}

/// The page that shows a comment, and does.
async fn place(store: &Store, place: CommentPlace) -> Thread {
    let page: Thread = store.fetch(&place, Seq::ZERO).await.expect("a place").entry.value.into();
    let shown = store.load(&page).await.expect("a page").value.clone();
    assert!(shown.comments.iter().any(|one| one.comment == place.comment), "{place:?} on {page:?}");
    page
}

async fn each_comment_is_on_its_page(on: On) {
    let Library { store, fixture: f, .. } = &Library::open(on).await;
    let post = f.post;
    let whole = |page| Thread { page, ..Thread::first(post) };
    let under = |comment, page| Thread { post, under: Some(comment), page };
    let check = async |comment, expected| {
        assert_eq!(place(store, CommentPlace { post, comment }).await, expected);
    };
    // The first comment has a reply, which has one, too.
    let [first, second, third] = f.comments;
    for (comment, expected) in [(first, whole(0)), (second, whole(0)), (third, whole(0))] {
        check(comment, expected).await;
    }
    let mut replies = vec![];
    for number in 0..60 {
        replies.push(comment(store, f.sid, post, Some(second), &format!("Reply {number}")).await.expect("a reply"));
    }
    // With the two from before, those below the first comment; the rest is asked for by itself.
    for (number, expected) in
        [(0, whole(0)), (17, whole(0)), (18, under(second, 0)), (48, under(second, 0)), (49, under(second, 1))]
    {
        check(replies[number], expected).await;
    }
    let deep = comment(store, f.sid, post, Some(replies[59]), "Deep").await.expect("a reply");
    check(deep, under(replies[59], 0)).await;
    let mut tops = vec![];
    for number in 0..50 {
        tops.push(comment(store, f.sid, post, None, &format!("Comment {number}")).await.expect("a comment"));
    }
    let answer = comment(store, f.ben, post, Some(tops[49]), "Answer").await.expect("a reply");
    for (comment, page) in [(tops[48], 0), (tops[49], 1), (answer, 1)] {
        check(comment, whole(page)).await;
    }
    store.delete_comment(f.sid, tops[0]).await.expect("deleted");
    check(answer, whole(0)).await;
}

async fn what_is_gone_has_no_place(on: On) {
    let Library { store, fixture: f, .. } = &Library::open(on).await;
    let [first, second, third] = f.comments;
    let is_there = async |post, comment| match store.fetch(&CommentPlace { post, comment }, Seq::ZERO).await {
        Ok(_) => true,
        Err(Error::NotThere { .. }) => false,
        Err(error) => panic!("{error}"),
    };
    assert!(is_there(f.post, third).await);
    assert!(!is_there(f.reas_post, third).await, "it stands elsewhere");
    assert!(!is_there(f.post, CommentId::from_bits(7)).await);
    let hide = async |what| store.hide_thing(f.mia, what, grounds("No."), Note::default()).await.expect("hidden");
    hide(Reportable::Comment(third)).await;
    assert!(!is_there(f.post, third).await);
    hide(Reportable::Comment(second)).await;
    assert!(is_there(f.post, second).await, "it has a reply, so its place is left");
    store.delete_comment(f.rea, first).await.expect("deleted");
    assert!(is_there(f.post, first).await, "its place is left, too");
    hide(Reportable::Post(f.post)).await;
    assert!(!is_there(f.post, first).await);
}
