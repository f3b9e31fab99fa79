//! People with accounts and sessions, made through the store: no form, no waiting.

use domain::{Email, Name, Password, Role, SignUp, UserId};
use store::{SessionToken, Store};

/// A person with an account, signed in.
#[derive(Clone)]
pub struct Person {
    pub user: UserId,
    pub token: SessionToken,
}

impl Person {
    /// Opens an account and signs in. They are called by their name, and so is their password, nearly.
    pub async fn join(store: &Store, who: &str, role: Role) -> Self {
        let sign_up =
            SignUp { name: Name::parse(who).expect("a name"), email: email(who), password: password(who), role };
        let user = *store.add_account(sign_up).await.expect("an account").value();
        let (_, token) = store.sign_in(email(who), password(who)).await.expect("a session").open();
        Self { user, token }
    }
}

/// Where a person signs in.
pub fn email(who: &str) -> Email {
    Email::parse(&format!("{who}@quire.example")).expect("an address")
}

/// With what.
pub fn password(who: &str) -> Password {
    Password::parse(&format!("{who}'s password")).expect("a password")
}
