//! The second factor: what asks for it, and that a code is taken once.

use domain::{MySecondFactor, Password, SecondFactor, SignInCode, UserId};
use store::{Error, MailKind, SignInToken, Store};

use crate::library::{
    Library, On,
    app::{App, asked, codes, is_over, is_wrong, mails, try_code, turn_on},
    fixture::{email, password},
    on_both, tables,
};

on_both! {
    a_right_code_turns_it_on_and_ends_the_other_sessions
    a_session_begins_with_both_alone
    a_code_is_taken_once
    of_two_at_once_one_wins
    a_request_that_is_sent_twice_is_answered_twice
    a_recovery_code_is_taken_once_and_its_owner_is_told
    another_password_ends_sign_ins_that_wait
    a_new_password_is_no_way_around_it
    new_codes_take_the_place_of_the_old
    it_is_turned_off_by_password_and_code
    those_who_run_the_place_turn_it_off
    the_demo_accounts_have_none
    nothing_that_lets_in_is_stored_but_the_secret
}

async fn factor(store: &Store, viewer: UserId) -> Option<SecondFactor> {
    store.load(&MySecondFactor { viewer }).await.expect("an answer").value.clone()
}

async fn left(store: &Store, viewer: UserId) -> u32 {
    factor(store, viewer).await.expect("it is on").codes_left
}

/// As if no code had been taken.
async fn forget_steps(library: &Library) {
    tables::run(&library.address, "update second_factors set last_step = 0").await;
}

async fn a_right_code_turns_it_on_and_ends_the_other_sessions(on: On) {
    let library = Library::open(on).await;
    let (store, f) = (&library.store, &library.fixture);
    let (_, other) = store.sign_in(email("rea"), password("rea")).await.expect("a session").open();
    let app = App::set_up(store, f.rea).await;
    let turn = async |password: Password, code: SignInCode| {
        store.turn_on_second_factor(f.rea, password, &code, &f.token).await.map(|on| on.value().clone())
    };
    is_wrong(turn(password("rea"), app.wrong_code(store)).await);
    is_wrong(turn(password("rea"), SignInCode::parse("0000-0000-0000-0000").expect("a code")).await);
    let wrong = turn(password("ada"), app.code(store)).await;
    assert!(matches!(wrong, Err(Error::NotThePassword)), "{wrong:?}");
    assert_eq!(factor(store, f.rea).await, None, "it is not on");
    assert!(store.viewer(&other).await.expect("an answer").is_some());
    store.sign_in(email("rea"), password("rea")).await.expect("nothing is asked for");

    let code = app.code(store);
    let sheet = turn(password("rea"), code.clone()).await.expect("on");
    assert_eq!(codes(store, f.rea, &sheet).await.len(), 10);
    assert_eq!(left(store, f.rea).await, 10);
    assert!(store.viewer(&other).await.expect("an answer").is_none(), "the others ended");
    assert!(store.viewer(&f.token).await.expect("an answer").is_some(), "this one did not");
    assert!(store.find_second_factor_setup(f.rea).await.expect("an answer").is_none(), "the secret is shown no more");
    store.begin_second_factor(f.rea).await.expect("nothing");
    assert!(store.find_second_factor_setup(f.rea).await.expect("an answer").is_none());
    assert_eq!(mails(&library).await, ["second-factor-on"]);

    // A second click.
    let again = turn(password("rea"), code).await.expect("still on");
    assert_eq!(codes(store, f.rea, &again).await.len(), 10);
    assert_eq!(store.find_recovery_codes(f.rea, &sheet).await.expect("an answer"), None);
    assert_eq!(store.find_recovery_codes(f.ada, &again).await.expect("an answer"), None, "they are hers");
    is_wrong(turn(password("rea"), app.next_code(store)).await);
}

async fn a_session_begins_with_both_alone(on: On) {
    let library = Library::open(on).await;
    let (store, f) = (&library.store, &library.fixture);
    let (app, _) = turn_on(store, f.rea, "rea", &f.token).await;
    let sessions = async || tables::column(&library.address, "select token_hash from sessions").await.len();
    let before = sessions().await;
    assert!(matches!(store.sign_in(email("rea"), password("ada")).await, Err(Error::WrongPassword)));
    assert!(matches!(store.sign_in(email("nobody"), password("rea")).await, Err(Error::WrongPassword)));
    let token = asked(store, "rea").await;
    assert_eq!(sessions().await, before, "the password alone begins none");
    let as_session = store::SessionToken::parse(token.as_str()).expect("the same form");
    assert!(store.viewer(&as_session).await.expect("an answer").is_none(), "what waits is no session");
    is_over(try_code(store, &SignInToken::parse(&"0".repeat(64)).expect("a token"), &app.next_code(store)).await);
    is_wrong(try_code(store, &token, &app.wrong_code(store)).await);
    let held = Some(f.token.clone());
    let begun = store.finish_sign_in(&token, &app.next_code(store), held).await.expect("a session");
    let (session, address) = begun.value();
    assert_eq!(address, &email("rea"));
    let viewer = store.viewer(session).await.expect("an answer").expect("a session");
    assert_eq!(viewer.user, f.rea);
    assert!(store.viewer(&f.token).await.expect("an answer").is_none(), "a browser has one");
    // Others sign in as before.
    store.sign_in(email("ada"), password("ada")).await.expect("a session");
}

async fn a_code_is_taken_once(on: On) {
    let library = Library::open(on).await;
    let (store, f) = (&library.store, &library.fixture);
    let app = App::set_up(store, f.rea).await;
    let code = app.code(store);
    store.turn_on_second_factor(f.rea, password("rea"), &code, &f.token).await.expect("on");
    let first = asked(store, "rea").await;
    is_wrong(try_code(store, &first, &code).await);
    let next = app.next_code(store);
    try_code(store, &first, &next).await.expect("a session");
    let second = asked(store, "rea").await;
    is_wrong(try_code(store, &second, &next).await);
    is_wrong(try_code(store, &second, &code).await);
    is_wrong(store.make_recovery_codes(f.rea, password("rea"), &next).await);
    is_wrong(store.turn_off_second_factor(f.rea, password("rea"), &next).await);
    assert_eq!(left(store, f.rea).await, 10, "it is still on");
}

async fn of_two_at_once_one_wins(on: On) {
    let library = Library::open(on).await;
    let (store, f) = (&library.store, &library.fixture);
    let other = library.another_node().await;
    let (app, recovery) = turn_on(store, f.rea, "rea", &f.token).await;
    let recovery = SignInCode::Recovery(recovery[0].clone());
    for code in [app.next_code(store), recovery] {
        let (one, two) = (asked(store, "rea").await, asked(store, "rea").await);
        let both = tokio::join!(try_code(store, &one, &code), try_code(&other, &two, &code));
        match both {
            (Ok(()), Err(Error::WrongCode)) | (Err(Error::WrongCode), Ok(())) => {}
            both => panic!("{code:?}: {both:?}"),
        }
    }
}

async fn a_request_that_is_sent_twice_is_answered_twice(on: On) {
    let library = Library::open(on).await;
    let (store, f) = (&library.store, &library.fixture);
    let (app, recovery) = turn_on(store, f.rea, "rea", &f.token).await;
    let recovery: Vec<SignInCode> = recovery.into_iter().map(SignInCode::Recovery).collect();
    let (token, code) = (asked(store, "rea").await, app.next_code(store));
    let both = tokio::join!(try_code(store, &token, &code), try_code(store, &token, &code));
    assert!(matches!(both, (Ok(()), Ok(()))), "{both:?}");
    is_wrong(try_code(store, &token, &recovery[0]).await);
    let token = asked(store, "rea").await;
    for _ in 0..2 {
        try_code(store, &token, &recovery[1]).await.expect("a session");
    }
    forget_steps(&library).await;
    is_wrong(try_code(store, &token, &app.code(store)).await);
    assert_eq!(left(store, f.rea).await, 9, "no other code was taken");
}

async fn a_recovery_code_is_taken_once_and_its_owner_is_told(on: On) {
    let library = Library::open(on).await;
    let (store, f) = (&library.store, &library.fixture);
    let (_, recovery) = turn_on(store, f.rea, "rea", &f.token).await;
    let token = asked(store, "rea").await;
    try_code(store, &token, &SignInCode::Recovery(recovery[3].clone())).await.expect("a session");
    assert_eq!(left(store, f.rea).await, 9);
    assert_eq!(mails(&library).await, ["recovery-code-used", "second-factor-on"]);
    let told = store.claim_mail().await.expect("mail");
    let used = told.iter().find(|mail| mail.kind == MailKind::RecoveryCodeUsed).expect("that it was used");
    let notice = store.find_account_notice(used).await.expect("an answer").expect("a notice");
    assert_eq!((used.to.as_str(), notice.name.as_str()), ("rea@quire.example", "rea"));
    let token = asked(store, "rea").await;
    is_wrong(try_code(store, &token, &SignInCode::Recovery(recovery[3].clone())).await);
    // Another person's is none.
    let (_, session) = store.sign_in(email("ada"), password("ada")).await.expect("a session").open();
    let (_, adas) = turn_on(store, f.ada, "ada", &session).await;
    is_wrong(try_code(store, &token, &SignInCode::Recovery(adas[0].clone())).await);
    // What waited for a mail server for more than a day is not told any more.
    tables::run(&library.address, "update outbox set made_at = 1, due_at = 1, sent_at = null").await;
    for mail in store.claim_mail().await.expect("mail") {
        assert!(store.find_account_notice(&mail).await.expect("an answer").is_none());
    }
}

async fn another_password_ends_sign_ins_that_wait(on: On) {
    let library = Library::open(on).await;
    let (store, f) = (&library.store, &library.fixture);
    let (app, _) = turn_on(store, f.rea, "rea", &f.token).await;
    let token = asked(store, "rea").await;
    let new = Password::parse("three green umbrellas").expect("a password");
    store.change_password(f.rea, password("rea"), new, &f.token).await.expect("changed");
    is_over(try_code(store, &token, &app.next_code(store)).await);
}

async fn a_new_password_is_no_way_around_it(on: On) {
    let library = Library::open(on).await;
    let (store, f) = (&library.store, &library.fixture);
    let (app, _) = turn_on(store, f.rea, "rea", &f.token).await;
    let link = store.begin_reset(f.rea).await.expect("a link");
    let new = || Password::parse("three green umbrellas").expect("a password");
    store.reset_password(&link, new()).await.expect("another password");
    let Err(Error::SecondStep(token)) = store.sign_in(email("rea"), new()).await else {
        panic!("no code is asked for")
    };
    try_code(store, &token, &app.next_code(store)).await.expect("a session");
}

async fn new_codes_take_the_place_of_the_old(on: On) {
    let library = Library::open(on).await;
    let (store, f) = (&library.store, &library.fixture);
    let (app, old) = turn_on(store, f.rea, "rea", &f.token).await;
    let old: Vec<SignInCode> = old.into_iter().map(SignInCode::Recovery).collect();
    let make = async |password: Password, code: &SignInCode| {
        store.make_recovery_codes(f.rea, password, code).await.map(|made| made.value().clone())
    };
    let wrong = make(password("ada"), &old[0]).await;
    assert!(matches!(wrong, Err(Error::NotThePassword)), "{wrong:?}");
    is_wrong(make(password("rea"), &app.wrong_code(store)).await);
    assert_eq!(left(store, f.rea).await, 10);
    let code = app.next_code(store);
    let first = make(password("rea"), &code).await.expect("new ones");
    let sheet = make(password("rea"), &code).await.expect("a second click");
    assert_eq!(store.find_recovery_codes(f.rea, &first).await.expect("an answer"), None);
    assert_eq!(mails(&library).await, ["recovery-codes-made", "second-factor-on"], "their owner is told once");
    let new = codes(store, f.rea, &sheet).await;
    let token = asked(store, "rea").await;
    is_wrong(try_code(store, &token, &old[0]).await);
    try_code(store, &token, &SignInCode::Recovery(new[0].clone())).await.expect("a session");
    // With a recovery code, too.
    make(password("rea"), &SignInCode::Recovery(new[1].clone())).await.expect("new ones");
    assert_eq!(left(store, f.rea).await, 10);
    let none = store.make_recovery_codes(f.ada, password("ada"), &app.code(store)).await;
    assert!(matches!(none, Err(Error::NoSecondFactor)), "{none:?}");
}

async fn it_is_turned_off_by_password_and_code(on: On) {
    let library = Library::open(on).await;
    let (store, f) = (&library.store, &library.fixture);
    let (app, recovery) = turn_on(store, f.rea, "rea", &f.token).await;
    let off = async |password: Password, code: &SignInCode| store.turn_off_second_factor(f.rea, password, code).await;
    let wrong = off(password("ada"), &app.next_code(store)).await;
    assert!(matches!(wrong, Err(Error::NotThePassword)), "{wrong:?}");
    is_wrong(off(password("rea"), &app.wrong_code(store)).await);
    let token = asked(store, "rea").await;
    let code = app.next_code(store);
    let both = tokio::join!(off(password("rea"), &code), off(password("rea"), &code));
    assert!(matches!(both, (Ok(_), Ok(_))), "{both:?}");
    off(password("rea"), &code).await.expect("it stays off");
    assert_eq!(factor(store, f.rea).await, None);
    is_over(try_code(store, &token, &SignInCode::Recovery(recovery[0].clone())).await);
    store.sign_in(email("rea"), password("rea")).await.expect("the password is enough");
    assert_eq!(mails(&library).await, ["second-factor-off", "second-factor-on"]);
    for table in ["second_factors", "recovery_codes", "pending_sign_ins"] {
        let rows = tables::column(&library.address, &format!("select user_id from {table}")).await;
        assert!(rows.is_empty(), "{table}: {rows:?}");
    }
    let (_, recovery) = turn_on(store, f.rea, "rea", &f.token).await;
    off(password("rea"), &SignInCode::Recovery(recovery[0].clone())).await.expect("off");
    off(password("rea"), &SignInCode::Recovery(recovery[0].clone())).await.expect("a second click");
}

async fn those_who_run_the_place_turn_it_off(on: On) {
    let library = Library::open(on).await;
    let (store, f) = (&library.store, &library.fixture);
    turn_on(store, f.rea, "rea", &f.token).await;
    assert!(*store.end_second_factor(f.rea).await.expect("an answer").value());
    store.sign_in(email("rea"), password("rea")).await.expect("the password is enough");
    assert_eq!(mails(&library).await, ["second-factor-off", "second-factor-on"]);
    assert!(!*store.end_second_factor(f.ada).await.expect("an answer").value(), "hers was off");
}

async fn the_demo_accounts_have_none(on: On) {
    let (store, _place) = Library::empty(on).await;
    store.seed_demo().await.expect("the demo library");
    let ada = store.find_user(&email("ada")).await.expect("an answer").expect("an account");
    let refused = store.begin_second_factor(ada).await;
    assert!(matches!(refused, Err(Error::NotAllowed)), "everybody knows its password: {refused:?}");
}

async fn nothing_that_lets_in_is_stored_but_the_secret(on: On) {
    let library = Library::open(on).await;
    let (store, f) = (&library.store, &library.fixture);
    let app = App::set_up(store, f.rea).await;
    let on = store.turn_on_second_factor(f.rea, password("rea"), &app.code(store), &f.token).await.expect("on");
    let token = asked(store, "rea").await;
    let everything = tables::dump(&library.address).await.join("\n");
    for code in codes(store, f.rea, on.value()).await {
        assert!(!everything.contains(code.as_str()) && !everything.contains(&code.to_string()), "a recovery code");
    }
    assert!(!everything.contains(on.value().as_str()), "what they are made of");
    assert!(!everything.contains(token.as_str()), "a token in clear");
}
