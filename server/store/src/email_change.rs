//! Another address for an account: asked for with the password, and so when a link that was mailed to it is used.
//!
//! What is left behind when it is asked for is the same for an address that is another account's: the answer does not tell
//! who has one. Whose the address is matters when the mail goes out.

use domain::{Change, Changed, Email, MyEmail, Name, Password, UserId};

use crate::{
    Error, Load, Reader, Result, SessionToken, Store, Tx, Writing, clock,
    outbox::{self, MailKind},
    row::{self, Columns},
    session,
    token::LinkToken,
};

/// How long a link is good, in milliseconds.
const LASTS: i64 = 60 * 60 * 1_000;
/// How long the mail may wait for the mail server.
const WAITS: i64 = 24 * LASTS;

/// What a new address is told.
#[derive(Debug)]
pub enum AddressAsked {
    /// That an account is to have it, and how.
    Link(Name, LinkToken),
    /// That another account has it.
    Taken,
}

/// What the address before is told.
#[derive(Debug)]
pub struct AddressNotice {
    /// What the account's owner is called.
    pub name: Name,
    /// The address that it is to have.
    pub new: Email,
}

impl Load for MyEmail {
    async fn load(&self, reader: &mut Reader) -> Result<Email> {
        sqlx::query("select email from users where id = $1 and left_at is null")
            .bind(self.viewer.to_string())
            .fetch_one(&mut **reader)
            .await?
            .read("email")
    }
}

impl Store {
    /// Notes that an account is to have another address, for a person who knows its password, and that both addresses
    /// get a mail. No answer says that there is such a note, so none becomes old.
    ///
    /// # Errors
    /// [`Error::AddressTaken`] if it is the account's own. Of another's nothing is said.
    pub async fn ask_for_email(&self, user: UserId, password: Password, new: &Email) -> Result<()> {
        let owner = self.owner(user).await?;
        if !owner.has(&password).await? {
            return Err(Error::NotThePassword);
        }
        if owner.email == *new {
            return Err(Error::AddressTaken);
        }
        let now = clock::now().0;
        let mut writing = self.database.begin_writing().await?;
        sqlx::query("delete from email_changes where expires_at <= $1").bind(now).execute(&mut writing).await?;
        // A link to the same address that was mailed a moment ago stays good: no second one is mailed for some minutes.
        sqlx::query(
            "insert into email_changes (user_id, email, former, expires_at) values ($1, $2, $3, $4)
             on conflict (user_id) do update set
                 token_hash = case when email_changes.email = excluded.email and email_changes.used_at is null
                                   then email_changes.token_hash end,
                 expires_at = case when email_changes.email = excluded.email and email_changes.used_at is null
                                        and email_changes.token_hash is not null
                                   then email_changes.expires_at else excluded.expires_at end,
                 email = excluded.email, former = excluded.former, used_at = null",
        )
        .bind(user.to_string())
        .bind(new.as_str())
        .bind(owner.email.as_str())
        .bind(now + WAITS)
        .execute(&mut writing)
        .await?;
        outbox::put(&mut writing, MailKind::NewAddress, new).await?;
        outbox::put(&mut writing, MailKind::AddressNotice, &owner.email).await?;
        Ok(writing.commit().await?)
    }

    /// What a mail to a new address says, with a link made now; `None` if no account is to have it any more. Of several
    /// the one that waits longest without a link.
    pub async fn find_address_asked(&self, email: &Email) -> Result<Option<AddressAsked>> {
        let now = clock::now().0;
        let asked = sqlx::query(
            "select c.user_id, u.name from email_changes c join users u on u.id = c.user_id
             where c.email = $1 and c.used_at is null and c.expires_at > $2
             order by case when c.token_hash is null then 0 else 1 end, c.expires_at, c.user_id limit 1",
        )
        .bind(email.as_str())
        .bind(now)
        .fetch_optional(&mut *self.database.begin_reading().await?)
        .await?;
        let Some(asked) = asked else { return Ok(None) };
        if self.find_user(email).await?.is_some() {
            return Ok(Some(AddressAsked::Taken));
        }
        let link = LinkToken::make();
        let mut writing = self.database.begin_writing().await?;
        sqlx::query(
            "update email_changes set token_hash = $1, expires_at = $2
             where user_id = $3 and email = $4 and used_at is null",
        )
        .bind(link.hash())
        .bind(now + LASTS)
        .bind(asked.text("user_id")?)
        .bind(email.as_str())
        .execute(&mut writing)
        .await?;
        writing.commit().await?;
        Ok(Some(AddressAsked::Link(asked.read("name")?, link)))
    }

    /// What the address before is told; `None` if nothing was asked for after all.
    pub async fn find_address_notice(&self, former: &Email) -> Result<Option<AddressNotice>> {
        let asked = sqlx::query(
            "select u.name, c.email from email_changes c join users u on u.id = c.user_id where c.former = $1 limit 1",
        )
        .bind(former.as_str())
        .fetch_optional(&mut *self.database.begin_reading().await?)
        .await?;
        asked.map(|row| Ok(AddressNotice { name: row.read("name")?, new: row.read("email")? })).transpose()
    }

    /// The address takes the place of the one before, for a person with the link; says whose it is. Every session but
    /// `kept` ends, and every link to another password, which the address before may hold. The same request, sent
    /// again, does the same again.
    ///
    /// # Errors
    /// [`Error::LinkIsOver`] if the link was used for an address before this one, ran out, or was made up, and
    /// [`Error::AddressTaken`] if another account has the address by now.
    pub async fn confirm_email(&self, link: &LinkToken, kept: Option<&SessionToken>) -> Result<Changed<UserId>> {
        let mut tx = self.begin_each_time().await?;
        // Of two at once the second waits here.
        let asked = sqlx::query(
            "update email_changes set used_at = coalesce(used_at, $1) where token_hash = $2 and expires_at > $1
             returning user_id, email",
        )
        .bind(clock::now().0)
        .bind(link.hash())
        .fetch_optional(&mut *tx)
        .await?
        .ok_or(Error::LinkIsOver)?;
        take(tx, asked.parsed("user_id")?, &asked.read("email")?, kept).await
    }

    /// Gives an account another address at once: for those who run the place, never for a form.
    pub async fn set_email(&self, user: UserId, email: &Email) -> Result<Changed<UserId>> {
        let mut tx = self.begin().await?;
        // A link that was used, too: sent again it would give the address before back.
        sqlx::query("delete from email_changes where user_id = $1").bind(user.to_string()).execute(&mut *tx).await?;
        take(tx, user, email, None).await
    }
}

/// Ends the link that waits to be used, if there is one.
pub(crate) async fn forget(db: &mut Writing, user: UserId) -> Result<()> {
    sqlx::query("delete from email_changes where user_id = $1 and used_at is null")
        .bind(user.to_string())
        .execute(db)
        .await?;
    Ok(())
}

async fn take(mut tx: Tx, user: UserId, email: &Email, kept: Option<&SessionToken>) -> Result<Changed<UserId>> {
    // The demo accounts' addresses stand on the sign-in page.
    let taken = sqlx::query("update users set email = $1 where id = $2 and demo = 0")
        .bind(email.as_str())
        .bind(user.to_string())
        .execute(&mut *tx)
        .await
        .map_err(|error| match error.as_database_error() {
            Some(refused) if refused.is_unique_violation() => Error::AddressTaken,
            _ => error.into(),
        })?;
    row::one(&taken)?;
    sqlx::query("delete from password_resets where user_id = $1 and used_at is null")
        .bind(user.to_string())
        .execute(&mut *tx)
        .await?;
    let ended = session::end_all(&mut tx, user, kept).await?;
    tx.commit(Change::EmailChanged(user, ended), user).await
}
