//! New passwords: long enough, and not among those that are guessed first.

use domain::{Password, SignUp};
use zxcvbn::{Score, zxcvbn};

use crate::{Error, Result, hashing::off_the_path};

/// Refuses a password that is too short for a new one, or easily guessed: a common one, a row of keys, a date,
/// or somebody's own name. Of one that is there already nobody asks.
pub(crate) async fn judge(sign_up: &SignUp) -> Result<()> {
    let SignUp { name, email, password, .. } = sign_up.clone();
    let is_strong = off_the_path(move || {
        let is_long = password.reveal().chars().count() >= Password::LEAST_OF_NEW;
        let of_their_own: Vec<&str> =
            [name.as_str(), email.as_str(), "quire"].into_iter().chain(email.as_str().split('@')).collect();
        Ok(is_long && zxcvbn(password.reveal(), &of_their_own).score() >= Score::Three)
    });
    if is_strong.await? { Ok(()) } else { Err(Error::WeakPassword) }
}

#[cfg(test)]
mod tests {
    use domain::{Email, Name, Role};

    use super::*;

    async fn check(password: &str, is_good: bool) {
        let sign_up = SignUp {
            name: Name::parse("Margaret Hale").expect("a name"),
            email: Email::parse("margaret.hale@quire.example").expect("an address"),
            password: Password::parse(password).expect("a password"),
            role: Role::Reader,
        };
        assert_eq!(judge(&sign_up).await.is_ok(), is_good, "{password}");
    }

    #[tokio::test]
    async fn which_new_passwords_are_good() {
        for good in ["three green umbrellas", "kV8#pq2!Lm0z", "четыре синих зонта"] {
            check(good, true).await;
        }
        for short in ["quire-demo", "kV8#pq2!Lm0"] {
            check(short, false).await;
        }
        for common in
            ["password1234", "123456789012", "qwertyuiop123", "aaaaaaaaaaaa", "passwordpassword", "iloveyou1234"]
        {
            check(common, false).await;
        }
        for own in ["margaret.hale@quire.example", "margaret hale", "MargaretHale1", "quire-quire-quire"] {
            check(own, false).await;
        }
    }
}
