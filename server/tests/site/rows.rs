//! The database itself, looked at from outside.

use sqlx::{AnyConnection, AssertSqlSafe, Connection, Row};
use store::Address;

/// The first column of every row, as text.
pub async fn column(address: &Address, statement: &str) -> Vec<String> {
    let mut connection = connect(address).await;
    let rows = sqlx::query(AssertSqlSafe(statement.to_owned())).fetch_all(&mut connection).await.expect("rows");
    let column = rows.iter().map(|row| row.get(0)).collect();
    connection.close().await.expect("closed");
    column
}

/// Runs statements.
pub async fn run(address: &Address, statements: &str) {
    let mut connection = connect(address).await;
    sqlx::raw_sql(AssertSqlSafe(statements.to_owned())).execute(&mut connection).await.expect("statements run");
    connection.close().await.expect("closed");
}

async fn connect(address: &Address) -> AnyConnection {
    let url = match address {
        Address::Sqlite(path) => format!("sqlite:{}", path.display()),
        Address::Postgres(url) => url.clone(),
    };
    sqlx::any::install_default_drivers();
    AnyConnection::connect(&url).await.expect("a connection")
}

/// The same, as numbers.
pub async fn numbers(address: &Address, statement: &str) -> Vec<i64> {
    column(address, statement).await.iter().map(|text| text.parse().expect("a number")).collect()
}
