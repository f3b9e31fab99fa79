//! What a database says of its tables.

use serde::{Deserialize, Serialize};
use sqlx::{AnyConnection, AssertSqlSafe, Row};

use crate::{Error, Result, database};

/// The names of all tables.
pub(crate) async fn names(connection: &mut AnyConnection, kind: database::Kind) -> Result<Vec<String>> {
    let statement = match kind {
        database::Kind::Sqlite => "select name from sqlite_master where type = 'table'",
        database::Kind::Postgres => {
            "select cast(table_name as text) from information_schema.tables where table_schema = current_schema()"
        }
    };
    Ok(sqlx::query_scalar(statement).fetch_all(connection).await?)
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Column {
    pub(crate) name: String,
    pub(crate) kind: Kind,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Kind {
    Text,
    Number,
}

/// The columns of a table.
pub(crate) async fn columns(connection: &mut AnyConnection, kind: database::Kind, table: &str) -> Result<Vec<Column>> {
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
            other => return Err(Error::corrupt(format!("the column {table}.{name} holds {other}"))),
        };
        Ok(Column { name, kind })
    };
    rows.iter().map(column).collect()
}

/// How many rows a table has.
pub(crate) async fn count(connection: &mut AnyConnection, table: &str) -> Result<u64> {
    let counted = format!("select count(*) from {table}");
    let count: i64 = sqlx::query_scalar(AssertSqlSafe(counted)).fetch_one(connection).await?;
    Ok(count.unsigned_abs())
}

/// Runs a statement that has no parameters.
pub(crate) async fn run(connection: &mut AnyConnection, statement: String) -> Result<()> {
    sqlx::raw_sql(AssertSqlSafe(statement)).execute(connection).await?;
    Ok(())
}
