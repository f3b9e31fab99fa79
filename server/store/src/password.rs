//! Passwords: a new one is long enough, and not among those that are guessed first; and how one takes the place of
//! another.

mod reset;

use domain::{Change, Changed, Email, Name, Password, UserId};
use zxcvbn::{Score, zxcvbn};

use crate::{
    Error, Result, SessionToken, Store, Tx, email_change,
    hashing::{self, off_the_path},
    row::Columns,
    second_factor, session,
};

/// Whose password it is.
pub(crate) struct Owner {
    user: UserId,
    name: Name,
    pub(crate) email: Email,
    pub(crate) hash: String,
}

impl Store {
    /// Another password, for a person who knows the one before. Every session but `kept` ends. The same request, sent
    /// again, finds the new password there, and does the same again.
    pub async fn change_password(
        &self,
        user: UserId,
        current: Password,
        new: Password,
        kept: &SessionToken,
    ) -> Result<Changed<()>> {
        if let Some(changed) = self.try_change(user, current.clone(), new.clone(), kept).await? {
            return Ok(changed);
        }
        // Another request has just changed it: the same, or one that shuts this person out.
        self.try_change(user, current, new, kept).await?.ok_or(Error::NotThePassword)
    }

    /// Nothing if the password was changed in between.
    async fn try_change(
        &self,
        user: UserId,
        current: Password,
        new: Password,
        kept: &SessionToken,
    ) -> Result<Option<Changed<()>>> {
        let owner = self.owner(user).await?;
        let hash = if owner.has(&current).await? {
            owner.hash_of(new).await?
        } else if owner.has(&new).await? {
            owner.hash.clone()
        } else {
            return Err(Error::NotThePassword);
        };
        owner.take(self.begin_each_time().await?, hash, Some(kept)).await
    }

    /// Whose password may be changed. The demo accounts' may not: everybody knows them, and one visitor would shut the
    /// others out.
    pub(crate) async fn owner(&self, user: UserId) -> Result<Owner> {
        let row = sqlx::query("select name, email, password, demo from users where id = $1 and left_at is null")
            .bind(user.to_string())
            .fetch_one(&mut *self.database.begin_reading().await?)
            .await?;
        if row.number("demo")? == 1 {
            return Err(Error::NotAllowed);
        }
        let email = Email::parse(&row.text("email")?).map_err(Error::corrupt)?;
        Ok(Owner { user, name: row.read("name")?, email, hash: row.text("password")? })
    }
}

impl Owner {
    /// Whether this is their password.
    pub(crate) async fn has(&self, password: &Password) -> Result<bool> {
        hashing::is_password(password.clone(), Some(self.hash.clone())).await
    }

    /// What is stored of a new password of theirs, if it is a good one.
    async fn hash_of(&self, new: Password) -> Result<String> {
        judge(&self.name, &self.email, new.clone()).await?;
        hashing::hash(new).await
    }

    /// The new password takes the place of the one that was looked at; nothing happens if that is another by now. Every
    /// session but `kept` ends, and every link to another password or address: a stranger who had got in is out.
    async fn take(self, mut tx: Tx, hash: String, kept: Option<&SessionToken>) -> Result<Option<Changed<()>>> {
        let taken = sqlx::query("update users set password = $1 where id = $2 and password = $3")
            .bind(hash)
            .bind(self.user.to_string())
            .bind(self.hash)
            .execute(&mut *tx)
            .await?;
        if taken.rows_affected() == 0 {
            return Ok(None);
        }
        sqlx::query("delete from password_resets where user_id = $1 and used_at is null")
            .bind(self.user.to_string())
            .execute(&mut *tx)
            .await?;
        email_change::forget(&mut tx, self.user).await?;
        second_factor::end_pending(&mut tx, self.user).await?;
        let ended = session::end_all(&mut tx, self.user, kept).await?;
        tx.commit(Change::PasswordChanged(self.user, ended), ()).await.map(Some)
    }
}

/// Refuses a password that is too short for a new one, or easily guessed: a common one, a row of keys, a date,
/// or its owner's name. One that is there already is not judged.
pub(crate) async fn judge(name: &Name, email: &Email, password: Password) -> Result<()> {
    let (name, email) = (name.clone(), email.clone());
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
    use super::*;

    async fn check(password: &str, is_good: bool) {
        let name = Name::parse("Margaret Hale").expect("a name");
        let email = Email::parse("margaret.hale@quire.example").expect("an address");
        let judged = judge(&name, &email, Password::parse(password).expect("a password")).await;
        assert_eq!(judged.is_ok(), is_good, "{password}");
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
