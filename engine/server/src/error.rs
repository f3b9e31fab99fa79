//! What can go wrong here, with the detail that belongs in the log.

use std::{error, io, sync::Arc};

use abreast_core::Seq;

use crate::Answered;

/// What went wrong. Cheap to clone, because all who waited for one load get its error.
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
    /// The same was asked with the same idempotency key, and is done: no failure, and nothing to do.
    #[error("answered before")]
    Answered(Answered),
    /// The idempotency key came with something else before.
    #[error("the idempotency key was used for something else")]
    KeyTaken,
    /// A row holds what this program never wrote.
    #[error("corrupt row: {0}")]
    Corrupt(Arc<str>),
    /// The address names no database or Redis that this program knows.
    #[error("{0}")]
    BadAddress(Arc<str>),
    /// The database did not do as it was told. Of a write: it had not begun to commit, or was refused, so
    /// nothing was kept.
    #[error("database: {0}")]
    Database(Arc<sqlx::Error>),
    /// The database went away during a commit: what was written may be there or not.
    #[error("the database went away during a commit: {0}")]
    Uncertain(Arc<sqlx::Error>),
    /// The tables could not be brought up to date.
    #[error("migration: {0}")]
    Migration(Arc<sqlx::migrate::MigrateError>),
    /// A task of ours died.
    #[error("internal: {0}")]
    Internal(Arc<str>),
    /// The app refused, for a reason of its own.
    #[error(transparent)]
    Refused(Arc<dyn error::Error + Send + Sync>),
}

impl Error {
    /// Whether the database could not be asked, as opposed to having answered "no".
    pub const fn is_unavailable(&self) -> bool {
        match self {
            Self::Database(_) | Self::Uncertain(_) | Self::Internal(_) => true,
            Self::NotFound
            | Self::NotThere { .. }
            | Self::Answered(_)
            | Self::KeyTaken
            | Self::Corrupt(_)
            | Self::BadAddress(_)
            | Self::Migration(_)
            | Self::Refused(_) => false,
        }
    }

    /// The database is there, perhaps, and says nothing.
    pub(crate) fn silence() -> sqlx::Error {
        sqlx::Error::Io(io::Error::new(io::ErrorKind::TimedOut, "no answer"))
    }

    /// Whether the connection was gone before anything could be said on it. A silence is not that.
    pub(crate) fn is_hung_up(error: &sqlx::Error) -> bool {
        match error {
            sqlx::Error::Io(error) => error.kind() != io::ErrorKind::TimedOut,
            sqlx::Error::Database(said) => said.code().is_some_and(|code| is_farewell(&code)),
            _ => false,
        }
    }

    /// What a commit that failed means: only if the database itself refused is it certain that
    /// nothing was written.
    pub(crate) fn of_commit(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::Database(said) if !said.code().is_some_and(|code| is_farewell(&code)) => error.into(),
            _ => Self::Uncertain(Arc::new(error)),
        }
    }

    /// A row holds what this program never wrote.
    pub fn corrupt(detail: impl std::fmt::Display) -> Self {
        Self::Corrupt(detail.to_string().into())
    }
}

/// PostgreSQL is stopping, or was told to end this connection: it says so also after it has committed.
fn is_farewell(code: &str) -> bool {
    code.starts_with("57P")
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::RowNotFound => Self::NotFound,
            // What a new row belongs to was deleted between its look-up and now: on a database with
            // many writers it can.
            sqlx::Error::Database(refused) if refused.is_foreign_key_violation() => Self::NotFound,
            error => Self::Database(Arc::new(error)),
        }
    }
}

impl From<sqlx::migrate::MigrateError> for Error {
    fn from(error: sqlx::migrate::MigrateError) -> Self {
        Self::Migration(Arc::new(error))
    }
}
