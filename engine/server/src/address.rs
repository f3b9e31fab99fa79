//! Where the database is.

use std::{path::PathBuf, str::FromStr};

use crate::{Error, Result};

/// Which database: `sqlite:PATH` or `postgres://…`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address {
    /// A file beside the program; created when missing.
    Sqlite(PathBuf),
    /// A server.
    Postgres(String),
}

impl FromStr for Address {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        if let Some(path) = text.strip_prefix("sqlite:") {
            let path = path.strip_prefix("//").unwrap_or(path);
            if path.is_empty() || path.contains(['?', '#', '%']) {
                return Err(Error::BadAddress(format!("not the path of a database file: {path:?}").into()));
            }
            return Ok(Self::Sqlite(path.into()));
        }
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return Ok(Self::Postgres(text.to_owned()));
        }
        Err(Error::BadAddress("a database is named sqlite:PATH or postgres://HOST/NAME".into()))
    }
}
