//! The outbox: each mail is one node's to send, and is tried again until it went out.

use domain::Email;
use store::{Claimed, Store};

use crate::library::{Library, On, fixture::email, on_both, tables};

on_both! {
    of_several_nodes_one_sends_a_mail
    the_same_is_not_sent_twice_in_a_moment
    a_mail_that_was_not_taken_is_tried_again_and_given_up_in_the_end
    what_is_left_behind_does_not_tell_who_has_an_account
    a_link_is_made_for_whom_there_is_an_account
}

async fn claim(store: &Store) -> Vec<Claimed> {
    store.claim_mail().await.expect("an answer")
}

/// As if the next attempt were due.
async fn wait(library: &Library) {
    tables::run(&library.address, "update outbox set due_at = 0").await;
}

async fn of_several_nodes_one_sends_a_mail(on: On) {
    let library = Library::open(on).await;
    let (second, third) = (library.another_node().await, library.another_node().await);
    for who in ["ada", "ben", "rea"] {
        library.store.forget_password(&email(who)).await.expect("noted");
    }
    let (first, second, third) = tokio::join!(claim(&library.store), claim(&second), claim(&third));
    let mut to: Vec<_> = [first, second, third].concat().into_iter().map(|mail| mail.to.as_str().to_owned()).collect();
    to.sort();
    assert_eq!(to, ["ada@quire.example", "ben@quire.example", "rea@quire.example"]);
    assert!(claim(&library.store).await.is_empty(), "they are claimed");
    // A node that died leaves its mail to the others.
    wait(&library).await;
    assert_eq!(claim(&library.store).await.len(), 3);
}

async fn the_same_is_not_sent_twice_in_a_moment(on: On) {
    let library = Library::open(on).await;
    let ask = async || library.store.forget_password(&email("ada")).await.expect("noted");
    ask().await;
    ask().await;
    let claimed = claim(&library.store).await;
    assert_eq!(claimed.len(), 1);
    library.store.mail_sent(&claimed[0]).await.expect("noted");
    ask().await;
    wait(&library).await;
    assert!(claim(&library.store).await.is_empty(), "it has just gone out");
    tables::run(&library.address, "update outbox set sent_at = 1").await;
    ask().await;
    assert_eq!(claim(&library.store).await.len(), 1);
}

async fn a_mail_that_was_not_taken_is_tried_again_and_given_up_in_the_end(on: On) {
    let library = Library::open(on).await;
    library.store.forget_password(&email("ada")).await.expect("noted");
    let mut names = vec![];
    for attempt in 1..=10 {
        let claimed = claim(&library.store).await;
        let [mail] = claimed.as_slice() else { panic!("attempt {attempt}: {claimed:?}") };
        assert_eq!(mail.tries, attempt);
        names.push(mail.name().to_owned());
        assert_eq!(library.store.mail_failed(mail).await.expect("noted"), attempt == 10);
        assert!(claim(&library.store).await.is_empty(), "not at once");
        wait(&library).await;
    }
    names.dedup();
    assert_eq!(names.len(), 1, "whoever gets it twice can tell");
    assert!(tables::column(&library.address, "select id from outbox").await.is_empty());
}

async fn what_is_left_behind_does_not_tell_who_has_an_account(on: On) {
    let library = Library::open(on).await;
    for address in [email("ada"), Email::parse("stranger@elsewhere.example").expect("an address")] {
        library.store.forget_password(&address).await.expect("noted");
    }
    let rows = "select kind || ' ' || cast(tries as text) from outbox";
    assert_eq!(tables::column(&library.address, rows).await, ["forgotten 0", "forgotten 0"]);
    assert!(tables::column(&library.address, "select token_hash from password_resets").await.is_empty());
}

async fn a_link_is_made_for_whom_there_is_an_account(on: On) {
    let library = Library::open(on).await;
    let stranger = Email::parse("stranger@elsewhere.example").expect("an address");
    assert!(library.store.find_forgotten(&stranger).await.expect("an answer").is_none());
    let forgotten = library.store.find_forgotten(&email("ada")).await.expect("an answer").expect("an account");
    assert_eq!(forgotten.name.as_str(), "ada");
    let new = domain::Password::parse("three green umbrellas").expect("a password");
    library.store.reset_password(&forgotten.link, new).await.expect("the link is good");
}
