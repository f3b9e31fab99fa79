//! The references between tables, as PostgreSQL keeps them.

use sqlx::{AnyConnection, Row};

use super::Result;
use crate::tables::run;

/// The table, the name and the definition of each.
pub(super) struct References(Vec<(String, String, String)>);

impl References {
    /// Takes them away, so that rows may come in any order.
    pub(super) async fn take_away(connection: &mut AnyConnection) -> Result<Self> {
        let rows = sqlx::query(
            "select cast(conrelid::regclass as text), cast(conname as text), pg_get_constraintdef(oid)
             from pg_constraint where contype = 'f' and connamespace = current_schema()::regnamespace",
        )
        .fetch_all(&mut *connection)
        .await?;
        let found: Vec<(String, String, String)> = rows
            .iter()
            .map(|row| Ok((row.try_get(0)?, row.try_get(1)?, row.try_get(2)?)))
            .collect::<sqlx::Result<_>>()?;
        for (table, name, _) in &found {
            run(connection, format!("alter table {table} drop constraint {name}")).await?;
        }
        Ok(Self(found))
    }

    /// Puts them back, which checks every row.
    pub(super) async fn put_back(self, connection: &mut AnyConnection) -> Result<()> {
        for (table, name, definition) in self.0 {
            run(connection, format!("alter table {table} add constraint {name} {definition}")).await?;
        }
        Ok(())
    }
}
