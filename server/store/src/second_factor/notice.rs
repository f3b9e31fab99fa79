//! What a person is told by mail of what became of their second factor.

use domain::{Millis, Name};

use crate::{Claimed, Result, Store, clock, row::Columns};

/// For how long it is worth telling, in milliseconds: mail may wait for its server, or for an operator to name one.
const WORTH: i64 = 24 * 60 * 60 * 1_000;

/// What happened to an account, in the mail that tells its owner.
#[derive(Debug)]
pub struct AccountNotice {
    /// What they are called.
    pub name: Name,
    /// When it happened.
    pub at: Millis,
}

impl Store {
    /// Whom this mail tells, and since when it waits; `None` if no account has the address, or it is too late.
    pub async fn find_account_notice(&self, mail: &Claimed) -> Result<Option<AccountNotice>> {
        if clock::now().0 - mail.at.0 > WORTH {
            return Ok(None);
        }
        let row = sqlx::query("select name from users where email = $1 and left_at is null")
            .bind(mail.to.as_str())
            .fetch_optional(&mut *self.database.begin_reading().await?)
            .await?;
        row.map(|row| Ok(AccountNotice { name: row.read("name")?, at: mail.at })).transpose()
    }
}
