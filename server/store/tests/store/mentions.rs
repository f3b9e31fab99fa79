//! Mentions: a link where the handle is somebody's, and one notice for each person and text.

use domain::{
    Bio, CommentId, Handle, Inbox, Millis, News, Note, ProfileDraft, Reportable, Rev, Seq, Thread, ThreadView, UserId,
};

use crate::library::{
    Library, On,
    fixture::{comment, grounds, post, remark},
    on_both,
};

on_both! {
    a_handle_is_a_link_if_it_is_somebodys
    a_mention_is_one_notice
    nobody_is_told_twice
    a_notice_goes_with_the_words
    a_notice_goes_and_comes_with_what_is_hidden
    a_later_mention_is_news
    ten_people_are_told_and_no_more
}

/// Who mentioned a person, and in which comment.
async fn mentions(library: &Library, viewer: UserId) -> Vec<(UserId, Option<CommentId>)> {
    let inbox = library.store.fetch(&Inbox { viewer }, Seq::ZERO).await.expect("an inbox").entry;
    let mention = |news: &News| match news {
        News::Mentioned { by, comment, .. } => Some((by.user, *comment)),
        News::Released { .. } | News::Replied { .. } => None,
    };
    inbox.value.notices.iter().filter_map(|notice| mention(&notice.news)).collect()
}

async fn unread(library: &Library, viewer: UserId) -> usize {
    library.store.fetch(&Inbox { viewer }, Seq::ZERO).await.expect("an inbox").entry.value.unread()
}

async fn thread(library: &Library) -> ThreadView {
    let asked = Thread::first(library.fixture.post);
    library.store.fetch(&asked, Seq::ZERO).await.expect("a thread").entry.value.clone()
}

fn names(handles: &[Handle]) -> Vec<&str> {
    handles.iter().map(Handle::as_str).collect()
}

/// Rea has another handle from now on, and her first one leads on to it.
async fn rename_rea(library: &Library) {
    let draft = ProfileDraft { handle: "countess".parse().expect("a handle"), bio: Bio::default(), base: Rev(1) };
    library.store.save_profile(library.fixture.rea, draft).await.expect("another handle");
}

async fn a_handle_is_a_link_if_it_is_somebodys(on: On) {
    let library = Library::open(on).await;
    let (store, f) = (&library.store, &library.fixture);
    store.save_post(f.ben, f.post, remark("@Sid, @rea, @countess?"), Rev(1)).await.expect("saved");
    store.save_comment(f.ben, f.comments[1], remark("@mia @nobody"), Rev(1)).await.expect("saved");
    let shown = thread(&library).await;
    assert_eq!(names(&shown.post.mentioned), ["rea", "sid"]);
    assert_eq!(
        shown.comments.iter().map(|one| names(&one.mentioned)).collect::<Vec<_>>(),
        [vec![], vec!["mia"], vec![]]
    );
    rename_rea(&library).await;
    assert_eq!(names(&thread(&library).await.post.mentioned), ["rea", "sid"], "what it says is what it said");
    store.save_post(f.ben, f.post, remark("@Sid, @rea, @countess!"), Rev(2)).await.expect("saved");
    assert_eq!(names(&thread(&library).await.post.mentioned), ["countess", "rea", "sid"]);
    assert_eq!(mentions(&library, f.rea).await, [(f.ben, None)], "by two names, and once");
    store.delete_comment(f.ben, f.comments[1]).await.expect("deleted");
    assert_eq!(names(&thread(&library).await.comments[1].mentioned), [""; 0]);
}

async fn a_mention_is_one_notice(on: On) {
    let library = Library::open(on).await;
    let (store, f) = (&library.store, &library.fixture);
    post(store, f.ben, "Hello @sid, @Sid and sid@rea.example. And @ben.", None).await.expect("a post");
    let said = comment(store, f.rea, f.post, None, "@mia and @SID: look.").await.expect("a comment");
    assert_eq!(mentions(&library, f.sid).await, [(f.rea, Some(said)), (f.ben, None)]);
    assert_eq!(mentions(&library, f.mia).await, [(f.rea, Some(said))]);
    for viewer in [f.ada, f.ben, f.rea] {
        assert_eq!(mentions(&library, viewer).await, [], "one's own words, and others'");
    }
}

async fn nobody_is_told_twice(on: On) {
    let library = Library::open(on).await;
    let (store, f) = (&library.store, &library.fixture);
    let before = unread(&library, f.rea).await;
    comment(store, f.sid, f.post, Some(f.comments[0]), "@rea, @ben: so have I.").await.expect("a reply");
    assert_eq!(mentions(&library, f.rea).await, [], "it answers her");
    assert_eq!(unread(&library, f.rea).await, before + 1);
    assert_eq!(mentions(&library, f.ben).await.len(), 1, "it stands below his post, and answers another");
}

async fn a_notice_goes_with_the_words(on: On) {
    let library = Library::open(on).await;
    let (store, f) = (&library.store, &library.fixture);
    let said = comment(store, f.rea, f.post, None, "@sid").await.expect("a comment");
    store.save_post(f.ben, f.post, remark("@sid"), Rev(1)).await.expect("saved");
    assert_eq!(mentions(&library, f.sid).await, [(f.ben, None), (f.rea, Some(said))]);
    store.save_comment(f.rea, said, remark("@mia"), Rev(1)).await.expect("saved");
    assert_eq!(mentions(&library, f.sid).await, [(f.ben, None)]);
    assert_eq!(mentions(&library, f.mia).await, [(f.rea, Some(said))]);
    store.delete_comment(f.rea, said).await.expect("deleted");
    assert_eq!(mentions(&library, f.mia).await, []);
    // One with replies leaves its place behind, and none of its words.
    store.save_comment(f.rea, f.comments[0], remark("@sid"), Rev(1)).await.expect("saved");
    assert_eq!(mentions(&library, f.sid).await.len(), 2);
    store.delete_comment(f.rea, f.comments[0]).await.expect("deleted");
    assert_eq!(mentions(&library, f.sid).await, [(f.ben, None)]);
    store.delete_post(f.ben, f.post).await.expect("deleted");
    assert_eq!(mentions(&library, f.sid).await, []);
}

async fn a_notice_goes_and_comes_with_what_is_hidden(on: On) {
    let library = Library::open(on).await;
    let (store, f) = (&library.store, &library.fixture);
    store.save_post(f.ben, f.post, remark("@sid"), Rev(1)).await.expect("saved");
    store.save_comment(f.ben, f.comments[1], remark("@sid"), Rev(1)).await.expect("saved");
    for (what, left) in [(Reportable::Comment(f.comments[1]), 1), (Reportable::Post(f.post), 0)] {
        store.hide_thing(f.mia, what, grounds("Not here."), Note::default()).await.expect("hidden");
        assert_eq!(mentions(&library, f.sid).await.len(), left, "{what:?}");
        store.restore_hidden(f.mia, what, Note::default()).await.expect("back");
        assert_eq!(mentions(&library, f.sid).await.len(), 2, "{what:?}");
    }
}

/// An edit that mentions somebody is news of that moment; one that only mentions them again is none.
async fn a_later_mention_is_news(on: On) {
    let library = Library::open(on).await;
    let (store, f) = (&library.store, &library.fixture);
    let later = async || tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    store.read_inbox(f.sid, Millis(i64::MAX)).await.expect("read");
    later().await;
    store.save_post(f.ben, f.post, remark("@sid"), Rev(1)).await.expect("saved");
    assert_eq!(unread(&library, f.sid).await, 1);
    store.read_inbox(f.sid, Millis(i64::MAX)).await.expect("read");
    later().await;
    store.save_post(f.ben, f.post, remark("@sid, once more"), Rev(2)).await.expect("saved");
    assert_eq!((unread(&library, f.sid).await, mentions(&library, f.sid).await.len()), (0, 1));
}

async fn ten_people_are_told_and_no_more(on: On) {
    let library = Library::open(on).await;
    let (store, f) = (&library.store, &library.fixture);
    let nobody = |count: u32| (0..count).map(|number| format!("@nobody-{number} ")).collect::<Vec<_>>().concat();
    for (others, expected) in [(10, 0), (9, 1)] {
        post(store, f.ben, &format!("{}@sid", nobody(others)), None).await.expect("a post");
        assert_eq!(mentions(&library, f.sid).await.len(), expected, "after {others} others");
    }
}
