//! What can go wrong here, with the detail that belongs in the log.

use std::sync::Arc;

use domain::Rev;

/// What went wrong. Cheap to clone, because everybody who waited for one load gets its error.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Error {
    /// There is no such thing, or it is none of the asker's business: the two look the same.
    #[error("not found")]
    NotFound,
    /// Somebody saved in between.
    #[error("saved in between: now at revision {}", now.0)]
    Conflict {
        /// The revision that is there now.
        now: Rev,
    },
    /// There is an account with this address.
    #[error("the address is taken")]
    AddressTaken,
    /// Address or password is wrong; which of the two is not said.
    #[error("wrong address or password")]
    WrongPassword,
    /// The account's role does not allow it.
    #[error("not allowed in this role")]
    NotAllowed,
    /// A row holds what this program never wrote.
    #[error("corrupt row: {0}")]
    Corrupt(Arc<str>),
    /// The address names no database that this program knows.
    #[error("{0}")]
    BadAddress(Arc<str>),
    /// The database did not do as it was told.
    #[error("database: {0}")]
    Database(#[from] Arc<sqlx::Error>),
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
            Self::Database(_) | Self::Internal(_) => true,
            Self::NotFound
            | Self::Conflict { .. }
            | Self::AddressTaken
            | Self::WrongPassword
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

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::RowNotFound => Self::NotFound,
            error => Self::Database(Arc::new(error)),
        }
    }
}

impl From<sqlx::migrate::MigrateError> for Error {
    fn from(error: sqlx::migrate::MigrateError) -> Self {
        Self::Migration(Arc::new(error))
    }
}
