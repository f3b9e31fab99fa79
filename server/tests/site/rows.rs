//! The database itself, looked at from outside.

use sqlx::{AnyConnection, AssertSqlSafe, Connection, Row};
use store::Address;

/// The first column of every row, as text.
pub async fn column(address: &Address, statement: &str) -> Vec<String> {
    let Address::Sqlite(path) = address else { unreachable!("tests run on files") };
    sqlx::any::install_default_drivers();
    let mut connection = AnyConnection::connect(&format!("sqlite:{}", path.display())).await.expect("a connection");
    let rows = sqlx::query(AssertSqlSafe(statement.to_owned())).fetch_all(&mut connection).await.expect("rows");
    let column = rows.iter().map(|row| row.get(0)).collect();
    connection.close().await.expect("closed");
    column
}

/// The same, as numbers.
pub async fn numbers(address: &Address, statement: &str) -> Vec<i64> {
    column(address, statement).await.iter().map(|text| text.parse().expect("a number")).collect()
}
