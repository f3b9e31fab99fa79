//! Puts a backup in the place of a database: all of it, or nothing.

use std::io::{Read, Seek};

use abreast_core::{LogId, Seq};
use sqlx::{AnyConnection, AssertSqlSafe};

use super::{BackupError, Contents, Reader, Result, Table, Value, references::References};
use crate::{
    Address, App, Error, clock,
    database::{self, Kind},
    log,
    schema::{DONE, Schema},
    secret::Secret,
    tables::{self, Column},
};

/// How many rows one statement inserts.
const AT_ONCE: usize = 50;

/// What was restored.
#[derive(Debug, Clone)]
pub struct Restored {
    /// What the backup says of itself.
    pub contents: Contents,
    /// The new name of the log.
    pub log: LogId,
}

/// Puts the backup in the place of the database, which must be empty unless it is to be replaced. The log gets a new
/// name and goes on beyond every position that was handed out, so that a browser, a node or Redis that knows one from
/// before takes it for nothing. A backup of an older version is brought up to date when a node opens the database.
pub async fn restore<A: App>(address: &Address, mut file: impl Read + Seek, replace: bool) -> Result<Restored> {
    // The whole file is read first: the database is not touched for one that is damaged.
    let checked = Reader::open::<A>(&mut file)?;
    let contents = checked.contents.clone();
    let schema =
        Schema::up_to::<A>(contents.migration).ok_or_else(|| BackupError::NewerBackup(contents.version.clone()))?;
    checked.check()?;
    file.rewind().map_err(BackupError::File)?;
    let mut reader = Reader::open::<A>(&mut file)?;

    let (kind, pool) = database::connect_restoring(address).await?;
    let mut tx = kind.begin_restoring(&pool).await?;
    let before = clear::<A>(&mut tx, kind, replace).await?;
    schema.make(&mut tx).await?;
    let references = match kind {
        Kind::Sqlite => None,
        Kind::Postgres => Some(References::take_away(&mut tx).await?),
    };
    for table in &contents.tables {
        fill(&mut tx, kind, table, &mut reader).await?;
    }
    reader.end()?;
    match references {
        Some(references) => references.put_back(&mut tx).await?,
        None => check_references(&mut tx).await?,
    }
    let log = begin_log(&mut tx, before.max(contents.head)).await?;
    tx.commit().await?;
    pool.close().await;
    Ok(Restored { contents, log })
}

/// Takes the tables away, and says how far the log had come.
async fn clear<A: App>(tx: &mut AnyConnection, kind: Kind, replace: bool) -> Result<Seq> {
    let there = tables::names(tx, kind).await?;
    let latest = Schema::latest::<A>().all();
    let found: Vec<_> = latest.iter().filter(|table| there.contains(table)).collect();
    let Some(first) = found.first() else { return Ok(Seq::ZERO) };
    // Tables with our names and without our migrations belong to another program.
    if *first != DONE {
        return Err(BackupError::ForeignTable((*first).clone()));
    }
    let head = match Schema::of::<A>(tx).await? {
        Some(_) => head(tx).await?,
        None => Seq::ZERO,
    };
    // Whatever is worth keeping was written with a change, so where the log has none there is nothing to lose.
    if head > Seq::ZERO && !replace {
        return Err(BackupError::NotEmpty);
    }
    // A table is made after those that it refers to.
    for table in found.into_iter().rev() {
        tables::run(tx, format!("drop table {table}")).await?;
    }
    Ok(head)
}

/// How far the log has come. One that was made and never opened has no name, and has not begun.
async fn head(tx: &mut AnyConnection) -> Result<Seq> {
    match log::head(tx).await {
        Ok(head) => Ok(head.seq),
        Err(Error::NotFound) => Ok(Seq::ZERO),
        Err(error) => Err(error.into()),
    }
}

async fn fill(tx: &mut AnyConnection, kind: Kind, table: &Table, reader: &mut Reader<impl Read>) -> Result<()> {
    let sorted = |columns: &[Column]| {
        let mut columns = columns.to_vec();
        columns.sort();
        columns
    };
    if sorted(&tables::columns(tx, kind, &table.name).await?) != sorted(&table.columns) {
        return Err(BackupError::Damaged(format!("its table {} has other columns", table.name)));
    }
    let mut left = table.rows;
    while left > 0 {
        let mut rows = vec![];
        while left > 0 && rows.len() < AT_ONCE {
            rows.push(reader.row(table)?);
            left -= 1;
        }
        insert(tx, table, rows).await?;
    }
    Ok(())
}

async fn insert(tx: &mut AnyConnection, table: &Table, rows: Vec<Vec<Value>>) -> Result<()> {
    let names: Vec<_> = table.columns.iter().map(|column| column.name.as_str()).collect();
    let width = names.len();
    let places = |row: usize| {
        let places: Vec<_> = (1..=width).map(|place| format!("${}", row * width + place)).collect();
        format!("({})", places.join(", "))
    };
    let places: Vec<_> = (0..rows.len()).map(places).collect();
    let statement = format!("insert into {} ({}) values {}", table.name, names.join(", "), places.join(", "));
    let mut query = sqlx::query(AssertSqlSafe(statement));
    for row in rows {
        for (value, column) in row.into_iter().zip(&table.columns) {
            query = value.bind(query, column.kind);
        }
    }
    query.execute(tx).await?;
    Ok(())
}

/// SQLite does not look at references while it restores, so it looks at all of them now.
async fn check_references(tx: &mut AnyConnection) -> Result<()> {
    let broken: Option<String> =
        sqlx::query_scalar("select \"table\" from pragma_foreign_key_check limit 1").fetch_optional(tx).await?;
    broken.map_or(Ok(()), |table| Err(BackupError::Damaged(format!("a row of {table} belongs to none"))))
}

/// Names the log, and has it begin beyond what was handed out.
async fn begin_log(tx: &mut AnyConnection, told: Seq) -> Result<LogId> {
    let log = LogId::from_bits(clock::new_bits());
    sqlx::query("insert into log_head (one, log, seq, secret) values (1, $1, $2, $3)")
        .bind(log.to_string())
        .bind(log::seq_to(log::beyond(told)))
        .bind(Secret::new_text())
        .execute(tx)
        .await?;
    Ok(log)
}
