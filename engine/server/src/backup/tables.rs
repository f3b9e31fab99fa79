//! What a database says of its tables.

use sqlx::{AnyConnection, AssertSqlSafe, Row};

use super::{Column, Kind, Result};
use crate::{Error, database};

/// The names of all tables.
pub(super) async fn names(connection: &mut AnyConnection, kind: database::Kind) -> Result<Vec<String>> {
    let statement = match kind {
        database::Kind::Sqlite => "select name from sqlite_master where type = 'table'",
        database::Kind::Postgres => {
            "select cast(table_name as text) from information_schema.tables where table_schema = current_schema()"
        }
    };
    Ok(sqlx::query_scalar(statement).fetch_all(connection).await?)
}

/// The columns of a table.
pub(super) async fn columns(connection: &mut AnyConnection, kind: database::Kind, table: &str) -> Result<Vec<Column>> {
    let statement = match kind {
        database::Kind::Sqlite => "select name, lower(type) from pragma_table_info($1) order by cid",
        database::Kind::Postgres => {
            "select cast(column_name as text), cast(data_type as text) from information_schema.columns
             where table_schema = current_schema() and table_name = $1 order by ordinal_position"
        }
    };
    let rows = sqlx::query(statement).bind(table).fetch_all(connection).await?;
    let column = |row: &sqlx::any::AnyRow| {
        let name: String = row.try_get(0)?;
        let kind = match row.try_get::<String, _>(1)?.as_str() {
            "text" => Kind::Text,
            "bigint" => Kind::Number,
            other => return Err(Error::corrupt(format!("the column {table}.{name} holds {other}")).into()),
        };
        Ok(Column { name, kind })
    };
    rows.iter().map(column).collect()
}

/// How many rows a table has.
pub(super) async fn count(connection: &mut AnyConnection, table: &str) -> Result<u64> {
    let counted = format!("select count(*) from {table}");
    let count: i64 = sqlx::query_scalar(AssertSqlSafe(counted)).fetch_one(connection).await?;
    Ok(count.unsigned_abs())
}

/// The references between tables, as PostgreSQL keeps them.
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

/// Runs a statement that has no parameters.
pub(super) async fn run(connection: &mut AnyConnection, statement: String) -> Result<()> {
    sqlx::raw_sql(AssertSqlSafe(statement)).execute(connection).await?;
    Ok(())
}
