//! The database itself, looked at and tampered with from outside.

use sqlx::{AnyConnection, AssertSqlSafe, Connection, Row};
use store::Address;

async fn connect(address: &Address) -> AnyConnection {
    let Address::Sqlite(path) = address else { unreachable!("tests run on files") };
    sqlx::any::install_default_drivers();
    AnyConnection::connect(&format!("sqlite:{}", path.display())).await.expect("a connection")
}

/// Runs statements.
pub async fn run(address: &Address, statements: &str) {
    let mut connection = connect(address).await;
    sqlx::raw_sql(AssertSqlSafe(statements.to_owned())).execute(&mut connection).await.expect("statements run");
    connection.close().await.expect("closed");
}

/// The first column of every row, as text.
pub async fn column(address: &Address, statement: &str) -> Vec<String> {
    let mut connection = connect(address).await;
    let rows = sqlx::query(AssertSqlSafe(statement.to_owned())).fetch_all(&mut connection).await.expect("rows");
    rows.iter().map(|row| row.get(0)).collect()
}

/// Every row of every table.
pub async fn dump(address: &Address) -> Vec<String> {
    let mut everything = vec![];
    for table in column(address, "select name from sqlite_master where type = 'table' order by name").await {
        let columns = column(address, &format!("select name from pragma_table_info('{table}') order by cid")).await;
        let quoted = columns.iter().map(|name| format!("quote({name})")).collect::<Vec<_>>().join(" || ', ' || ");
        let rows = column(address, &format!("select {quoted} as line from {table} order by line")).await;
        everything.extend(rows.into_iter().map(|row| format!("{table}: {row}")));
    }
    everything
}

/// Every Change in the log, as it was written down.
pub async fn log(address: &Address) -> Vec<domain::Change> {
    let changes = column(address, "select change from log order by seq").await;
    changes.iter().map(|change| serde_json::from_str(change).expect("a Change")).collect()
}

/// Every position in the log.
pub async fn positions(address: &Address) -> Vec<u64> {
    let positions = column(address, "select cast(seq as text) from log order by seq").await;
    positions.iter().map(|seq| seq.parse().expect("a position")).collect()
}
