//! News by mail: to those who want it, of what they have not read, once.

use domain::{MailChoice, Millis, MyMail, Note, Reportable};
use store::{MailKind, NewsMail, Store};

use crate::library::{
    Library, On,
    fixture::{comment, email, grounds},
    on_both, tables,
};

on_both! {
    nobody_is_told_who_did_not_ask
    each_notice_is_told_once
    what_was_read_or_taken_back_is_not_told
    a_days_news_is_one_mail
    a_link_ends_them
    of_two_nodes_one_tells
    a_banned_person_is_told_nothing
}

/// Rea's news, if a mail about them is due: it is claimed, and not sent yet.
async fn due(store: &Store) -> Option<NewsMail> {
    store.queue_news().await.expect("queued");
    let claimed = store.claim_mail().await.expect("claimed");
    let mail = claimed.iter().find(|mail| mail.kind == MailKind::News)?;
    assert_eq!(mail.to, email("rea"));
    store.mail_sent(mail).await.expect("noted");
    store.find_news(&mail.to).await.expect("an answer")
}

/// As if the last mail had gone out a while ago.
async fn later(library: &Library) {
    tables::run(&library.address, "update outbox set sent_at = 1").await;
}

async fn answer(library: &Library) {
    let f = &library.fixture;
    comment(&library.store, f.ben, f.reas_post, None, "Hello, Rea.").await.expect("a comment");
}

async fn ask(library: &Library, choice: MailChoice) {
    library.store.choose_mail(library.fixture.rea, choice).await.expect("chosen");
}

async fn nobody_is_told_who_did_not_ask(on: On) {
    let library = &Library::open(on).await;
    answer(library).await;
    assert!(due(&library.store).await.is_none());
    ask(library, MailChoice::AtOnce).await;
    assert!(due(&library.store).await.is_none(), "what was there before is no news");
    answer(library).await;
    ask(library, MailChoice::Never).await;
    assert!(due(&library.store).await.is_none());
}

async fn each_notice_is_told_once(on: On) {
    let library = &Library::open(on).await;
    let (store, f) = (&library.store, &library.fixture);
    ask(library, MailChoice::AtOnce).await;
    assert!(due(store).await.is_none());
    answer(library).await;
    answer(library).await;
    let mail = due(store).await.expect("news");
    assert_eq!((mail.name.as_str(), mail.news.len()), ("rea", 2));
    store.news_sent(&mail).await.expect("noted");
    later(library).await;
    assert!(due(store).await.is_none());
    comment(store, f.rea, f.reas_post, None, "Hello, Ben.").await.expect("her own");
    assert!(due(store).await.is_none());
    answer(library).await;
    assert_eq!(due(store).await.expect("news").news.len(), 1);
    // The mail server did not take it: it is news still.
    later(library).await;
    assert_eq!(due(store).await.expect("news").news.len(), 1);
}

async fn what_was_read_or_taken_back_is_not_told(on: On) {
    let library = &Library::open(on).await;
    let (store, f) = (&library.store, &library.fixture);
    ask(library, MailChoice::AtOnce).await;
    answer(library).await;
    store.read_inbox(f.rea, Millis(store.now().0)).await.expect("read");
    assert!(due(store).await.is_none());
    let taken_back = comment(store, f.ben, f.reas_post, None, "Oh no.").await.expect("a comment");
    let hidden = comment(store, f.ben, f.reas_post, None, "Buy this.").await.expect("a comment");
    store.queue_news().await.expect("queued");
    store.delete_comment(f.ben, taken_back).await.expect("deleted");
    store.hide_thing(f.mia, Reportable::Comment(hidden), grounds("No."), Note::default()).await.expect("hidden");
    assert!(due(store).await.is_none(), "the mail says what is so when it goes out");
}

async fn a_days_news_is_one_mail(on: On) {
    let library = &Library::open(on).await;
    ask(library, MailChoice::Daily).await;
    answer(library).await;
    assert!(due(&library.store).await.is_none(), "not yet");
    answer(library).await;
    tables::run(&library.address, "update mailed_notices set mailed_at = mailed_at - 86400001").await;
    let mail = due(&library.store).await.expect("news");
    assert_eq!(mail.news.len(), 2);
    library.store.news_sent(&mail).await.expect("noted");
    later(library).await;
    answer(library).await;
    assert!(due(&library.store).await.is_none(), "tomorrow");
}

async fn a_link_ends_them(on: On) {
    let library = &Library::open(on).await;
    let (store, f) = (&library.store, &library.fixture);
    ask(library, MailChoice::AtOnce).await;
    answer(library).await;
    let code = due(store).await.expect("news").code;
    for wrong in ["", "0", &"0".repeat(64)] {
        store.stop_mail(wrong).await.expect("the same answer");
        assert_eq!(store.load(&MyMail { viewer: f.rea }).await.expect("hers").value, MailChoice::AtOnce);
    }
    store.stop_mail(&code).await.expect("ended");
    store.stop_mail(&code).await.expect("ended");
    assert_eq!(store.load(&MyMail { viewer: f.rea }).await.expect("hers").value, MailChoice::Never);
    later(library).await;
    assert!(due(store).await.is_none());
}

async fn of_two_nodes_one_tells(on: On) {
    let library = &Library::open(on).await;
    let other = library.another_node().await;
    ask(library, MailChoice::AtOnce).await;
    answer(library).await;
    let (one, two) = tokio::join!(library.store.queue_news(), other.queue_news());
    assert!(one.is_ok() && two.is_ok(), "{one:?} {two:?}");
    let (one, two) = tokio::join!(library.store.claim_mail(), other.claim_mail());
    assert_eq!(one.expect("claimed").len() + two.expect("claimed").len(), 1);
}

async fn a_banned_person_is_told_nothing(on: On) {
    let library = &Library::open(on).await;
    let (store, f) = (&library.store, &library.fixture);
    ask(library, MailChoice::AtOnce).await;
    answer(library).await;
    store.queue_news().await.expect("queued");
    store.ban_account(f.mia, f.rea, grounds("Enough."), Note::default()).await.expect("banned");
    assert!(due(store).await.is_none());
}
