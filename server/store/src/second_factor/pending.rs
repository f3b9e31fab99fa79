//! A sign-in whose password was right, and whose code is still asked for. What its browser holds is no session: it opens
//! nothing but the second step, for ten minutes and a few codes.

use std::fmt;

use domain::{Changed, Email, SignInCode, UserId};

use super::proof::Purpose;
use crate::{Error, Result, SessionToken, Store, Writing, clock, row::Columns, token};

/// How long the code may take, in milliseconds.
const LASTS: i64 = 10 * 60 * 1_000;
/// How many codes may be tried.
const TRIES: i64 = 5;

/// What the browser holds: 32 random bytes, as 64 digits. Only its hash is stored.
#[derive(Clone, PartialEq, Eq)]
pub struct SignInToken(String);

impl SignInToken {
    /// The token in a cookie, if it has the form of one.
    pub fn parse(text: &str) -> Option<Self> {
        token::is_one(text).then(|| Self(text.to_owned()))
    }

    /// The text for the cookie.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for SignInToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SignInToken(…)")
    }
}

impl Store {
    /// Notes that the password was right. No answer says so, so none becomes old.
    pub(crate) async fn begin_pending(&self, user: UserId) -> Result<SignInToken> {
        let (made, now) = (SignInToken(token::random()), clock::now().0);
        let mut writing = self.database.begin_writing().await?;
        sqlx::query("delete from pending_sign_ins where expires_at <= $1").bind(now).execute(&mut writing).await?;
        sqlx::query("insert into pending_sign_ins (token_hash, user_id, expires_at) values ($1, $2, $3)")
            .bind(token::hash(made.as_str()))
            .bind(user.to_string())
            .bind(now + LASTS)
            .execute(&mut writing)
            .await?;
        writing.commit().await?;
        Ok(made)
    }

    /// Begins the session that the password was given for, in a browser that holds this token and whose owner has a code:
    /// with the address that they signed in with. The session that the browser had ends. The same request, sent again,
    /// begins another session, as signing in does.
    ///
    /// # Errors
    /// [`Error::SignInIsOver`] if it took too long, was tried too often, or was made up.
    pub async fn finish_sign_in(
        &self,
        token: &SignInToken,
        code: &SignInCode,
        held: Option<SessionToken>,
    ) -> Result<Changed<(SessionToken, Email)>> {
        let hash = token::hash(token.as_str());
        let user = self.count_try(&hash).await?;
        let proof = self.prove(user, code).await.map_err(|error| match error {
            Error::NoSecondFactor => Error::SignInIsOver,
            error => error,
        })?;
        let mut tx = self.begin_each_time().await?;
        // Of two at once the second waits here.
        let used = sqlx::query("update pending_sign_ins set used_at = $1 where token_hash = $2 and used_at is null")
            .bind(clock::now().0)
            .bind(&hash)
            .execute(&mut *tx)
            .await?;
        proof.take(&mut tx, user, &Purpose::SignIn { hash, is_again: used.rows_affected() == 0 }).await?;
        let row =
            sqlx::query("select email from users where id = $1").bind(user.to_string()).fetch_one(&mut *tx).await?;
        let email = Email::parse(&row.text("email")?).map_err(Error::corrupt)?;
        let signed_in = self.begin_session(tx, user).await?;
        self.end_held(held).await?;
        Ok(signed_in.map(|session| (session, email)))
    }

    /// Whose sign-in it is. The try is counted before the code is looked at.
    async fn count_try(&self, hash: &str) -> Result<UserId> {
        let mut writing = self.database.begin_writing().await?;
        let row = sqlx::query(
            "update pending_sign_ins set tries = tries + 1 where token_hash = $1 and expires_at > $2 and tries < $3
             returning user_id",
        )
        .bind(hash)
        .bind(clock::now().0)
        .bind(TRIES)
        .fetch_optional(&mut writing)
        .await?
        .ok_or(Error::SignInIsOver)?;
        writing.commit().await?;
        row.parsed("user_id")
    }
}

/// Ends all of an account.
pub(super) async fn end_all(db: &mut Writing, user: UserId) -> Result<()> {
    sqlx::query("delete from pending_sign_ins where user_id = $1").bind(user.to_string()).execute(db).await?;
    Ok(())
}
