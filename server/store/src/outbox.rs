//! The outbox: mail that waits to be sent. A node claims one before it sends it, so that of many nodes one does.

use domain::{Email, Millis, Name, UserId};
use sqlx::any::AnyRow;

use crate::{Error, LinkToken, Result, Store, Writing, clock, row::Columns};

/// A minute, in milliseconds.
const MINUTE: i64 = 60 * 1_000;
/// How long a claim holds. A mail is sent or given up long before.
const CLAIMED: i64 = 5 * MINUTE;
/// For how long the same is not sent to the same address again.
pub(crate) const ONCE_IN: i64 = 5 * MINUTE;
/// How often a mail is tried. The last pause is more than four hours, so that a server may be away for a night.
const TRIES: u32 = 10;
/// How many are claimed at once.
const BATCH: i64 = 10;

/// What a mail is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailKind {
    /// Another password was asked for.
    Forgotten,
    /// What is new in an inbox.
    News,
    /// An account is to have this address.
    NewAddress,
    /// The account with this address is to have another one.
    AddressNotice,
    /// An account asks for a second step at sign-in from now on.
    SecondFactorOn,
    /// It asks for none any more.
    SecondFactorOff,
    /// It has other recovery codes.
    RecoveryCodesMade,
    /// A recovery code was used.
    RecoveryCodeUsed,
    /// A person who knows the password gave wrong codes, one after the other.
    WrongCodes,
}

/// A mail that this node is to send now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claimed {
    id: String,
    /// What about.
    pub kind: MailKind,
    /// To which address.
    pub to: Email,
    /// When it was put into the outbox.
    pub at: Millis,
    /// Which attempt it is, from 1.
    pub tries: u32,
}

/// The person who gets a link to another password, and the link.
#[derive(Debug)]
pub struct Forgotten {
    /// What they are called.
    pub name: Name,
    /// The link's secret.
    pub link: LinkToken,
}

impl MailKind {
    pub(crate) const fn slug(self) -> &'static str {
        match self {
            Self::Forgotten => "forgotten",
            Self::News => "news",
            Self::NewAddress => "new-address",
            Self::AddressNotice => "address-notice",
            Self::SecondFactorOn => "second-factor-on",
            Self::SecondFactorOff => "second-factor-off",
            Self::RecoveryCodesMade => "recovery-codes-made",
            Self::RecoveryCodeUsed => "recovery-code-used",
            Self::WrongCodes => "wrong-codes",
        }
    }

    fn parse(slug: &str) -> Result<Self> {
        match slug {
            "forgotten" => Ok(Self::Forgotten),
            "news" => Ok(Self::News),
            "new-address" => Ok(Self::NewAddress),
            "address-notice" => Ok(Self::AddressNotice),
            "second-factor-on" => Ok(Self::SecondFactorOn),
            "second-factor-off" => Ok(Self::SecondFactorOff),
            "recovery-codes-made" => Ok(Self::RecoveryCodesMade),
            "recovery-code-used" => Ok(Self::RecoveryCodeUsed),
            "wrong-codes" => Ok(Self::WrongCodes),
            other => Err(Error::corrupt(format!("no mail is about {other}"))),
        }
    }
}

impl Claimed {
    /// What it is called: the same in each attempt.
    pub fn name(&self) -> &str {
        &self.id
    }
}

impl Store {
    /// Notes that another password was asked for, for the account with this address. Whether there is one is
    /// looked up when the mail goes out: so this takes the same time, and leaves the same behind, for every address. No
    /// answer says that there is such a note, so none becomes old.
    pub async fn forget_password(&self, email: &Email) -> Result<()> {
        let mut writing = self.database.begin_writing().await?;
        put(&mut writing, MailKind::Forgotten, email).await?;
        Ok(writing.commit().await?)
    }

    /// The mail that is due, which is this node's to send from now on, for some minutes.
    pub async fn claim_mail(&self) -> Result<Vec<Claimed>> {
        let now = clock::now().0;
        let due: i64 = sqlx::query_scalar("select count(*) from outbox where sent_at is null and due_at <= $1")
            .bind(now)
            .fetch_one(&mut *self.database.begin_reading().await?)
            .await?;
        // Nothing is written every second for nothing.
        if due == 0 {
            return Ok(vec![]);
        }
        let mut writing = self.database.begin_writing().await?;
        // A node that waits for a row which another one claims finds that it is no longer due.
        let rows = sqlx::query(
            "update outbox set due_at = $1, tries = tries + 1
             where sent_at is null and due_at <= $2
                   and id in (select id from outbox where sent_at is null and due_at <= $2 order by due_at, id limit $3)
             returning id, kind, recipient, made_at, tries",
        )
        .bind(now + CLAIMED)
        .bind(now)
        .bind(BATCH)
        .fetch_all(&mut writing)
        .await?;
        writing.commit().await?;
        rows.iter().map(claimed).collect()
    }

    /// Who forgot their password, with a link for them; `None` if no account has the address, or its password may
    /// not be changed.
    pub async fn find_forgotten(&self, email: &Email) -> Result<Option<Forgotten>> {
        let Some(user) = self.find_user(email).await? else { return Ok(None) };
        let link = match self.begin_reset(user).await {
            Ok(link) => link,
            Err(Error::NotAllowed) => return Ok(None),
            Err(error) => return Err(error),
        };
        Ok(Some(Forgotten { name: self.name_of(user).await?, link }))
    }

    /// A mail went out, or there was nothing to send.
    pub async fn mail_sent(&self, mail: &Claimed) -> Result<()> {
        let mut writing = self.database.begin_writing().await?;
        sqlx::query("update outbox set sent_at = $1 where id = $2")
            .bind(clock::now().0)
            .bind(&mail.id)
            .execute(&mut writing)
            .await?;
        Ok(writing.commit().await?)
    }

    /// A mail did not go out. It is tried again later, twice as late each time, and given up in the end. Says whether it
    /// was given up.
    pub async fn mail_failed(&self, mail: &Claimed) -> Result<bool> {
        let is_over = mail.tries >= TRIES;
        let mut writing = self.database.begin_writing().await?;
        let statement = if is_over {
            sqlx::query("delete from outbox where id = $1").bind(&mail.id)
        } else {
            sqlx::query("update outbox set due_at = $2 where id = $1")
                .bind(&mail.id)
                .bind(clock::now().0 + pause(mail.tries))
        };
        statement.execute(&mut writing).await?;
        writing.commit().await?;
        Ok(is_over)
    }

    async fn name_of(&self, user: UserId) -> Result<Name> {
        sqlx::query("select name from users where id = $1")
            .bind(user.to_string())
            .fetch_one(&mut *self.database.begin_reading().await?)
            .await?
            .read("name")
    }
}

/// Puts a mail into the outbox. One that waits there, or went out a moment ago, is enough.
pub(crate) async fn put(db: &mut Writing, kind: MailKind, to: &Email) -> Result<()> {
    let now = clock::now().0;
    sqlx::query("delete from outbox where sent_at <= $1").bind(now - ONCE_IN).execute(&mut *db).await?;
    sqlx::query(
        "insert into outbox (id, kind, recipient, made_at, due_at, tries) values ($1, $2, $3, $4, $4, 0)
         on conflict (kind, recipient) do nothing",
    )
    .bind(format!("{:016x}", clock::new_bits()))
    .bind(kind.slug())
    .bind(to.as_str())
    .bind(now)
    .execute(db)
    .await?;
    Ok(())
}

fn claimed(row: &AnyRow) -> Result<Claimed> {
    Ok(Claimed {
        id: row.text("id")?,
        kind: MailKind::parse(&row.text("kind")?)?,
        to: Email::parse(&row.text("recipient")?).map_err(Error::corrupt)?,
        at: row.millis("made_at")?,
        tries: row.count("tries")?,
    })
}

/// How long to wait after this attempt, in milliseconds: half a minute, then twice as long each time.
const fn pause(tries: u32) -> i64 {
    let doubled = if tries > 10 { 10 } else { tries };
    (MINUTE / 4) << doubled
}
