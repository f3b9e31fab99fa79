//! Sessions: who is signed in.

use std::fmt::{self, Write};

use domain::{Change, Changed, Email, Password, SessionTag, UserId, Viewer};
use sha2::{Digest, Sha256};

use crate::{Error, Result, Store, account, clock, row::Columns};

/// How long a session lasts, in milliseconds: 30 days.
const LASTS: i64 = 30 * 24 * 60 * 60 * 1_000;

/// What a signed-in browser holds: 32 random bytes, as 64 digits. Only its hash is stored, so
/// whoever reads the database can't sign in as anybody.
#[derive(Clone, PartialEq, Eq)]
pub struct SessionToken(String);

impl SessionToken {
    /// The token in a cookie, if it has the form of one.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.len() == 64 && text.bytes().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'));
        digits.then(|| Self(text.to_owned()))
    }

    /// The text for the cookie.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What its session is called where anybody may hear it.
    pub fn tag(&self) -> SessionTag {
        tag(&self.hash())
    }

    fn random() -> Self {
        Self(hex(&rand::random::<[u8; 32]>()))
    }

    fn hash(&self) -> String {
        hex(&Sha256::digest(self.0.as_bytes()))
    }
}

impl fmt::Debug for SessionToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SessionToken(…)")
    }
}

impl Store {
    /// Begins a session.
    pub async fn sign_in(&self, email: Email, password: Password) -> Result<Changed<SessionToken>> {
        let account = sqlx::query("select id, password from users where email = $1")
            .bind(email.as_str())
            .fetch_optional(&mut *self.database.begin_reading().await?)
            .await?;
        let hash = account.as_ref().map(|row| row.text("password")).transpose()?;
        let right = account::is_password(password, hash).await?;
        let Some(account) = account.filter(|_| right) else {
            return Err(Error::WrongPassword);
        };
        let (user, token, now) = (account.parsed("id")?, SessionToken::random(), clock::now().0);
        // Its token is kept nowhere, so it can't be answered with again.
        let mut tx = self.begin_each_time().await?;
        sqlx::query("delete from sessions where user_id = $1 and expires_at <= $2")
            .bind(account.text("id")?)
            .bind(now)
            .execute(&mut *tx)
            .await?;
        sqlx::query("insert into sessions (token_hash, user_id, created_at, expires_at) values ($1, $2, $3, $4)")
            .bind(token.hash())
            .bind(account.text("id")?)
            .bind(now)
            .bind(now + LASTS)
            .execute(&mut *tx)
            .await?;
        let changed = tx.commit(Change::SignedIn(user), ()).await?.map(|()| token);
        if let Some(warm) = &self.warm {
            warm.signed_in(user);
        }
        Ok(changed)
    }

    /// Who holds this token; nobody, once the session has ended. Asked of the database each time:
    /// a revoked session ends everywhere at once.
    pub async fn viewer(&self, token: &SessionToken) -> Result<Option<Viewer>> {
        let row = sqlx::query(
            "select u.id, u.name, u.role from sessions s join users u on u.id = s.user_id
             where s.token_hash = $1 and s.expires_at > $2",
        )
        .bind(token.hash())
        .bind(clock::now().0)
        .fetch_optional(&mut *self.database.begin_reading().await?)
        .await?;
        let viewer = |row: sqlx::any::AnyRow| {
            Ok(Viewer { user: row.parsed("id")?, name: row.read("name")?, role: row.parsed("role")? })
        };
        row.map(viewer).transpose()
    }

    /// Ends a session.
    pub async fn sign_out(&self, token: SessionToken) -> Result<Changed<()>> {
        let mut tx = self.begin().await?;
        let ended = sqlx::query("delete from sessions where token_hash = $1 returning user_id")
            .bind(token.hash())
            .fetch_one(&mut *tx)
            .await?;
        tx.commit(Change::SignedOut(ended.parsed("user_id")?, vec![token.tag()]), ()).await
    }

    /// Ends every session of somebody.
    pub async fn sign_out_everywhere(&self, user: UserId) -> Result<Changed<()>> {
        let mut tx = self.begin().await?;
        let ended = sqlx::query("delete from sessions where user_id = $1 returning token_hash")
            .bind(user.to_string())
            .fetch_all(&mut *tx)
            .await?;
        let ended = ended.iter().map(|row| Ok(tag(&row.text("token_hash")?))).collect::<Result<_>>()?;
        tx.commit(Change::SignedOut(user, ended), ()).await
    }
}

/// The name of the session whose token has this hash. It is hashed once more: what is stored is told to nobody.
fn tag(hash: &str) -> SessionTag {
    let digest = Sha256::digest(hash.as_bytes());
    SessionTag::from_bits(digest.iter().take(8).fold(0, |bits, &byte| (bits << 8) | u64::from(byte)))
}

/// Bytes as digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // A String takes whatever is written to it.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
