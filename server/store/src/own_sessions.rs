//! A person's sessions, for themselves: where they are signed in, and an end to each. Their names are made from the
//! tokens' hashes, which are secret.

use domain::{Change, Changed, OwnSession, OwnSessions, SessionTag, UserId};

use crate::{Error, Load, Reader, Result, Store, clock, row::Columns, session};

impl Load for OwnSessions {
    async fn load(&self, reader: &mut Reader) -> Result<Vec<OwnSession>> {
        // Those that ran out are deleted when their owner signs in the next time.
        let rows = sqlx::query(
            "select token_hash, device, created_at from sessions where user_id = $1
             order by created_at desc, token_hash limit $2",
        )
        .bind(self.viewer.to_string())
        .bind(i64::from(Self::MOST))
        .fetch_all(&mut **reader)
        .await?;
        let own = |row: &sqlx::any::AnyRow| {
            let (session, device) = (session::tag(&row.text("token_hash")?), row.text("device")?);
            Ok(OwnSession { session, device, since: row.millis("created_at")? })
        };
        rows.iter().map(own).collect()
    }
}

impl Store {
    /// Ends one of a person's own sessions.
    pub async fn end_session(&self, user: UserId, ended: SessionTag) -> Result<Changed<()>> {
        let mut tx = self.begin().await?;
        let rows = sqlx::query("select token_hash from sessions where user_id = $1 and expires_at > $2")
            .bind(user.to_string())
            .bind(clock::now().0)
            .fetch_all(&mut *tx)
            .await?;
        let hashes = rows.iter().map(|row| row.text("token_hash")).collect::<Result<Vec<_>>>()?;
        let hash = hashes.into_iter().find(|hash| session::tag(hash) == ended).ok_or(Error::NotFound)?;
        sqlx::query("delete from sessions where token_hash = $1").bind(hash).execute(&mut *tx).await?;
        tx.commit(Change::SignedOut(user, vec![ended]), ()).await
    }
}
