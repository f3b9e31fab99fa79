//! Where a library is: a file in a folder, or a database of this process's server.

use store::Address;
use tempfile::TempDir;

use super::{On, tables};

/// Where a library is. It goes when this is dropped.
pub enum Place {
    Folder(TempDir),
    Database(services::Database),
}

impl Place {
    /// A place for an empty library.
    pub fn empty(on: On) -> Self {
        match on {
            On::Sqlite => Self::Folder(services::folder()),
            On::Postgres => Self::Database(services::postgres().empty()),
        }
    }

    /// A place with a copy of the library that is here and that nobody uses.
    pub fn copy(&self) -> Self {
        match self {
            Self::Folder(from) => {
                let to = services::folder();
                for file in std::fs::read_dir(from).expect("the files").map(|file| file.expect("a file")) {
                    std::fs::copy(file.path(), to.path().join(file.file_name())).expect("a copy");
                }
                Self::Folder(to)
            }
            Self::Database(from) => Self::Database(services::postgres().copy(from)),
        }
    }

    /// The same library without what was not put in its place yet: SQLite keeps that in files beside it.
    pub async fn settled(self) -> Self {
        match self {
            Self::Folder(_) => {
                let settled = services::folder();
                let file = settled.path().join("library.db");
                tables::run(&self.address(), &format!("vacuum into '{}'", file.display())).await;
                Self::Folder(settled)
            }
            Self::Database(_) => self,
        }
    }

    pub fn address(&self) -> Address {
        match self {
            Self::Folder(folder) => Address::Sqlite(folder.path().join("library.db")),
            Self::Database(database) => Address::Postgres(database.url.clone()),
        }
    }
}
