//! Sessions: who is signed in.

use std::{fmt, time::Duration};

use domain::{Change, Changed, Email, Password, SessionTag, UserId, Viewer};
use sha2::{Digest, Sha256};

use crate::{
    Error, Result, Store, Tx, clock, hashing,
    moderation::standing,
    row::{Columns, viewer},
    second_factor, token,
};

/// A day, in milliseconds.
const DAY: i64 = 24 * 60 * 60 * 1_000;
/// How long a session lasts at most.
const LASTS: i64 = 30 * DAY;
/// How long one lasts that is not used.
const IDLE: i64 = 14 * DAY;
/// How long a request waits for its session to be prolonged, which the next one can do as well.
const PROLONG_TIMEOUT: Duration = Duration::from_millis(500);

/// What a signed-in browser holds: 32 random bytes, as 64 digits. Only its hash is stored, so
/// a reader of the database can't sign in as anyone.
#[derive(Clone, PartialEq, Eq)]
pub struct SessionToken(String);

impl SessionToken {
    /// The token in a cookie, if it has the form of one.
    pub fn parse(text: &str) -> Option<Self> {
        token::is_one(text).then(|| Self(text.to_owned()))
    }

    /// The text for the cookie.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What its session is called where anybody may hear it.
    pub fn tag(&self) -> SessionTag {
        tag(&self.hash())
    }

    /// What is stored of it, and what its session is called.
    pub(crate) fn names(&self) -> (String, SessionTag) {
        let hash = self.hash();
        let tag = tag(&hash);
        (hash, tag)
    }

    fn random() -> Self {
        Self(token::random())
    }

    fn hash(&self) -> String {
        token::hash(&self.0)
    }
}

impl fmt::Debug for SessionToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SessionToken(…)")
    }
}

impl Store {
    /// Begins a session.
    ///
    /// # Errors
    /// [`Error::SecondStep`] if a code is asked for, too: [`Store::finish_sign_in`] takes it.
    pub async fn sign_in(&self, email: Email, password: Password) -> Result<Changed<SessionToken>> {
        let account = sqlx::query("select id, password from users where email = $1")
            .bind(email.as_str())
            .fetch_optional(&mut *self.database.begin_reading().await?)
            .await?;
        let hash = account.as_ref().map(|row| row.text("password")).transpose()?;
        let right = hashing::is_password(password, hash).await?;
        let Some(account) = account.filter(|_| right) else {
            return Err(Error::WrongPassword);
        };
        let user = account.parsed("id")?;
        // Its token is kept nowhere, so it can't be answered with again.
        let mut tx = self.begin_each_time().await?;
        if second_factor::is_on(&mut tx, user).await? {
            standing::refuse_banned(&mut tx, &account.text("id")?).await?;
            drop(tx);
            return Err(Error::SecondStep(self.begin_pending(user).await?));
        }
        self.begin_session(tx, user).await
    }

    /// Begins the session of a person who proved who they are.
    pub(crate) async fn begin_session(&self, mut tx: Tx, user: UserId) -> Result<Changed<SessionToken>> {
        let (token, now) = (SessionToken::random(), clock::now().0);
        standing::refuse_banned(&mut tx, &user.to_string()).await?;
        sqlx::query("delete from sessions where user_id = $1 and expires_at <= $2")
            .bind(user.to_string())
            .bind(now)
            .execute(&mut *tx)
            .await?;
        sqlx::query(
            "insert into sessions (token_hash, user_id, created_at, expires_at, device) values ($1, $2, $3, $4, $5)",
        )
        .bind(token.hash())
        .bind(user.to_string())
        .bind(now)
        .bind(now + IDLE)
        .bind(self.device.as_str())
        .execute(&mut *tx)
        .await?;
        let changed = tx.commit(Change::SignedIn(user), ()).await?.map(|()| token);
        self.warm_for(user);
        Ok(changed)
    }

    /// Begins a session in a browser that holds one: that one ends, even if it was another person's.
    pub async fn sign_in_anew(
        &self,
        email: Email,
        password: Password,
        held: Option<SessionToken>,
    ) -> Result<Changed<SessionToken>> {
        let signed_in = self.sign_in(email, password).await?;
        self.end_held(held).await?;
        Ok(signed_in)
    }

    /// Ends the session that a browser held before it began another one.
    pub(crate) async fn end_held(&self, held: Option<SessionToken>) -> Result<()> {
        let Some(held) = held else { return Ok(()) };
        match end(self.begin_each_time().await?, &held).await {
            Ok(_) | Err(Error::NotFound) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Who holds this token; none, once the session has ended, or its owner is banned. Asked of the database each time:
    /// a revoked session ends everywhere at once.
    pub async fn viewer(&self, token: &SessionToken) -> Result<Option<Viewer>> {
        let now = clock::now().0;
        let row = sqlx::query(
            "select u.id, u.name, u.role, u.suspended_until, s.created_at, s.expires_at
             from sessions s join users u on u.id = s.user_id
             where s.token_hash = $1 and s.expires_at > $2 and u.banned_at is null and u.left_at is null",
        )
        .bind(token.hash())
        .bind(now)
        .fetch_optional(&mut *self.database.begin_reading().await?)
        .await?;
        let Some(row) = row else { return Ok(None) };
        let until = (row.number("created_at")? + LASTS).min(now + IDLE);
        // Once a day is often enough, and costs the others no write.
        if until - row.number("expires_at")? >= DAY {
            match tokio::time::timeout(PROLONG_TIMEOUT, self.prolong(token, until)).await {
                Ok(Ok(())) => {}
                Ok(Err(error)) => tracing::debug!(%error, "a session is not prolonged"),
                Err(_) => tracing::debug!("a session is not prolonged: others are writing"),
            }
        }
        Ok(Some(viewer(&row, now)?))
    }

    /// Nothing that anybody has read says how long a session lasts, so nothing becomes old.
    async fn prolong(&self, token: &SessionToken, until: i64) -> Result<()> {
        let mut writing = self.database.begin_writing().await?;
        sqlx::query("update sessions set expires_at = $1 where token_hash = $2 and expires_at < $1")
            .bind(until)
            .bind(token.hash())
            .execute(&mut writing)
            .await?;
        Ok(writing.commit().await?)
    }

    /// Ends a session.
    pub async fn sign_out(&self, token: SessionToken) -> Result<Changed<()>> {
        end(self.begin().await?, &token).await
    }

    /// Ends every session of a person.
    pub async fn sign_out_everywhere(&self, user: UserId) -> Result<Changed<()>> {
        let mut tx = self.begin().await?;
        let ended = end_all(&mut tx, user, None).await?;
        tx.commit(Change::SignedOut(user, ended), ()).await
    }
}

/// Ends every session of an account but this one, and says which.
pub(crate) async fn end_all(tx: &mut Tx, user: UserId, kept: Option<&SessionToken>) -> Result<Vec<SessionTag>> {
    let ended = sqlx::query("delete from sessions where user_id = $1 and token_hash <> $2 returning token_hash")
        .bind(user.to_string())
        .bind(kept.map(SessionToken::hash).unwrap_or_default())
        .fetch_all(&mut **tx)
        .await?;
    ended.iter().map(|row| Ok(tag(&row.text("token_hash")?))).collect()
}

/// The name of the session whose token has this hash. It is hashed once more: what is stored is told to nobody.
pub(crate) fn tag(hash: &str) -> SessionTag {
    let digest = Sha256::digest(hash.as_bytes());
    SessionTag::from_bits(digest.iter().take(8).fold(0, |bits, &byte| (bits << 8) | u64::from(byte)))
}

/// Ends the session with this token.
async fn end(mut tx: Tx, token: &SessionToken) -> Result<Changed<()>> {
    let ended = sqlx::query("delete from sessions where token_hash = $1 returning user_id")
        .bind(token.hash())
        .fetch_one(&mut *tx)
        .await?;
    tx.commit(Change::SignedOut(ended.parsed("user_id")?, vec![token.tag()]), ()).await
}
