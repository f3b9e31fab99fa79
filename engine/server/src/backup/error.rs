//! Why there is no backup, or nothing was restored.

use std::io;

use crate::{Error, schema::SchemaError};

/// Why there is no backup, or nothing was restored.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The database did not do as it was told.
    #[error(transparent)]
    Database(#[from] Error),
    /// The file can't be read or written.
    #[error("the file cannot be read or written: {0}")]
    File(io::Error),
    /// There is no database yet, or one without tables.
    #[error("there is nothing to back up at this address")]
    NothingHere,
    /// The file is something else.
    #[error("this file is no backup of {0}")]
    NotABackup(&'static str),
    /// The file is not as it was written.
    #[error("the backup is damaged ({0}): nothing was restored, take another one")]
    Damaged(String),
    /// A later version of the program made the file.
    #[error(
        "version {0} made this backup, and this program is too old for it: restore it with that version or a later one"
    )]
    NewerBackup(String),
    /// A later version of the program made the database.
    #[error("a later version of this program made the database: use that version")]
    NewerDatabase,
    /// There is something in the database.
    #[error("the database is not empty: nothing was restored")]
    NotEmpty,
    /// Another program's tables have the names of ours.
    #[error("the database has a table {0} that this program did not make: nothing was changed")]
    ForeignTable(String),
}

impl From<sqlx::Error> for BackupError {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(error.into())
    }
}

impl From<sqlx::migrate::MigrateError> for BackupError {
    fn from(error: sqlx::migrate::MigrateError) -> Self {
        Self::Database(error.into())
    }
}

impl From<SchemaError> for BackupError {
    fn from(error: SchemaError) -> Self {
        match error {
            SchemaError::Newer => Self::NewerDatabase,
            SchemaError::Foreign(table) => Self::ForeignTable(table),
            SchemaError::Database(error) => Self::Database(error),
        }
    }
}
