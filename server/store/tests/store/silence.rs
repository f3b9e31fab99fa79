//! Muting and blocking: no notice comes of a muted person, no word of a blocked one, and no other person is told.

use std::time::Duration;

use domain::{
    Audience, Blocked, Change, Changed, Comment, Feed, Inbox, Legacy, MailChoice, Millis, MyAuthor, MySilences,
    NewComment, Note, PostId, Reportable, Rev, Seq, Silence, Subject, Tag, Thread, UserId,
};
use store::{Error, MailKind, Result};

use crate::library::{
    Library, On,
    fixture::{comment, grounds, password, post, remark},
    on_both, tables,
};

on_both! {
    no_notice_comes_of_a_muted_person
    a_muted_person_is_told_nothing
    a_blocked_person_answers_nothing
    a_blocked_person_posts_about_no_story
    a_blocked_person_mentions_no_one_who_blocked
    a_block_ends_what_is_followed
    what_is_followed_does_not_come_back_from_the_trash
    of_a_block_and_a_comment_the_later_one_knows_of_the_other
    of_a_block_and_a_click_on_follow_the_later_one_knows_of_the_other
    a_list_has_its_room_and_its_bounds
    managers_do_their_work
    who_leaves_is_on_no_list
}

async fn silence(library: &Library, by: UserId, person: UserId, how: Silence) {
    library.store.silence_person(by, person, how).await.expect("silenced");
}

/// Whom a person mutes or blocks.
async fn list(library: &Library, by: UserId) -> Vec<(UserId, Silence)> {
    let people = library.store.fetch(&MySilences { by }, Seq::ZERO).await.expect("a list").entry;
    people.value.0.iter().map(|silenced| (silenced.person.user, silenced.how)).collect()
}

/// How many notices a person has, all of them unread.
async fn notices(library: &Library, viewer: UserId) -> usize {
    let inbox = library.store.fetch(&Inbox { viewer }, Seq::ZERO).await.expect("an inbox").entry;
    assert_eq!(inbox.value.unread(), inbox.value.notices.len(), "the count is the list's");
    inbox.value.notices.len()
}

async fn follows(library: &Library, viewer: UserId, author: &str) -> bool {
    let author = author.parse().expect("a handle");
    library.store.fetch(&MyAuthor { viewer, author }, Seq::ZERO).await.expect("an answer").entry.value.follows
}

#[track_caller]
fn refused<T: std::fmt::Debug>(answer: &Result<T>, expected: Blocked) {
    assert!(matches!(answer, Err(Error::Blocked(blocked)) if *blocked == expected), "{answer:?}");
}

async fn no_notice_comes_of_a_muted_person(on: On) {
    let library = &Library::open(on).await;
    let (store, f) = (&library.store, &library.fixture);
    store.publish_story(f.ben, f.bens.story, &f.bens.chapters[..1]).await.expect("out");
    store.follow_author(f.rea, f.ben, true).await.expect("followed");
    store.read_inbox(f.rea, Millis(store.now().0)).await.expect("read");
    store.choose_mail(f.rea, MailChoice::AtOnce).await.expect("chosen");
    let before = store.fetch(&Inbox { viewer: f.rea }, Seq::ZERO).await.expect("an inbox").entry.value.notices.len();
    let unread = async || {
        let inbox = store.fetch(&Inbox { viewer: f.rea }, Seq::ZERO).await.expect("an inbox").entry;
        (inbox.value.unread(), inbox.value.notices.len() - before.min(inbox.value.notices.len()))
    };
    comment(store, f.ben, f.reas_post, None, "Hello.").await.expect("an answer");
    post(store, f.ben, "Look, @rea!", None).await.expect("a mention");
    store.publish_chapter(f.ben, f.bens.chapters[1]).await.expect("a release");
    assert_eq!(unread().await, (3, 3));
    for how in [Silence::Mute, Silence::Block] {
        silence(library, f.rea, f.ben, how).await;
        assert_eq!(unread().await, (0, 0), "{how}");
        store.queue_news().await.expect("queued");
        let mail = store.claim_mail().await.expect("mail");
        assert!(mail.iter().all(|mail| mail.kind != MailKind::News), "{mail:?}");
        if how == Silence::Mute {
            store.end_silence(f.rea, f.ben).await.expect("no longer");
            assert_eq!(unread().await, (3, 3));
        }
    }
    // What others say comes as before.
    comment(store, f.sid, f.reas_post, None, "Hello.").await.expect("an answer");
    assert_eq!(unread().await.0, 1);
    store.queue_news().await.expect("queued");
    assert!(store.claim_mail().await.expect("mail").iter().any(|mail| mail.kind == MailKind::News));
}

async fn a_muted_person_is_told_nothing(on: On) {
    let library = &Library::open(on).await;
    let (store, f) = (&library.store, &library.fixture);
    silence(library, f.rea, f.ben, Silence::Mute).await;
    let change = tables::log(&library.address).await.pop().expect("a Change");
    assert_eq!((change.audience(), &change), (Audience::Only(f.rea), &Change::PersonSilenced(f.rea)));
    assert_eq!((list(library, f.rea).await, list(library, f.ben).await), (vec![(f.ben, Silence::Mute)], vec![]));
    // He may do what he could before, and his words are what others see.
    comment(store, f.ben, f.reas_post, None, "@rea, look!").await.expect("an answer");
    comment(store, f.ben, f.post, Some(f.comments[0]), "Well said.").await.expect("a reply");
    let thread = store.fetch(&Thread::first(f.reas_post), Seq::ZERO).await.expect("a thread").entry;
    let mentioned: Vec<_> =
        thread.value.comments[0].mentioned.iter().map(|handle| handle.as_str().to_owned()).collect();
    assert_eq!(mentioned, ["rea"], "it is a link, as ever");
    assert_eq!(notices(library, f.rea).await, 0);
}

async fn a_blocked_person_answers_nothing(on: On) {
    let library = &Library::open(on).await;
    let (store, f) = (&library.store, &library.fixture);
    let said = comment(store, f.ben, f.reas_post, None, "Hello.").await.expect("an answer");
    silence(library, f.rea, f.ben, Silence::Block).await;
    refused(&comment(store, f.ben, f.reas_post, None, "Hello?").await, Blocked::Post);
    refused(&store.save_comment(f.ben, said, remark("Hello!"), Rev(1)).await, Blocked::Post);
    refused(&comment(store, f.ben, f.post, Some(f.comments[0]), "Well said.").await, Blocked::Comment);
    refused(&store.save_comment(f.ben, f.comments[1], remark("Ha."), Rev(1)).await, Blocked::Comment);
    comment(store, f.ben, f.post, None, "To all.").await.expect("below his own post");
    // As deep as comments may stand, an answer stands beside the one that it answers, and so below hers.
    let mut deep = vec![];
    let thread = post(store, f.sid, "Let us see.", None).await.expect("a post");
    for depth in 0..=Comment::MAX_DEPTH {
        let by = if depth + 1 == Comment::MAX_DEPTH { f.rea } else { f.sid };
        deep.push(comment(store, by, thread, deep.last().copied(), "Deeper.").await.expect("a comment"));
    }
    refused(&comment(store, f.ben, thread, deep.last().copied(), "Deepest.").await, Blocked::Comment);
    comment(store, f.ben, thread, Some(deep[0]), "Not so deep.").await.expect("to another person");
    store.delete_comment(f.ben, said).await.expect("deleted");
    comment(store, f.rea, f.post, Some(f.comments[1]), "No.").await.expect("an answer");
    store.end_silence(f.rea, f.ben).await.expect("no longer");
    comment(store, f.ben, f.reas_post, None, "Hello.").await.expect("an answer");
}

async fn a_blocked_person_posts_about_no_story(on: On) {
    let library = &Library::open(on).await;
    let (store, f) = (&library.store, &library.fixture);
    silence(library, f.ada, f.ben, Silence::Block).await;
    let (story, chapter) = (f.out.story, f.out.chapters[0]);
    refused(&post(store, f.ben, "So.", Some(story.into())).await, Blocked::Story);
    refused(&post(store, f.ben, "So.", Some(Subject::chapter(story, chapter))).await, Blocked::Story);
    refused(&store.save_post(f.ben, f.post, remark("So?"), Rev(1)).await, Blocked::Story);
    refused(&store.follow_story(f.ben, story, true).await.map(drop), Blocked::Follow);
    refused(&store.follow_author(f.ben, f.ada, true).await.map(drop), Blocked::Follow);
    store.like_story(f.ben, story, false).await.expect("not liked");
    store.follow_story(f.ben, story, false).await.expect("let go");
    post(store, f.rea, "So.", Some(story.into())).await.expect("another person's");
    silence(library, f.ada, f.ben, Silence::Mute).await;
    post(store, f.ben, "So.", Some(story.into())).await.expect("muted and no more");
    assert_eq!(list(library, f.ada).await, [(f.ben, Silence::Mute)]);
}

async fn a_blocked_person_mentions_no_one_who_blocked(on: On) {
    let library = &Library::open(on).await;
    let (store, f) = (&library.store, &library.fixture);
    silence(library, f.rea, f.ben, Silence::Block).await;
    let said = post(store, f.ben, "@rea and @sid, look.", None).await.expect("a post");
    let handles = async |of: PostId| {
        let feed = store.fetch(&Feed { about: None, page: 0 }, Seq::ZERO).await.expect("the feed").entry;
        let card = feed.value.posts.iter().find(|card| card.post == of).expect("a post").clone();
        card.mentioned.iter().map(|handle| handle.as_str().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(handles(said).await, ["sid"]);
    assert_eq!((notices(library, f.rea).await, notices(library, f.sid).await), (0, 1));
    store.end_silence(f.rea, f.ben).await.expect("no longer");
    assert_eq!(notices(library, f.rea).await, 1, "his answer from before; what was said then is no mention");
    store.save_post(f.ben, said, remark("@rea, look."), Rev(1)).await.expect("saved");
    assert_eq!((handles(said).await, notices(library, f.rea).await), (vec!["rea".to_owned()], 2));
}

async fn a_block_ends_what_is_followed(on: On) {
    let library = &Library::open(on).await;
    let (store, f) = (&library.store, &library.fixture);
    store.publish_story(f.ben, f.bens.story, &f.bens.chapters).await.expect("out");
    for (user, author, story) in [(f.ada, f.ben, f.bens.story), (f.ben, f.ada, f.out.story)] {
        store.follow_author(user, author, true).await.expect("followed");
        store.follow_story(user, story, true).await.expect("followed");
    }
    let before = tables::log(&library.address).await.len();
    let blocked = store.silence_person(f.ada, f.ben, Silence::Block).await.expect("blocked");
    assert_eq!((follows(library, f.ada, "ben").await, follows(library, f.ben, "ada").await), (false, false));
    let rows = format!(
        "select user_id from followed_stories where (user_id = '{}' and story_id = '{}') or (user_id = '{}' and story_id = '{}')",
        f.ada, f.bens.story, f.ben, f.out.story
    );
    assert!(tables::column(&library.address, &rows).await.is_empty());
    // Each is told of what is theirs, and of nothing else.
    let told = tables::log(&library.address).await.split_off(before);
    assert_eq!(told, [Change::AuthorFollowed(f.ada, f.ben), Change::PersonSilenced(f.ada)]);
    assert_eq!(told.iter().map(Change::audience).collect::<Vec<_>>(), [f.ben, f.ada].map(Audience::Only));
    let old: std::collections::BTreeSet<_> =
        blocked.record().directives.iter().map(|directive| directive.tag()).collect();
    assert_eq!(old, [Tag::Silences(f.ada), Tag::Reader(f.ada)].into());
}

async fn what_is_followed_does_not_come_back_from_the_trash(on: On) {
    let library = &Library::open(on).await;
    let (store, f) = (&library.store, &library.fixture);
    store.delete_story(f.ada, f.out.story).await.expect("in the trash");
    silence(library, f.ada, f.rea, Silence::Block).await;
    store.restore_trashed(f.ada, domain::Trashed::Story(f.out.story)).await.expect("back");
    let rows = format!("select user_id from followed_stories where story_id = '{}'", f.out.story);
    assert!(tables::column(&library.address, &rows).await.is_empty());
}

/// Both at once, this one a moment before the other, while every commit waits.
async fn at_once<A, B>(library: &Library, first: impl Future<Output = A>, second: impl Future<Output = B>) -> (A, B) {
    let hold = tables::hold_commits(&library.address, Duration::from_millis(900));
    let later = async |millis| tokio::time::sleep(Duration::from_millis(millis)).await;
    let first = async { (later(150).await, first.await).1 };
    let second = async { (later(450).await, second.await).1 };
    let ((), first, second) = tokio::join!(hold, first, second);
    (first, second)
}

/// Whichever was first: what comes after the block is refused.
#[track_caller]
fn in_turn<T: std::fmt::Debug>(done: &Result<Changed<T>>, blocked: &Result<Changed<()>>, expected: Blocked) {
    let blocked = blocked.as_ref().expect("blocked").record().seq;
    match done {
        Ok(done) => assert!(done.record().seq < blocked, "it came after the block"),
        Err(_) => refused(done, expected),
    }
}

async fn of_a_block_and_a_comment_the_later_one_knows_of_the_other(on: On) {
    let library = &Library::open(on).await;
    let (store, f) = (&library.store, &library.fixture);
    let other = library.another_node().await;
    let new = || NewComment { post: f.reas_post, parent: None, text: remark("So.") };
    let block = async || store.silence_person(f.rea, f.ben, Silence::Block).await;
    let (said, blocked) = at_once(library, other.add_comment(f.ben, new()), block()).await;
    in_turn(&said, &blocked, Blocked::Post);
    store.end_silence(f.rea, f.ben).await.expect("no longer");
    let (blocked, said) = at_once(library, block(), other.add_comment(f.ben, new())).await;
    in_turn(&said, &blocked, Blocked::Post);
}

async fn of_a_block_and_a_click_on_follow_the_later_one_knows_of_the_other(on: On) {
    let library = &Library::open(on).await;
    let (store, f) = (&library.store, &library.fixture);
    let other = library.another_node().await;
    let block = async || store.silence_person(f.ada, f.sid, Silence::Block).await;
    let rows = format!("select user_id from followed_authors where user_id = '{}'", f.sid);
    let (followed, blocked) = at_once(library, other.follow_author(f.sid, f.ada, true), block()).await;
    in_turn(&followed, &blocked, Blocked::Follow);
    assert!(tables::column(&library.address, &rows).await.is_empty());
    store.end_silence(f.ada, f.sid).await.expect("no longer");
    let (blocked, followed) = at_once(library, block(), other.follow_author(f.sid, f.ada, true)).await;
    in_turn(&followed, &blocked, Blocked::Follow);
    assert!(tables::column(&library.address, &rows).await.is_empty());
}

async fn a_list_has_its_room_and_its_bounds(on: On) {
    let library = &Library::open(on).await;
    let (store, f) = (&library.store, &library.fixture);
    for no_one in [f.rea, UserId::from_bits(7)] {
        let answer = store.silence_person(f.rea, no_one, Silence::Mute).await;
        assert!(matches!(answer, Err(Error::NotFound)), "{answer:?}");
    }
    silence(library, f.rea, f.ben, Silence::Mute).await;
    silence(library, f.rea, f.sid, Silence::Block).await;
    silence(library, f.rea, f.sid, Silence::Block).await;
    let everyone: std::collections::BTreeMap<_, _> = list(library, f.rea).await.into_iter().collect();
    assert_eq!(everyone, [(f.ben, Silence::Mute), (f.sid, Silence::Block)].into());
    let things = store.export_own_things(f.rea).await.expect("her things");
    let exported: Vec<_> = things.silences.iter().map(|one| (one.user, one.name.as_str(), one.how)).collect();
    assert_eq!(exported, [(f.ben, "ben", Silence::Mute), (f.sid, "sid", Silence::Block)]);
    assert!(store.export_own_things(f.sid).await.expect("his things").silences.is_empty());
    for _ in 0..2 {
        store.end_silence(f.rea, f.ben).await.expect("twice is once");
    }
    assert_eq!(list(library, f.rea).await, [(f.sid, Silence::Block)]);
}

async fn managers_do_their_work(on: On) {
    let library = &Library::open(on).await;
    let (store, f) = (&library.store, &library.fixture);
    silence(library, f.ben, f.mia, Silence::Block).await;
    store.lock_thread(f.mia, f.post, true, Note::default()).await.expect("closed");
    store.hide_thing(f.mia, Reportable::Post(f.post), grounds("No."), Note::default()).await.expect("hidden");
    silence(library, f.mia, f.rea, Silence::Mute).await;
    let queue = domain::ModerationQueue { viewer: f.mia, page: 0 };
    assert_eq!(store.fetch(&queue, Seq::ZERO).await.expect("a queue").entry.value.hidden.len(), 1);
}

async fn who_leaves_is_on_no_list(on: On) {
    let library = &Library::open(on).await;
    let (store, f) = (&library.store, &library.fixture);
    silence(library, f.ada, f.rea, Silence::Mute).await;
    silence(library, f.ben, f.rea, Silence::Block).await;
    silence(library, f.rea, f.sid, Silence::Block).await;
    library.warm().await;
    store.delete_account(f.rea, password("rea"), Legacy::Keep).await.expect("she left");
    for by in [f.ada, f.ben, f.rea] {
        assert_eq!(list(library, by).await, []);
    }
    assert!(tables::column(&library.address, "select by_id from silences").await.is_empty());
}
