//! The first manager: one, by a link that is good once, however many there are.

use std::time::Duration;

use domain::{Email, Name, Password, Role, UserId};
use store::{Error, LinkToken, Result, Store};

use crate::library::{Library, On, Place, on_both, tables};

on_both! {
    of_many_links_one_makes_a_manager
    two_at_once_make_one_manager
    what_was_refused_leaves_the_link_good
    a_link_ends_after_an_hour_and_is_no_secret_of_the_database
}

async fn register(store: &Store, link: &LinkToken, who: &str, password: &str) -> Result<UserId> {
    let (name, email) = (Name::parse(who), Email::parse(&format!("{who}@quire.example")));
    let password = Password::parse(password).expect("a password");
    let made = store.register_manager(link, name.expect("a name"), email.expect("an address"), password).await;
    made.map(|changed| *changed.value())
}

async fn make(store: &Store, link: &LinkToken, who: &str) -> Result<UserId> {
    register(store, link, who, "three green umbrellas").await
}

async fn link(store: &Store) -> LinkToken {
    store.begin_first_manager().await.expect("an answer").expect("a link")
}

async fn managers(place: &Place) -> Vec<String> {
    tables::column(&place.address(), "select email from users where role = 'manager'").await
}

async fn of_many_links_one_makes_a_manager(on: On) {
    let (store, place) = Library::empty(on).await;
    let other = Store::open(&place.address()).await.expect("another node");
    let links = [link(&store).await, link(&other).await, link(&store).await];
    let made_up = LinkToken::parse(&"0".repeat(64)).expect("the form of a link");
    assert!(matches!(make(&store, &made_up, "eve").await, Err(Error::LinkIsOver)));
    make(&store, &links[1], "mara").await.expect("a manager");
    for link in &links {
        assert!(matches!(make(&other, link, "eve").await, Err(Error::LinkIsOver)));
    }
    assert_eq!(managers(&place).await, ["mara@quire.example"]);
    assert!(other.begin_first_manager().await.expect("an answer").is_none(), "there is a manager");
}

async fn two_at_once_make_one_manager(on: On) {
    let (store, place) = Library::empty(on).await;
    let other = Store::open(&place.address()).await.expect("another node");
    let (one, two) = (link(&store).await, link(&other).await);
    let address = place.address();
    let made = tokio::join!(
        tables::hold_commits(&address, Duration::from_millis(1_500)),
        make(&store, &one, "mara"),
        make(&other, &two, "mina"),
        make(&other, &one, "mona"),
        make(&store, &two, "mira"),
    );
    let made = [made.1, made.2, made.3, made.4];
    assert_eq!(made.iter().filter(|made| made.is_ok()).count(), 1, "{made:?}");
    assert!(made.iter().all(|made| matches!(made, Ok(_) | Err(Error::LinkIsOver))), "{made:?}");
    assert_eq!(managers(&place).await.len(), 1);
}

/// People and stories, and nobody who looks after them.
async fn unmanaged(on: On) -> Library {
    let library = Library::open(on).await;
    library.store.set_role(library.fixture.mia, Role::Reader).await.expect("a reader");
    library
}

async fn what_was_refused_leaves_the_link_good(on: On) {
    let library = unmanaged(on).await;
    let link = link(&library.store).await;
    assert!(matches!(register(&library.store, &link, "mara", "password1234").await, Err(Error::WeakPassword)));
    assert!(matches!(make(&library.store, &link, "rea").await, Err(Error::AddressTaken)));
    make(&library.store, &link, "mara").await.expect("a manager");
    // One who was made in another way ends the links, too.
    let library = unmanaged(on).await;
    let link = self::link(&library.store).await;
    library.store.set_role(library.fixture.ada, Role::Manager).await.expect("a manager");
    assert!(matches!(make(&library.store, &link, "mara").await, Err(Error::LinkIsOver)));
}

async fn a_link_ends_after_an_hour_and_is_no_secret_of_the_database(on: On) {
    let (store, place) = Library::empty(on).await;
    let link = link(&store).await;
    assert!(!tables::dump(&place.address()).await.concat().contains(link.as_str()));
    tables::run(&place.address(), "update manager_links set expires_at = expires_at - 3600000").await;
    assert!(matches!(make(&store, &link, "mara").await, Err(Error::LinkIsOver)));
    assert_eq!(managers(&place).await, Vec::<String>::new());
}
