//! An app that makes codes, as a person with a second factor has one.

use domain::{Millis, RecoveryCode, SignInCode, UserId};
use store::{Error, LinkToken, SessionToken, SignInToken, Store};
use totp_rs::{Builder, Secret, Totp};

use super::{
    Library,
    fixture::{email, password},
    tables,
};

/// It has one account's secret.
pub struct App(Totp);

impl App {
    /// Takes a new secret.
    pub async fn set_up(store: &Store, user: UserId) -> Self {
        store.begin_second_factor(user).await.expect("begun");
        let setup = store.find_second_factor_setup(user).await.expect("an answer").expect("a secret");
        let secret = Secret::try_from_base32(setup.secret.replace(' ', "")).expect("a secret");
        Self(Builder::new().with_secret(secret).build().expect("an app"))
    }

    /// Its code at a moment.
    pub fn at(&self, now: Millis) -> SignInCode {
        let seconds = u64::try_from(now.0 / 1_000).expect("a time after 1970");
        SignInCode::parse(&self.0.generate(seconds).to_string()).expect("a code")
    }

    /// Its code now.
    pub fn code(&self, store: &Store) -> SignInCode {
        self.at(store.now())
    }

    /// The one after that, which is good already.
    pub fn next_code(&self, store: &Store) -> SignInCode {
        self.at(Millis(store.now().0 + 30_000))
    }

    /// One that it does not show for some minutes.
    pub fn wrong_code(&self, store: &Store) -> SignInCode {
        let right: Vec<SignInCode> = (-5..10).map(|step| self.at(Millis(store.now().0 + step * 30_000))).collect();
        let codes = (0..100).map(|number| SignInCode::parse(&format!("{number:06}")).expect("a code"));
        codes.into_iter().find(|code| !right.contains(code)).expect("one of a hundred")
    }
}

/// Turns a person's second factor on: their app, and their recovery codes.
pub async fn turn_on(store: &Store, user: UserId, who: &str, kept: &SessionToken) -> (App, Vec<RecoveryCode>) {
    let app = App::set_up(store, user).await;
    let on = store.turn_on_second_factor(user, password(who), &app.code(store), kept).await.expect("on");
    (app, codes(store, user, on.value()).await)
}

/// The recovery codes that were made a moment ago.
pub async fn codes(store: &Store, user: UserId, sheet: &LinkToken) -> Vec<RecoveryCode> {
    store.find_recovery_codes(user, sheet).await.expect("an answer").expect("codes")
}

/// Gives the right password, and is asked for a code.
pub async fn asked(store: &Store, who: &str) -> SignInToken {
    match store.sign_in(email(who), password(who)).await {
        Err(Error::SecondStep(token)) => token,
        other => panic!("no code is asked for: {other:?}"),
    }
}

/// Gives a code.
pub async fn try_code(store: &Store, token: &SignInToken, code: &SignInCode) -> Result<(), Error> {
    store.finish_sign_in(token, code, None).await.map(drop)
}

/// Which mails wait, in order of their kinds.
pub async fn mails(library: &Library) -> Vec<String> {
    tables::column(&library.address, "select kind from outbox order by kind").await
}

/// It was no right code.
#[track_caller]
pub fn is_wrong<T: std::fmt::Debug>(result: Result<T, Error>) {
    assert!(matches!(result, Err(Error::WrongCode)), "{result:?}");
}

/// The sign-in is over.
#[track_caller]
pub fn is_over<T: std::fmt::Debug>(result: Result<T, Error>) {
    assert!(matches!(result, Err(Error::SignInIsOver)), "{result:?}");
}
