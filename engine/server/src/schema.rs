//! The tables that an app has after some of its migrations, and which of them a database has.

use std::collections::BTreeMap;

use sqlx::{
    AnyConnection,
    migrate::{Migrate, Migration, Migrator},
};

use crate::{App, Error};

/// Why it can't be said what a database is.
#[derive(Debug)]
pub(crate) enum SchemaError {
    /// A later version of the program made it.
    Newer,
    /// Another program made this table.
    Foreign(String),
    /// It did not answer.
    Database(Error),
}

impl From<sqlx::migrate::MigrateError> for SchemaError {
    fn from(error: sqlx::migrate::MigrateError) -> Self {
        Self::Database(error.into())
    }
}

/// Where the migrations that were done are written down.
pub(crate) const DONE: &str = "_sqlx_migrations";
/// Where the log stands. A restored database has a new log, so a backup has no row of it.
const HEAD: &str = "log_head";
/// Rows of the log name positions, which mean nothing in a new log.
const LOG: &str = "log";

/// The migrations up to one.
#[derive(Debug, Clone)]
pub(crate) struct Schema(Vec<Migration>);

impl Schema {
    /// Every migration that this program knows.
    pub(crate) fn latest<A: App>() -> Self {
        Self(A::migrations().iter().cloned().collect())
    }

    /// Those up to this one, if it is known.
    pub(crate) fn up_to<A: App>(version: i64) -> Option<Self> {
        let known = Self::latest::<A>().0.into_iter().filter(|migration| migration.version <= version).collect();
        Some(Self(known)).filter(|schema| schema.version() == version)
    }

    /// The last migration.
    pub(crate) fn version(&self) -> i64 {
        self.0.last().map_or(0, |migration| migration.version)
    }

    /// The tables whose rows a backup has, in the order in which they are made.
    pub(crate) fn copied(&self) -> Vec<String> {
        self.tables().into_iter().filter(|table| ![HEAD, LOG].contains(&table.as_str())).collect()
    }

    /// Every table of the app, the migrations' own included, in the order in which they are made.
    pub(crate) fn all(&self) -> Vec<String> {
        [vec![DONE.to_owned()], self.tables()].concat()
    }

    /// Makes the tables, in the connection's transaction.
    pub(crate) async fn make(self, connection: &mut AnyConnection) -> Result<(), Error> {
        let mut migrator = Migrator::with_migrations(self.0);
        // The transaction is alone as it is.
        migrator.set_locking(false);
        Ok(migrator.run_direct(None, connection, false).await?)
    }

    /// What was done to this database, if it is one of this app's, and this program knows all of it.
    pub(crate) async fn of<A: App>(connection: &mut AnyConnection) -> Result<Option<Self>, SchemaError> {
        let known: BTreeMap<i64, Migration> =
            Self::latest::<A>().0.into_iter().map(|known| (known.version, known)).collect();
        let mut done = vec![];
        for applied in connection.list_applied_migrations(DONE).await? {
            match known.get(&applied.version) {
                Some(migration) if migration.checksum == applied.checksum => done.push(migration.clone()),
                Some(_) => return Err(SchemaError::Foreign(DONE.to_owned())),
                None if known.keys().all(|version| *version < applied.version) => {
                    return Err(SchemaError::Newer);
                }
                None => return Err(SchemaError::Foreign(DONE.to_owned())),
            }
        }
        Ok(Some(Self(done)).filter(|schema| !schema.0.is_empty()))
    }

    /// The statements themselves say it; a table that only served a migration is gone again.
    fn tables(&self) -> Vec<String> {
        let mut tables: Vec<String> = vec![];
        for migration in &self.0 {
            for line in migration.sql.as_str().lines() {
                if let Some(made) = line.strip_prefix("create table ") {
                    tables.extend(name_in(made));
                } else if let Some(dropped) = line.strip_prefix("drop table ") {
                    tables.retain(|table| Some(table.as_str()) != name_in(dropped).as_deref());
                }
            }
        }
        tables
    }
}

fn name_in(statement: &str) -> Option<String> {
    statement.split([' ', '(', ';']).next().map(str::to_owned)
}
