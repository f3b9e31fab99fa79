//! The second factor of an account: an app that makes codes from a secret, and recovery codes for a person without it.

mod guesses;
mod notice;
mod pending;
mod proof;
mod recovery;
mod totp;

use domain::{Change, Changed, MySecondFactor, Password, RecoveryCode, SecondFactor, SignInCode, UserId};

pub use self::{notice::AccountNotice, pending::SignInToken, totp::SecondFactorSetup};
use self::{proof::Purpose, totp::Totp};
use crate::{
    Error, LinkToken, Load, MailKind, Reader, Result, SessionToken, Store, Writing, clock, outbox, row::Columns,
    session,
};

impl Load for MySecondFactor {
    async fn load(&self, reader: &mut Reader) -> Result<Option<SecondFactor>> {
        let on = sqlx::query(
            "select on_since, (select count(*) from recovery_codes r where r.user_id = f.user_id and r.used_at is null)
                    as codes_left
             from second_factors f where user_id = $1 and on_since is not null",
        )
        .bind(self.viewer.to_string())
        .fetch_optional(&mut **reader)
        .await?;
        on.map(|row| Ok(SecondFactor { since: row.millis("on_since")?, codes_left: row.count("codes_left")? }))
            .transpose()
    }
}

impl Store {
    /// Makes the secret of a second factor that is to be turned on; one that was made before and not turned on is
    /// forgotten. No answer shows that there is one, so none becomes old.
    pub async fn begin_second_factor(&self, user: UserId) -> Result<()> {
        self.owner(user).await?;
        let mut writing = self.database.begin_writing().await?;
        sqlx::query(
            "insert into second_factors (user_id, secret) values ($1, $2)
             on conflict (user_id) do update set secret = excluded.secret where second_factors.on_since is null",
        )
        .bind(user.to_string())
        .bind(totp::new_secret())
        .execute(&mut writing)
        .await?;
        Ok(writing.commit().await?)
    }

    /// What an app needs to make codes, until one of them has turned the second factor on; none after that.
    pub async fn find_second_factor_setup(&self, user: UserId) -> Result<Option<SecondFactorSetup>> {
        let begun = sqlx::query(
            "select f.secret, u.email from second_factors f join users u on u.id = f.user_id
             where f.user_id = $1 and f.on_since is null",
        )
        .bind(user.to_string())
        .fetch_optional(&mut *self.database.begin_reading().await?)
        .await?;
        begun.map(|row| Totp::of(&row.text("secret")?, &row.text("email")?)?.setup()).transpose()
    }

    /// Turns the second factor on, for a person who knows the account's password and whose app makes right codes. Every
    /// session but `kept` ends. The same request, sent again, does the same again, with other recovery codes.
    pub async fn turn_on_second_factor(
        &self,
        user: UserId,
        password: Password,
        code: &SignInCode,
        kept: &SessionToken,
    ) -> Result<Changed<LinkToken>> {
        let owner = self.owner(user).await?;
        if !owner.has(&password).await? {
            return Err(Error::NotThePassword);
        }
        let secret: Option<String> = sqlx::query_scalar("select secret from second_factors where user_id = $1")
            .bind(user.to_string())
            .fetch_optional(&mut *self.database.begin_reading().await?)
            .await?;
        let secret = secret.ok_or(Error::WrongCode)?;
        let (totp, now) = (Totp::of(&secret, owner.email.as_str())?, clock::now());
        let step = totp.step_of(code, now).ok_or(Error::WrongCode)?;
        let mut tx = self.begin_each_time().await?;
        let turned_on = sqlx::query(
            "update second_factors set on_since = coalesce(on_since, $1), last_step = $2, taken_for = $3
             where user_id = $4 and secret = $5 and (on_since is null or (last_step = $2 and taken_for = $3))",
        )
        .bind(now.0)
        .bind(step)
        .bind(Purpose::TurnOn.slug())
        .bind(user.to_string())
        .bind(secret)
        .execute(&mut *tx)
        .await?;
        if turned_on.rows_affected() == 0 {
            return Err(Error::WrongCode);
        }
        let sheet = recovery::make(&mut tx, user).await?;
        outbox::put(&mut tx, MailKind::SecondFactorOn, &owner.email).await?;
        let ended = session::end_all(&mut tx, user, Some(kept)).await?;
        Ok(tx.commit(Change::SecondFactorOn(user, ended), ()).await?.map(|()| sheet))
    }

    /// Makes other recovery codes, for a person who knows the account's password and has a code. Those before are good
    /// no longer. The same request, sent again, does the same again.
    pub async fn make_recovery_codes(
        &self,
        user: UserId,
        password: Password,
        code: &SignInCode,
    ) -> Result<Changed<LinkToken>> {
        let owner = self.owner(user).await?;
        if !owner.has(&password).await? {
            return Err(Error::NotThePassword);
        }
        let proof = self.prove(user, code).await?;
        let mut tx = self.begin_each_time().await?;
        proof.take(&mut tx, user, &Purpose::RecoveryCodes).await?;
        let sheet = recovery::make(&mut tx, user).await?;
        outbox::put(&mut tx, MailKind::RecoveryCodesMade, &owner.email).await?;
        Ok(tx.commit(Change::RecoveryCodesMade(user), ()).await?.map(|()| sheet))
    }

    /// Turns the second factor off, for a person who knows the account's password and has a code. One that is off, stays
    /// so.
    pub async fn turn_off_second_factor(
        &self,
        user: UserId,
        password: Password,
        code: &SignInCode,
    ) -> Result<Changed<()>> {
        let owner = self.owner(user).await?;
        if !owner.has(&password).await? {
            return Err(Error::NotThePassword);
        }
        let proof = match self.prove(user, code).await {
            Err(Error::NoSecondFactor) => None,
            proof => Some(proof?),
        };
        let mut tx = self.begin_each_time().await?;
        if let Some(proof) = proof {
            match proof.take(&mut tx, user, &Purpose::TurnOff).await {
                // Another request has just turned it off.
                Err(Error::WrongCode) if !is_on(&mut tx, user).await? => {}
                taken => taken?,
            }
        }
        if forget(&mut tx, user).await? {
            outbox::put(&mut tx, MailKind::SecondFactorOff, &owner.email).await?;
        }
        tx.commit(Change::SecondFactorOff(user), ()).await
    }

    /// Turns the second factor off, for a person who lost everything that proves who they are but their password: for
    /// those who run the place, never for a form. Says whether it was on.
    pub async fn end_second_factor(&self, user: UserId) -> Result<Changed<bool>> {
        let owner = self.owner(user).await?;
        let mut tx = self.begin().await?;
        let was_on = forget(&mut tx, user).await?;
        if was_on {
            outbox::put(&mut tx, MailKind::SecondFactorOff, &owner.email).await?;
        }
        tx.commit(Change::SecondFactorOff(user), was_on).await
    }

    /// The recovery codes that were made with this secret, while they are the account's; none when others have taken
    /// their place.
    pub async fn find_recovery_codes(&self, user: UserId, sheet: &LinkToken) -> Result<Option<Vec<RecoveryCode>>> {
        recovery::find(&mut *self.database.begin_reading().await?, user, sheet).await
    }
}

/// Ends all sign-ins of an account that wait for their code.
pub(crate) async fn end_pending(db: &mut Writing, user: UserId) -> Result<()> {
    pending::end_all(db, user).await
}

/// Whether an account asks for a second step.
pub(crate) async fn is_on(db: &mut Writing, user: UserId) -> Result<bool> {
    let on: i64 = sqlx::query_scalar("select count(*) from second_factors where user_id = $1 and on_since is not null")
        .bind(user.to_string())
        .fetch_one(db)
        .await?;
    Ok(on > 0)
}

/// Takes all of it away. Says whether it was on.
async fn forget(db: &mut Writing, user: UserId) -> Result<bool> {
    let was_on = is_on(db, user).await?;
    for statement in ["delete from second_factors where user_id = $1", "delete from recovery_codes where user_id = $1"]
    {
        sqlx::query(statement).bind(user.to_string()).execute(&mut *db).await?;
    }
    pending::end_all(db, user).await?;
    Ok(was_on)
}
