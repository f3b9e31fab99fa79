//! Makes a backup: every table out of one snapshot.

use std::io::Write;

use futures_util::StreamExt;
use sqlx::{AnyConnection, AssertSqlSafe};

use super::{BackupError, Contents, Result, Table, Value, Writer, contents::FORMAT};
use crate::{
    Address, App, clock, database, log,
    schema::{DONE, Schema},
    tables,
};

/// Copies the database into `file`. Nodes go on reading and writing meanwhile. The database stays as it is: an older
/// one is not brought up to date.
pub async fn back_up<A: App>(address: &Address, file: impl Write) -> Result<Contents> {
    if matches!(address, Address::Sqlite(path) if !path.is_file()) {
        return Err(BackupError::NothingHere);
    }
    let (kind, pool) = database::connect_reading(address).await?;
    let mut snapshot = kind.begin_reading(&pool).await?;
    let contents = contents::<A>(&mut snapshot, kind).await?;
    let mut writer = Writer::begin(file, &contents)?;
    for table in &contents.tables {
        copy(&mut snapshot, table, &mut writer).await?;
    }
    writer.end()?;
    drop(snapshot);
    pool.close().await;
    Ok(contents)
}

async fn contents<A: App>(snapshot: &mut AnyConnection, kind: database::Kind) -> Result<Contents> {
    if !tables::names(snapshot, kind).await?.iter().any(|table| table == DONE) {
        return Err(BackupError::NothingHere);
    }
    let schema = Schema::of::<A>(snapshot).await?.ok_or(BackupError::NothingHere)?;
    let head = log::head(&mut *snapshot).await?;
    let mut copied = vec![];
    for name in schema.copied() {
        let columns = tables::columns(snapshot, kind, &name).await?;
        let rows = tables::count(snapshot, &name).await?;
        copied.push(Table { name, columns, rows });
    }
    Ok(Contents {
        backup: FORMAT,
        app: A::NAME.to_owned(),
        version: A::VERSION.to_owned(),
        made_at: clock::now(),
        migration: schema.version(),
        log: head.log,
        head: head.seq,
        tables: copied,
    })
}

async fn copy(snapshot: &mut AnyConnection, table: &Table, writer: &mut Writer<impl Write>) -> Result<()> {
    let names: Vec<_> = table.columns.iter().map(|column| column.name.as_str()).collect();
    let statement = format!("select {} from {}", names.join(", "), table.name);
    let mut rows = sqlx::query(AssertSqlSafe(statement)).fetch(snapshot);
    while let Some(row) = rows.next().await {
        let row = row?;
        let values = table.columns.iter().enumerate().map(|(place, column)| Value::get(&row, place, column));
        writer.row(&values.collect::<sqlx::Result<Vec<_>>>()?)?;
    }
    Ok(())
}
