//! One's own account: sessions with what they were begun with, an end to each, and another name everywhere.

use domain::{Device, Home, OwnSession, OwnSessions, Seq, UserId};
use store::Error;

use crate::library::{
    Library, On,
    fixture::{email, named, password},
    on_both,
};

on_both! {
    sessions_are_known_by_what_they_were_begun_with
    one_ends_ones_own_sessions_alone
    a_new_name_stands_everywhere_at_once
}

const FIREFOX: &str = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0";

async fn sessions(library: &Library, viewer: UserId) -> Vec<OwnSession> {
    let query = OwnSessions { viewer };
    library.store.fetch(&query, Seq::ZERO).await.expect("sessions").entry.value.clone()
}

async fn sessions_are_known_by_what_they_were_begun_with(on: On) {
    let library = Library::open(on).await;
    let f = &library.fixture;
    let before = sessions(&library, f.rea).await;
    assert_eq!(before.iter().map(|own| own.session).collect::<Vec<_>>(), [f.token.tag()]);
    let firefox = library.store.clone().on_device(Device::of(FIREFOX));
    let (_, token) = firefox.sign_in(email("rea"), password("rea")).await.expect("a session").open();
    let now = sessions(&library, f.rea).await;
    assert_eq!((now[0].session, now[0].device.as_str()), (token.tag(), "Firefox on Windows"));
    assert_eq!((now[1].session, now[1].device.as_str()), (f.token.tag(), "An unknown device"));
}

async fn one_ends_ones_own_sessions_alone(on: On) {
    let library = Library::open(on).await;
    let (store, f) = (&library.store, &library.fixture);
    let stranger = store.end_session(f.ben, f.token.tag()).await;
    assert!(matches!(stranger, Err(Error::NotFound)), "{stranger:?}");
    assert!(store.known_viewer(&f.token).await.expect("an answer").is_some());
    let (_, other) = store.sign_in(email("rea"), password("rea")).await.expect("a session").open();
    store.end_session(f.rea, f.token.tag()).await.expect("ended");
    assert!(store.viewer(&f.token).await.expect("an answer").is_none());
    assert!(store.known_viewer(&f.token).await.expect("an answer").is_none());
    assert!(store.viewer(&other).await.expect("an answer").is_some(), "the other one goes on");
    let again = store.end_session(f.rea, f.token.tag()).await;
    assert!(matches!(again, Err(Error::NotFound)), "{again:?}");
}

async fn a_new_name_stands_everywhere_at_once(on: On) {
    let library = Library::open(on).await;
    let (store, f) = (&library.store, &library.fixture);
    library.warm().await;
    store.change_name(f.ada, named("Ada the Second")).await.expect("renamed");
    let front = store.fetch(&Home {}, Seq::ZERO).await.expect("the front page");
    assert_eq!(front.entry.value.stories[0].author.name.as_str(), "Ada the Second");
    store.change_name(f.rea, named("Rhea")).await.expect("renamed");
    let viewer = store.known_viewer(&f.token).await.expect("an answer").expect("a session");
    assert_eq!(viewer.name.as_str(), "Rhea");
}
