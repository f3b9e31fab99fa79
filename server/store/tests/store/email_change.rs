//! Another address: by the password and a link that was mailed to it, and nobody learns who has one.

use domain::{Email, MyEmail, Password};
use store::{AddressAsked, Error, LinkToken, Store};

use crate::library::{
    Library, On,
    fixture::{email, password},
    on_both, tables,
};

on_both! {
    a_link_and_nothing_else_changes_the_address
    a_link_is_good_for_an_hour_and_for_one_address
    a_new_password_ends_a_link_to_another_address
    what_is_left_behind_does_not_tell_whose_an_address_is
    of_two_accounts_with_one_address_in_mind_one_gets_it
    the_demo_accounts_keep_their_addresses
}

fn new() -> Email {
    Email::parse("rea@elsewhere.example").expect("an address")
}

/// Rea asks for the address, with her password.
async fn ask(library: &Library, address: &Email) -> Result<(), Error> {
    library.store.ask_for_email(library.fixture.rea, password("rea"), address).await
}

/// The link in the mail that goes out now.
async fn link(store: &Store, to: &Email) -> LinkToken {
    match store.find_address_asked(to).await.expect("an answer") {
        Some(AddressAsked::Link(_, link)) => link,
        other => panic!("no link: {other:?}"),
    }
}

async fn signs_in(store: &Store, address: Email) -> bool {
    store.sign_in(address, password("rea")).await.is_ok()
}

async fn a_link_and_nothing_else_changes_the_address(on: On) {
    let library = Library::open(on).await;
    let (store, f) = (&library.store, &library.fixture);
    let wrong = store.ask_for_email(f.rea, password("ada"), &new()).await;
    assert!(matches!(wrong, Err(Error::NotThePassword)), "{wrong:?}");
    assert!(matches!(ask(&library, &email("rea")).await, Err(Error::AddressTaken)), "it is hers");
    assert!(store.claim_mail().await.expect("an answer").is_empty(), "nothing was asked for");

    ask(&library, &new()).await.expect("noted");
    let mut to: Vec<_> = store.claim_mail().await.expect("mail").iter().map(|mail| mail.to.clone()).collect();
    to.sort_by_key(|to| to.as_str().to_owned());
    assert_eq!(to, [new(), email("rea")]);
    let notice = store.find_address_notice(&email("rea")).await.expect("an answer").expect("a notice");
    assert_eq!((notice.name.as_str(), notice.new), ("rea", new()));
    let link = link(store, &new()).await;
    assert!(signs_in(store, email("rea")).await && !signs_in(store, new()).await, "nothing is changed yet");

    let reset = store.begin_reset(f.rea).await.expect("a link to another password");
    let (_, other) = store.sign_in(email("rea"), password("rea")).await.expect("a session").open();
    assert_eq!(*store.confirm_email(&link, Some(&f.token)).await.expect("changed").value(), f.rea);
    assert!(signs_in(store, new()).await && !signs_in(store, email("rea")).await);
    assert!(store.known_viewer(&f.token).await.expect("an answer").is_some(), "the session at hand goes on");
    assert!(store.known_viewer(&other).await.expect("an answer").is_none(), "the others are over");
    assert_eq!(store.load(&MyEmail { viewer: f.rea }).await.expect("it").value, new());
    let umbrellas = Password::parse("three green umbrellas").expect("a password");
    let reset = store.reset_password(&reset, umbrellas).await;
    assert!(matches!(reset, Err(Error::LinkIsOver)), "the address before may hold it: {reset:?}");
    store.confirm_email(&link, Some(&f.token)).await.expect("a second click does the same");
}

async fn a_link_is_good_for_an_hour_and_for_one_address(on: On) {
    let library = Library::open(on).await;
    let store = &library.store;
    ask(&library, &new()).await.expect("noted");
    let first = link(store, &new()).await;
    let left = tables::column(&library.address, "select cast(expires_at as text) from email_changes").await;
    let lasts = left[0].parse::<i64>().expect("a time") - store.now().0;
    assert!((3_590_000..=3_600_000).contains(&lasts), "{lasts}");
    let kept = tables::column(&library.address, "select token_hash from email_changes").await;
    assert!(!kept[0].contains(first.as_str()), "only its hash is stored");
    // Who asks again at once gets no second mail: the first one's link stays good.
    ask(&library, &new()).await.expect("noted");
    assert_eq!(tables::column(&library.address, "select token_hash from email_changes").await, kept);
    // Another address ends it.
    let other = Email::parse("rea@third.example").expect("an address");
    ask(&library, &other).await.expect("noted");
    assert!(matches!(store.confirm_email(&first, None).await, Err(Error::LinkIsOver)));
    let second = link(store, &other).await;
    tables::run(&library.address, "update email_changes set expires_at = 1").await;
    assert!(matches!(store.confirm_email(&second, None).await, Err(Error::LinkIsOver)));
    assert!(signs_in(store, email("rea")).await);
    ask(&library, &new()).await.expect("noted");
    assert_eq!(tables::column(&library.address, "select email from email_changes").await, [new().as_str()]);
}

/// Whoever was told of a change that they did not ask for takes another password, and is safe.
async fn a_new_password_ends_a_link_to_another_address(on: On) {
    let library = Library::open(on).await;
    let (store, f) = (&library.store, &library.fixture);
    let umbrellas = || Password::parse("three green umbrellas").expect("a password");
    ask(&library, &new()).await.expect("noted");
    let of_thief = link(store, &new()).await;
    store.change_password(f.rea, password("rea"), umbrellas(), &f.token).await.expect("changed");
    assert!(matches!(store.confirm_email(&of_thief, None).await, Err(Error::LinkIsOver)));
    assert!(store.find_address_asked(&new()).await.expect("an answer").is_none(), "and no mail is on its way");
    // So does another address, by those who run the place.
    store.ask_for_email(f.rea, umbrellas(), &new()).await.expect("noted");
    let of_thief = link(store, &new()).await;
    store.set_email(f.rea, &Email::parse("rea@safe.example").expect("an address")).await.expect("set");
    assert!(matches!(store.confirm_email(&of_thief, None).await, Err(Error::LinkIsOver)));
    assert!(store.viewer(&f.token).await.expect("an answer").is_none(), "every session is over");
    assert!(matches!(store.set_email(f.rea, &email("ada")).await, Err(Error::AddressTaken)));
}

async fn what_is_left_behind_does_not_tell_whose_an_address_is(on: On) {
    let library = Library::open(on).await;
    let (store, f) = (&library.store, &library.fixture);
    let left = async |address: &Email| {
        store.ask_for_email(f.rea, password("rea"), address).await.expect("noted");
        let rows = "select kind || ' ' || cast(tries as text) from outbox order by kind";
        let waiting = tables::column(&library.address, rows).await;
        let asked = "select former || coalesce(token_hash, '') from email_changes";
        let asked = tables::column(&library.address, asked).await;
        tables::run(&library.address, "delete from outbox").await;
        (waiting, asked)
    };
    assert_eq!(left(&email("ada")).await, left(&new()).await);
    ask(&library, &email("ada")).await.expect("noted");
    let told = store.find_address_asked(&email("ada")).await.expect("an answer");
    assert!(matches!(told, Some(AddressAsked::Taken)), "{told:?}");
    let hashes = "select token_hash from email_changes where token_hash is not null";
    assert!(tables::column(&library.address, hashes).await.is_empty(), "and no link");
}

async fn of_two_accounts_with_one_address_in_mind_one_gets_it(on: On) {
    let library = Library::open(on).await;
    let (store, f) = (&library.store, &library.fixture);
    ask(&library, &new()).await.expect("noted");
    let reas = link(store, &new()).await;
    store.ask_for_email(f.ben, password("ben"), &new()).await.expect("noted");
    let bens = link(store, &new()).await;
    let (first, second) = tokio::join!(store.confirm_email(&reas, None), store.confirm_email(&bens, None));
    assert!(first.is_ok() != second.is_ok(), "{first:?} {second:?}");
    let refused = first.err().or(second.err()).expect("one is refused");
    assert!(matches!(refused, Error::AddressTaken), "{refused:?}");
}

async fn the_demo_accounts_keep_their_addresses(on: On) {
    let library = Library::open(on).await;
    tables::run(&library.address, &format!("update users set demo = 1 where id = '{}'", library.fixture.rea)).await;
    assert!(matches!(ask(&library, &new()).await, Err(Error::NotAllowed)));
    assert!(matches!(library.store.set_email(library.fixture.rea, &new()).await, Err(Error::NotFound)));
}
