//! A code that was found right, and is taken: once, even if another request has it, too.

use domain::{Email, SignInCode, UserId};

use super::{recovery, totp::Totp};
use crate::{Error, MailKind, Result, Store, Tx, clock, outbox, row::Columns};

/// A right code, not taken yet.
pub(super) enum Proof {
    /// An app's, of this half minute.
    Step(i64),
    /// A recovery code, by its hash.
    Recovery(String),
}

/// What a code is taken for. The same code is taken again for the same: a request that is sent twice is done twice.
pub(super) enum Purpose {
    TurnOn,
    TurnOff,
    RecoveryCodes,
    /// The sign-in whose token has this hash. One that was begun before takes no other code.
    SignIn {
        hash: String,
        is_again: bool,
    },
}

impl Purpose {
    pub(super) fn slug(&self) -> &str {
        match self {
            Self::TurnOn => "on",
            Self::TurnOff => "off",
            Self::RecoveryCodes => "codes",
            Self::SignIn { hash, .. } => hash,
        }
    }

    const fn is_again(&self) -> bool {
        match self {
            Self::TurnOn | Self::TurnOff | Self::RecoveryCodes => false,
            Self::SignIn { is_again, .. } => *is_again,
        }
    }
}

impl Store {
    /// Whether it is a code of this account. An app's is counted, right or wrong, until a right one is taken.
    pub(super) async fn prove(&self, user: UserId, code: &SignInCode) -> Result<Proof> {
        if let SignInCode::Recovery(code) = code {
            return Ok(Proof::Recovery(recovery::hash(code)));
        }
        self.count_guess(user).await?;
        let row = sqlx::query("select secret from second_factors where user_id = $1 and on_since is not null")
            .bind(user.to_string())
            .fetch_optional(&mut *self.database.begin_reading().await?)
            .await?
            .ok_or(Error::NoSecondFactor)?;
        let totp = Totp::of(&row.text("secret")?, "")?;
        totp.step_of(code, clock::now()).map(Proof::Step).ok_or(Error::WrongCode)
    }
}

impl Proof {
    /// Takes the code. Of two at once the second waits, and finds it taken.
    pub(super) async fn take(self, tx: &mut Tx, user: UserId, purpose: &Purpose) -> Result<()> {
        let is_recovery = matches!(self, Self::Recovery(_));
        let statement = match self {
            Self::Step(step) => sqlx::query(
                "update second_factors set last_step = $1, taken_for = $2, guesses = 0, next_at = 0
                 where user_id = $3 and on_since is not null
                       and ((last_step < $1 and $4 = 0) or (last_step = $1 and taken_for = $2))",
            )
            .bind(step)
            .bind(purpose.slug().to_owned())
            .bind(user.to_string())
            .bind(i64::from(purpose.is_again())),
            Self::Recovery(hash) => sqlx::query(
                "update recovery_codes set used_at = coalesce(used_at, $1), taken_for = $2
                 where user_id = $3 and code_hash = $4 and ((used_at is null and $5 = 0) or taken_for = $2)",
            )
            .bind(clock::now().0)
            .bind(purpose.slug().to_owned())
            .bind(user.to_string())
            .bind(hash)
            .bind(i64::from(purpose.is_again())),
        };
        if statement.execute(&mut **tx).await?.rows_affected() == 0 {
            return Err(Error::WrongCode);
        }
        if is_recovery {
            let email: String = sqlx::query_scalar("select email from users where id = $1")
                .bind(user.to_string())
                .fetch_one(&mut **tx)
                .await?;
            let email = Email::parse(&email).map_err(Error::corrupt)?;
            outbox::put(tx, MailKind::RecoveryCodeUsed, &email).await?;
        }
        Ok(())
    }
}
