//! A snapshot of a server: the transaction begins, and reads the log's head, in one round trip.
//!
//! sqlx begins a transaction in a round trip of its own, and throws away what its statement answers. So it is begun by
//! hand here, and ended by hand when the connection comes back to the pool, whatever became of its reader.

use sqlx::{
    Any, AnyConnection, AssertSqlSafe, Executor, Pool,
    any::{AnyPoolOptions, AnyRow},
};

use super::POSTGRES_SNAPSHOT;
use crate::{Error, Reader, Result, log};

/// A pool of connections for this, and no other use.
pub(super) fn ended_on_release(pool: AnyPoolOptions) -> AnyPoolOptions {
    pool.after_release(|connection, _| Box::pin(end(connection)))
}

/// Begins one, and has this statement answered in the same round trip.
pub(super) async fn begin(pool: &Pool<Any>, first: &str) -> Result<(Reader, Vec<AnyRow>)> {
    let statements = format!("{POSTGRES_SNAPSHOT}; {}; {first}", log::HEAD);
    let mut tries = 0;
    loop {
        let mut connection = pool.acquire().await?;
        match connection.fetch_all(sqlx::raw_sql(AssertSqlSafe(&*statements))).await {
            Err(error) if Error::is_hung_up(&error) && tries < super::CONNECTIONS => {
                connection.close_on_drop();
                tries += 1;
            }
            rows => {
                let mut rows = rows?.into_iter();
                let head = log::head_of(&rows.next().ok_or(sqlx::Error::RowNotFound)?)?;
                return Ok((Reader::postgres(connection, head), rows.collect()));
            }
        }
    }
}

/// Ends one; whether the connection is still good.
async fn end(connection: &mut AnyConnection) -> Result<bool, sqlx::Error> {
    Ok(connection.execute(sqlx::raw_sql("rollback")).await.is_ok())
}
