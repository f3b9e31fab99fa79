//! What can go wrong here, with the detail that belongs in the log.

use std::sync::Arc;

use domain::{Barred, Blocked, Bound, Newer, NotPublished, NotRestored, Registration, Rev, Seq};

use crate::{Answered, SignInToken};

/// What went wrong. Cheap to clone, because everybody who waited for one load gets its error.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Error {
    /// There is no such thing, or it is none of the asker's business: the two look the same.
    #[error("not found")]
    NotFound,
    /// The same, as the answer to a query: an answer like any other, and so with the position it was read at.
    #[error("not found")]
    NotThere {
        /// The log's head in the snapshot that has no such thing.
        as_of: Seq,
    },
    /// It was saved in between.
    #[error("saved in between: now at revision {}", now.0)]
    Conflict {
        /// The revision that is there now.
        now: Rev,
    },
    /// The same, of a few short texts: they are told along.
    #[error("saved in between: now at revision {}", .0.rev.0)]
    ConflictWith(Newer),
    /// The same was asked with the same idempotency key, and is done: no failure, and nothing to do.
    #[error("answered before")]
    Answered(Answered),
    /// The idempotency key came with something else before.
    #[error("the idempotency key was used for something else")]
    KeyTaken,
    /// Readers can't have it, as it is.
    #[error("not published: {0}")]
    NotPublished(NotPublished),
    /// It can't come back from the trash, as it is.
    #[error("not restored: {0}")]
    NotRestored(NotRestored),
    /// There is no room for more.
    #[error("full: {0}")]
    Full(Bound),
    /// There is an account with this address.
    #[error("the address is taken")]
    AddressTaken,
    /// The handle is or was another person's.
    #[error("the handle is taken")]
    HandleTaken,
    /// Address or password is wrong; which of the two is not said.
    #[error("wrong address or password")]
    WrongPassword,
    /// What was given as an account's password, to change it, is not.
    #[error("not the password")]
    NotThePassword,
    /// The link to another password was used, ran out, or was made up.
    #[error("no such link")]
    LinkIsOver,
    /// The password is right, and the account asks for a code, too: no failure, and no session yet.
    #[error("a code is asked for")]
    SecondStep(SignInToken),
    /// It is no code of this account, or was taken already.
    #[error("wrong code")]
    WrongCode,
    /// The account asks for no code.
    #[error("no second factor")]
    NoSecondFactor,
    /// The code was asked for too long ago, or tried too often.
    #[error("the sign-in is over")]
    SignInIsOver,
    /// Too many wrong codes were tried at this account.
    #[error("too many codes: wait for {seconds} seconds")]
    TooManyCodes {
        /// Until when.
        seconds: u64,
    },
    /// Those who look after the place have closed it.
    #[error("closed by managers: {0}")]
    Barred(Barred),
    /// It concerns a person who has blocked the asker.
    #[error("blocked: {0}")]
    Blocked(Blocked),
    /// Too many passwords wait to be hashed: in a second there is room again.
    #[error("too many wait for hashing")]
    Busy,
    /// The new password is too short or easily guessed.
    #[error("the new password is weak")]
    WeakPassword,
    /// No account is made here, or none like this.
    #[error("no registration: {0}")]
    NoRegistration(Registration),
    /// No manager would be left.
    #[error("the last manager")]
    LastManager,
    /// The account's role does not allow it.
    #[error("not allowed in this role")]
    NotAllowed,
    /// A row holds what this program never wrote.
    #[error("corrupt row: {0}")]
    Corrupt(Arc<str>),
    /// The address names no database that this program knows.
    #[error("{0}")]
    BadAddress(Arc<str>),
    /// The database did not do as it was told. Of a write: it had not begun to commit, or was refused, so
    /// nothing was kept.
    #[error("database: {0}")]
    Database(#[from] Arc<sqlx::Error>),
    /// The database went away during a commit: what was written may be there or not.
    #[error("the database went away during a commit: {0}")]
    Uncertain(Arc<sqlx::Error>),
    /// The tables could not be brought up to date.
    #[error("migration: {0}")]
    Migration(Arc<sqlx::migrate::MigrateError>),
    /// A task of ours died.
    #[error("internal: {0}")]
    Internal(Arc<str>),
}

impl Error {
    /// Whether the library could not be asked, as opposed to having answered "no".
    pub const fn is_unavailable(&self) -> bool {
        match self {
            Self::Database(_) | Self::Uncertain(_) | Self::Internal(_) => true,
            Self::NotFound
            | Self::NotThere { .. }
            | Self::Conflict { .. }
            | Self::ConflictWith(_)
            | Self::Answered(_)
            | Self::KeyTaken
            | Self::NotPublished(_)
            | Self::NotRestored(_)
            | Self::Full(_)
            | Self::AddressTaken
            | Self::HandleTaken
            | Self::WrongPassword
            | Self::NotThePassword
            | Self::LinkIsOver
            | Self::SecondStep(_)
            | Self::WrongCode
            | Self::NoSecondFactor
            | Self::SignInIsOver
            | Self::TooManyCodes { .. }
            | Self::Barred(_)
            | Self::Blocked(_)
            | Self::Busy
            | Self::WeakPassword
            | Self::NoRegistration(_)
            | Self::LastManager
            | Self::NotAllowed
            | Self::Corrupt(_)
            | Self::BadAddress(_)
            | Self::Migration(_) => false,
        }
    }

    /// A row holds what this program never wrote.
    pub(crate) fn corrupt(detail: impl std::fmt::Display) -> Self {
        Self::Corrupt(detail.to_string().into())
    }
}

/// As the engine takes them.
impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        abreast_server::Error::from(error).into()
    }
}
