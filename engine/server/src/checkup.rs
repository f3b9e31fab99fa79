//! What an operator should know of a database and of Redis before a node starts. Nothing is changed by looking.

mod redis;

use abreast_core::Millis;
use sqlx::{AnyConnection, Connection as _};

pub use self::redis::{RedisState, look_at_redis};
use crate::{
    Address, App, Result, database,
    schema::{DONE, Schema, SchemaError},
    tables,
};

/// What there is of a database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatabaseState {
    /// Its tables.
    pub tables: Tables,
    /// The database itself refuses what the readers' connections might write.
    pub keeps_readers_out: bool,
    /// It takes writes at all: a standby doesn't.
    pub takes_writes: bool,
    /// How SQLite keeps what is not in its place yet.
    pub journal_mode: Option<String>,
    /// The time by a server's clock.
    pub clock: Option<Millis>,
    /// The time of the last commit.
    pub last_commit: Option<Millis>,
}

/// Whose tables they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tables {
    /// There are none: the first start makes them.
    None,
    /// As this program makes them.
    Current,
    /// As an earlier version made them: the next start changes them.
    Older,
    /// As a later version made them.
    Newer,
    /// Another program's.
    Foreign,
}

/// Looks at a database that is there.
pub async fn look_at_database<A: App>(address: &Address) -> Result<DatabaseState> {
    let (kind, mut first) = database::connect_once(address).await?;
    tables::names(&mut first, kind).await?;
    first.close().await?;
    let (kind, pool) = database::connect_reading(address).await?;
    let mut snapshot = kind.begin_reading(&pool).await?;
    let there = tables::names(&mut snapshot, kind).await?;
    let tables = tables_of::<A>(&mut snapshot, &there).await?;
    let last_commit = match tables {
        Tables::None | Tables::Foreign => None,
        Tables::Current | Tables::Older | Tables::Newer => {
            sqlx::query_scalar::<_, Option<i64>>("select max(at) from log").fetch_one(&mut *snapshot).await?.map(Millis)
        }
    };
    let state = match kind {
        database::Kind::Sqlite => DatabaseState {
            tables,
            keeps_readers_out: number(&mut snapshot, "select query_only from pragma_query_only").await? == 1,
            takes_writes: true,
            journal_mode: Some(
                sqlx::query_scalar("select journal_mode from pragma_journal_mode").fetch_one(&mut *snapshot).await?,
            ),
            clock: None,
            last_commit,
        },
        database::Kind::Postgres => DatabaseState {
            tables,
            keeps_readers_out: is_on(&mut snapshot, "transaction_read_only").await?,
            takes_writes: !is_on(&mut snapshot, "in_hot_standby").await?,
            journal_mode: None,
            clock: Some(Millis(
                number(&mut snapshot, "select cast(extract(epoch from clock_timestamp()) * 1000 as bigint)").await?,
            )),
            last_commit,
        },
    };
    drop(snapshot);
    pool.close().await;
    Ok(state)
}

/// The answer to a question of the app's own that is a number.
pub async fn fetch_number(address: &Address, statement: &'static str) -> Result<i64> {
    let (kind, pool) = database::connect_reading(address).await?;
    let mut snapshot = kind.begin_reading(&pool).await?;
    let found = number(&mut snapshot, statement).await?;
    drop(snapshot);
    pool.close().await;
    Ok(found)
}

async fn tables_of<A: App>(snapshot: &mut AnyConnection, there: &[String]) -> Result<Tables> {
    let latest = Schema::latest::<A>();
    if !there.iter().any(|table| table == DONE) {
        let is_taken = latest.all().iter().any(|table| there.contains(table));
        return Ok(if is_taken { Tables::Foreign } else { Tables::None });
    }
    match Schema::of::<A>(snapshot).await {
        Ok(None) => Ok(Tables::None),
        Ok(Some(done)) if done.version() == latest.version() => Ok(Tables::Current),
        Ok(Some(_)) => Ok(Tables::Older),
        Err(SchemaError::Newer) => Ok(Tables::Newer),
        Err(SchemaError::Foreign(_)) => Ok(Tables::Foreign),
        Err(SchemaError::Database(error)) => Err(error),
    }
}

async fn number(snapshot: &mut AnyConnection, statement: &'static str) -> Result<i64> {
    Ok(sqlx::query_scalar(statement).fetch_one(snapshot).await?)
}

async fn is_on(snapshot: &mut AnyConnection, setting: &str) -> Result<bool> {
    let value: String = sqlx::query_scalar("select current_setting($1)").bind(setting).fetch_one(snapshot).await?;
    Ok(value == "on")
}
