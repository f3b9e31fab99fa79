//! Who may come in, and for how long.

use std::time::Duration;

use domain::{Genre, Manuscript, NewStory, Note, Password, Role, SignUp, UserId};
use store::{Error, SessionToken, Store};

use crate::library::{
    Library, On,
    fixture::{email, password, sign_up, title},
    on_both, tables,
};

on_both! {
    signing_in_takes_the_right_password
    an_address_belongs_to_one_account
    a_new_password_is_not_easily_guessed
    a_session_ends_when_it_is_told_to
    a_session_ends_by_itself
    a_known_session_is_judged_like_all_else
    nothing_secret_is_stored
    a_session_that_is_used_lasts_longer
    a_browser_has_one_session
    demo_accounts_have_a_flag
    roles
    a_link_to_a_password_is_good_for_an_hour
    a_password_that_was_replaced_replaces_none
}

async fn signing_in_takes_the_right_password(on: On) {
    let Library { store, fixture, .. } = &Library::open(on).await;
    let (_, token) = store.sign_in(email("ada"), password("ada")).await.expect("the right password").open();
    let viewer = store.viewer(&token).await.expect("an answer").expect("a session");
    assert_eq!((viewer.user, viewer.name.as_str(), viewer.role), (fixture.ada, "ada", Role::Writer));

    assert!(matches!(store.sign_in(email("ada"), password("ben")).await, Err(Error::WrongPassword)));
    assert!(matches!(store.sign_in(email("nobody"), password("ada")).await, Err(Error::WrongPassword)));
}

async fn an_address_belongs_to_one_account(on: On) {
    let library = Library::open(on).await;
    let before = tables::dump(&library.address).await;
    let taken = library.store.register(sign_up("ada", Role::Reader), None).await;
    assert!(matches!(taken, Err(Error::AddressTaken)));
    assert_eq!(tables::dump(&library.address).await, before);
}

async fn a_new_password_is_not_easily_guessed(on: On) {
    let Library { store, .. } = &Library::open(on).await;
    let eve =
        |password| SignUp { password: Password::parse(password).expect("a password"), ..sign_up("eve", Role::Reader) };
    for weak in ["quire-demo", "password1234", "eve@quire.example"] {
        assert!(matches!(store.register(eve(weak), None).await, Err(Error::WeakPassword)), "{weak}");
    }
    assert_eq!(store.find_user(&email("eve")).await.expect("an answer"), None);
    store.register(eve("three green umbrellas"), None).await.expect("a good one");
    // Those who run the place give what they like, and what there is goes on.
    store.add_account(SignUp { email: email("una"), ..eve("quire-demo") }).await.expect("an account");
    store.sign_in(email("una"), Password::parse("quire-demo").expect("a password")).await.expect("a session");
}

async fn a_link_to_a_password_is_good_for_an_hour(on: On) {
    let Library { store, fixture, address, .. } = &Library::open(on).await;
    let new = |text| Password::parse(text).expect("a password");
    let link = store.begin_reset(fixture.rea).await.expect("a link");
    let left = "select cast(expires_at as text) from password_resets";
    let lasts = tables::column(address, left).await[0].parse::<i64>().expect("a time") - store.now().0;
    assert!((3_590_000..=3_600_000).contains(&lasts), "{lasts}");
    tables::run(address, "update password_resets set expires_at = 1").await;
    assert!(matches!(store.reset_password(&link, new("three green umbrellas")).await, Err(Error::LinkIsOver)));
    store.sign_in(email("rea"), password("rea")).await.expect("nothing was changed");

    // Of many at once with one link, one password is taken, and all who asked for it are told so.
    let link = store.begin_reset(fixture.rea).await.expect("a link");
    let swept = tables::column(address, "select cast(count(*) as text) from password_resets").await;
    assert_eq!(swept, ["1"], "what ran out is swept away");
    let texts = ["three green umbrellas", "four yellow umbrellas"];
    let resets: Vec<_> = (0..6)
        .map(|number| {
            let (store, link, new) = (store.clone(), link.clone(), new(texts[number % 2]));
            tokio::spawn(async move { store.reset_password(&link, new).await.is_ok() })
        })
        .collect();
    let mut done = [0, 0];
    for (number, reset) in resets.into_iter().enumerate() {
        done[number % 2] += usize::from(reset.await.expect("an answer"));
    }
    assert!(done == [3, 0] || done == [0, 3], "{done:?}");
    let taken = texts[usize::from(done[0] == 0)];
    store.sign_in(email("rea"), new(taken)).await.expect("it is the password now");
}

/// A thief knows the old password and has a session. The owner takes a new one by a link at the same moment: whichever
/// comes first, the old password lets nobody in, and changes nothing, after the link was used.
async fn a_password_that_was_replaced_replaces_none(on: On) {
    let Library { store, fixture, .. } = &Library::open(on).await;
    let new = |text: &str| Password::parse(text).expect("a password");
    let link = store.begin_reset(fixture.rea).await.expect("a link");
    let thief = (0..8).map(|number| {
        let (store, user, kept) = (store.clone(), fixture.rea, fixture.token.clone());
        let of_thief = new(&format!("{number} stolen umbrellas"));
        tokio::spawn(async move { store.change_password(user, password("rea"), of_thief, &kept).await.is_ok() })
    });
    let thief: Vec<_> = thief.collect();
    let owner = store.reset_password(&link, new("three green umbrellas")).await;
    let mut stolen = 0;
    for attempt in thief {
        stolen += usize::from(attempt.await.expect("an answer"));
    }
    match owner {
        Ok(_) => {
            assert_eq!(stolen, 0, "none after it, and any before it had ended the link");
            store.sign_in(email("rea"), new("three green umbrellas")).await.expect("it is the owner's");
        }
        Err(error) => assert!(matches!(error, Error::LinkIsOver) && stolen == 1, "{error:?} {stolen}"),
    }
}

async fn a_session_ends_when_it_is_told_to(on: On) {
    let Library { store, fixture, .. } = &Library::open(on).await;
    let (_, another) = store.sign_in(email("rea"), password("rea")).await.expect("a session").open();
    store.sign_out(fixture.token.clone()).await.expect("signed out");
    assert_eq!(store.viewer(&fixture.token).await.expect("an answer"), None);
    assert!(matches!(store.sign_out(fixture.token.clone()).await, Err(Error::NotFound)));

    assert!(store.viewer(&another).await.expect("an answer").is_some(), "on another device she is still here");
    store.sign_out_everywhere(fixture.rea).await.expect("signed out");
    assert_eq!(store.viewer(&another).await.expect("an answer"), None);
}

async fn a_session_ends_by_itself(on: On) {
    let library = Library::open(on).await;
    let days = "select cast((expires_at - created_at) / 86400000 as text) from sessions";
    assert_eq!(tables::column(&library.address, days).await, ["14"]);
    tables::run(&library.address, "update sessions set expires_at = 1").await;
    assert_eq!(library.store.viewer(&library.fixture.token).await.expect("an answer"), None);
    library.store.sign_in(email("rea"), password("rea")).await.expect("a session");
    let sessions = "select cast(count(*) as text) from sessions";
    assert_eq!(tables::column(&library.address, sessions).await, ["1"], "the one that ran out is swept away");
}

/// A node that knows a session from memory hears of its end, and of what its holder may do, as of any other change.
async fn a_known_session_is_judged_like_all_else(on: On) {
    let Library { store, fixture, address, .. } = &Library::open(on).await;
    let (user, token) = (fixture.rea, &fixture.token);
    let other = Store::open(address).await.expect("another node");
    let role = async |node: &Store| {
        let viewer = node.known_viewer(token).await.expect("an answer");
        viewer.map(|viewer| viewer.role)
    };
    for node in [store, &other] {
        assert_eq!(role(node).await, Some(Role::Reader));
    }
    // Only what the log says changes what a node knows.
    tables::run(address, "update users set role = 'manager'").await;
    assert_eq!(role(store).await, Some(Role::Reader), "it is known");
    let changed = store.set_role(user, Role::Writer).await.expect("a role").record().seq;
    assert_eq!(role(store).await, Some(Role::Writer));
    other.confirm(changed).await.expect("the log");
    assert_eq!(role(&other).await, Some(Role::Writer), "who has seen it is shown it by another node");
    let changed = store.sign_out(token.clone()).await.expect("an end").record().seq;
    assert_eq!(role(store).await, None);
    other.confirm(changed).await.expect("the log");
    assert_eq!(role(&other).await, None);

    let (_, brief) = store.sign_in(email("rea"), password("rea")).await.expect("a session").open();
    let until = store.now().0 + 1_000;
    tables::run(address, &format!("update sessions set expires_at = {until}, created_at = {until} - 2592000000")).await;
    assert!(store.known_viewer(&brief).await.expect("an answer").is_some());
    tokio::time::sleep(Duration::from_millis(1_200)).await;
    assert_eq!(store.known_viewer(&brief).await.expect("an answer"), None, "it ran out while it was known");
}

async fn demo_accounts_have_a_flag(on: On) {
    let Library { store, address, .. } = &Library::open(on).await;
    let flagged = async || {
        store.flag_demo_accounts().await.expect("flagged");
        store.has_demo_accounts().await.expect("an answer")
    };
    assert!(!flagged().await, "ada@quire.example is an address like others, with a password of its own");
    // As it was seeded before there was a flag.
    let mira =
        SignUp { password: Password::parse("quire-demo").expect("a password"), ..sign_up("mira", Role::Manager) };
    store.add_account(mira).await.expect("an account");
    assert!(!store.has_demo_accounts().await.expect("an answer"));
    assert!(flagged().await);
    let demo = "select email from users where demo = 1";
    assert_eq!(tables::column(address, demo).await, ["mira@quire.example"]);
}

async fn a_session_that_is_used_lasts_longer(on: On) {
    let Library { store, fixture, address, .. } = &Library::open(on).await;
    // Hours since it began, hours that it has left when it is used, and days that it lasts then.
    for (since, left, lasts) in [(12, 324, "14"), (25, 311, "15"), (240, 1, "24"), (672, 1, "30"), (696, 1, "29")] {
        let now = store.now().0;
        let (then, until) = (now - since * 3_600_000, now + left * 3_600_000);
        tables::run(address, &format!("update sessions set created_at = {then}, expires_at = {until}")).await;
        assert!(store.viewer(&fixture.token).await.expect("an answer").is_some(), "{since} {left}");
        let days = "select cast((expires_at - created_at) / 86400000 as text) from sessions";
        assert_eq!(tables::column(address, days).await, [lasts], "{since} {left}");
    }
}

async fn a_browser_has_one_session(on: On) {
    let Library { store, fixture, .. } = &Library::open(on).await;
    let rea = &fixture.token;
    let sign_in = async |who, held: &SessionToken| {
        store.sign_in_anew(email(who), password(who), Some(held.clone())).await.map(|changed| changed.open().1)
    };
    assert!(sign_in("nobody", rea).await.is_err());
    assert!(store.viewer(rea).await.expect("an answer").is_some(), "who could not sign in still has it");
    let again = sign_in("rea", rea).await.expect("a session");
    assert_ne!(again.as_str(), rea.as_str());
    assert_eq!(store.viewer(rea).await.expect("an answer"), None);
    let ada = sign_in("ada", &again).await.expect("a session");
    assert_eq!(store.viewer(&again).await.expect("an answer"), None, "another person's too");
    sign_in("ada", &again).await.expect("one that is gone is no matter");
    assert!(store.viewer(&ada).await.expect("an answer").is_some(), "another browser's goes on");
}

async fn nothing_secret_is_stored(on: On) {
    let library = Library::open(on).await;
    let everything = tables::dump(&library.address).await.join("\n");
    assert!(!everything.contains(password("rea").reveal()), "a password in clear");
    assert!(!everything.contains(library.fixture.token.as_str()), "a token in clear");
    assert!(everything.contains("$argon2id$"));
    let salts = "select count(distinct password) || '' from users";
    assert_eq!(tables::column(&library.address, salts).await, ["5"]);
    assert_eq!(format!("{:?}", library.fixture.token), "SessionToken(…)");
}

async fn roles(on: On) {
    let Library { store, fixture, .. } = &Library::open(on).await;
    assert!(matches!(store.register(sign_up("boss", Role::Manager), None).await, Err(Error::NotAllowed)));
    store.add_account(sign_up("boss", Role::Manager)).await.expect("those who run the place may");

    let genre = Genre::Humour;
    let new = NewStory { title: title("Mine"), blurb: Note::default(), format: domain::Format::Novel, genre };
    assert!(matches!(store.create_story(fixture.rea, new.clone()).await, Err(Error::NotAllowed)));
    store.become_writer(fixture.rea).await.expect("a writer now");
    let story = store.create_story(fixture.rea, new).await.expect("a story").value().story;
    let tree = store.load(&Manuscript { viewer: fixture.rea, story }).await.expect("her story");
    let scenes: usize = tree.value.parts.iter().flat_map(|part| &part.chapters).map(|one| one.scenes.len()).sum();
    assert_eq!((tree.value.parts.len(), scenes), (1, 1), "she can write at once");

    store.become_writer(fixture.rea).await.expect("still");
    let role = async || store.viewer(&fixture.token).await.expect("an answer").expect("a session").role;
    assert_eq!(role().await, Role::Writer);
    for given in [Role::Manager, Role::Reader] {
        store.set_role(fixture.rea, given).await.expect("those who run the place may");
        assert_eq!(role().await, given);
    }
    assert!(matches!(store.set_role(UserId::from_bits(1), Role::Manager).await, Err(Error::NotFound)));
}

#[test]
fn tokens() {
    let text = "0123456789abcdef".repeat(4);
    assert_eq!(SessionToken::parse(&text).as_ref().map(SessionToken::as_str), Some(text.as_str()));
    for text in ["", "0123", &"g".repeat(64), &"A".repeat(64), &"é".repeat(32)] {
        assert_eq!(SessionToken::parse(text), None, "{text:?}");
    }
}
