//! Standing: whose account is suspended, and reads only, or banned, and can't be signed in to.

use domain::{ActKind, Barred, Change, Changed, Grounds, Note, Suspension, UserId};

use super::act::NewAct;
use crate::{Error, Result, Store, Tx, access, clock, row, session};

impl Store {
    /// Has a person only read, for a time from now on. Managers are not suspended.
    pub async fn suspend_account(
        &self,
        manager: UserId,
        user: UserId,
        term: Suspension,
        told: Grounds,
        note: Note,
    ) -> Result<Changed<()>> {
        let mut tx = self.begin().await?;
        access::manager(&mut *tx, manager).await?;
        let until = clock::now().0 + term.millis();
        let found = sqlx::query(
            "update users set suspended_until = $1 where id = $2 and role <> 'manager' and left_at is null",
        )
        .bind(until)
        .bind(user.to_string())
        .execute(&mut *tx)
        .await?;
        row::one(&found)?;
        let act = NewAct::new(ActKind::Suspend, manager).about(user).telling(&told).noting(&note).until(until);
        act.record(&mut tx).await?;
        tx.commit(Change::StandingChanged(user, vec![]), ()).await
    }

    /// Signs a person out everywhere, and has them not sign in again. Managers are not banned.
    pub async fn ban_account(&self, manager: UserId, user: UserId, told: Grounds, note: Note) -> Result<Changed<()>> {
        let mut tx = self.begin().await?;
        access::manager(&mut *tx, manager).await?;
        let found =
            sqlx::query("update users set banned_at = $1 where id = $2 and role <> 'manager' and left_at is null")
                .bind(clock::now().0)
                .bind(user.to_string())
                .execute(&mut *tx)
                .await?;
        row::one(&found)?;
        let ended = session::end_all(&mut tx, user, None).await?;
        NewAct::new(ActKind::Ban, manager).about(user).telling(&told).noting(&note).record(&mut tx).await?;
        tx.commit(Change::StandingChanged(user, ended), ()).await
    }

    /// Ends a suspension or a ban.
    pub async fn lift_bar(&self, manager: UserId, user: UserId, note: Note) -> Result<Changed<()>> {
        let mut tx = self.begin().await?;
        access::manager(&mut *tx, manager).await?;
        let found = sqlx::query(
            "update users set suspended_until = null, banned_at = null
             where id = $1 and (suspended_until is not null or banned_at is not null)",
        )
        .bind(user.to_string())
        .execute(&mut *tx)
        .await?;
        row::one(&found)?;
        NewAct::new(ActKind::Lift, manager).about(user).noting(&note).record(&mut tx).await?;
        tx.commit(Change::StandingChanged(user, vec![]), ()).await
    }
}

/// Refuses a session to a person who is banned, in the words that they were told. One that begins while its owner is
/// being banned is none either: [`Store::viewer`] does not find it.
pub(crate) async fn refuse_banned(tx: &mut Tx, user: &str) -> Result<()> {
    let banned: Option<i64> = sqlx::query_scalar("select banned_at from users where id = $1 and banned_at is not null")
        .bind(user)
        .fetch_optional(&mut **tx)
        .await?;
    if banned.is_none() {
        return Ok(());
    }
    let told: Option<String> = sqlx::query_scalar(
        "select told from acts where about_id = $1 and kind = 'ban' order by at desc, id desc limit 1",
    )
    .bind(user)
    .fetch_optional(&mut **tx)
    .await?;
    Err(Error::Barred(Barred::Banned(told.unwrap_or_default())))
}
