//! A link to another password, for a person who forgot theirs. Those who run the place make it.

use domain::{Changed, Password, UserId};

use crate::{Error, Result, Store, clock, row::Columns, token::LinkToken};

/// How long a link is good, in milliseconds.
const LASTS: i64 = 60 * 60 * 1_000;

impl Store {
    /// A token that lets its holder choose another password for this account, once, within an hour. No answer says
    /// that there is one, so none becomes old.
    pub async fn begin_reset(&self, user: UserId) -> Result<LinkToken> {
        self.owner(user).await?;
        let (made, now) = (LinkToken::make(), clock::now().0);
        let mut writing = self.database.begin_writing().await?;
        sqlx::query("delete from password_resets where expires_at <= $1").bind(now).execute(&mut writing).await?;
        sqlx::query("insert into password_resets (token_hash, user_id, expires_at) values ($1, $2, $3)")
            .bind(made.hash())
            .bind(user.to_string())
            .bind(now + LASTS)
            .execute(&mut writing)
            .await?;
        writing.commit().await?;
        Ok(made)
    }

    /// Another password, for a person with a link. Every session ends. The same request, sent again, finds the new
    /// password there, and does the same again.
    ///
    /// # Errors
    /// [`Error::LinkIsOver`] if the link was used, ran out, or was made up.
    pub async fn reset_password(&self, link: &LinkToken, new: Password) -> Result<Changed<()>> {
        if let Some(changed) = self.try_reset(link, new.clone()).await? {
            return Ok(changed);
        }
        // Another request has just used it, or changed the password.
        self.try_reset(link, new).await?.ok_or(Error::LinkIsOver)
    }

    /// Nothing if the link was used, or the password changed, in between.
    async fn try_reset(&self, link: &LinkToken, new: Password) -> Result<Option<Changed<()>>> {
        let found =
            sqlx::query("select user_id, used_at from password_resets where token_hash = $1 and expires_at > $2")
                .bind(link.hash())
                .bind(clock::now().0)
                .fetch_optional(&mut *self.database.begin_reading().await?)
                .await?
                .ok_or(Error::LinkIsOver)?;
        let owner = self.owner(found.parsed("user_id")?).await?;
        let is_used = found.maybe_number("used_at")?.is_some();
        let hash = if !is_used {
            owner.hash_of(new).await?
        } else if owner.has(&new).await? {
            owner.hash.clone()
        } else {
            return Err(Error::LinkIsOver);
        };
        let mut tx = self.begin_each_time().await?;
        // Of two at once the second waits here.
        let used = sqlx::query(
            "update password_resets set used_at = $1 where token_hash = $2 and (used_at is null or $3 = 1)",
        )
        .bind(clock::now().0)
        .bind(link.hash())
        .bind(i64::from(is_used))
        .execute(&mut *tx)
        .await?;
        if used.rows_affected() == 0 {
            return Ok(None);
        }
        owner.take(tx, hash, None).await
    }
}
