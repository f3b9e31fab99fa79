//! The database: one pool that writes, and one that cannot.
//!
//! SQLite has a single writer, so its writing pool has a single connection and writers queue in
//! order. The reading pool is read-only in the database itself: nothing can write around [`crate::Tx`].
//!
//! A connection to a server may have died while it rested. sqlx would ask each before it is used, at the price of a round
//! trip for each reader; here the first statement finds out, and is said again on the next connection.

mod snapshot;

use std::{fs, str::FromStr, time::Duration};

use abreast_core::LogId;
use sqlx::{
    Any, AnyConnection, AssertSqlSafe, Connection as _, Executor, Pool, Transaction,
    any::{AnyConnectOptions, AnyPoolOptions, AnyRow},
    migrate::Migrator,
};
use tokio::time::timeout;

use crate::{Address, Error, Reader, Result, Writing, clock, log, secret::Secret};

/// The two pools. Cheap to clone.
#[derive(Clone)]
pub struct Database {
    writing: Pool<Any>,
    reading: Pool<Any>,
    kind: Kind,
}

/// What differs between the two databases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Sqlite,
    Postgres,
}

/// How long a request waits for a connection, or for any answer to what it writes, before it is told to
/// come again.
pub(crate) const WRITE_TIMEOUT: Duration = Duration::from_secs(10);

/// The same for reads of a server, which may be gone: what is held is shown instead (rule 9), and
/// readers should not wait long for that.
pub(crate) const READ_TIMEOUT: Duration = Duration::from_secs(2);

/// WAL lets readers read while the writer writes; FULL syncs each commit, because an acknowledged
/// save must outlive the power.
const SQLITE_WRITING: &str = "pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on; \
     pragma busy_timeout = 10000; pragma cache_size = -16000";
const SQLITE_READING: &str = "pragma query_only = on; pragma busy_timeout = 10000; pragma cache_size = -8000; \
     pragma mmap_size = 268435456";
/// Rows come in any order, so references are checked at the end, all of them.
const SQLITE_RESTORING: &str = "pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = off; \
     pragma busy_timeout = 10000; pragma cache_size = -16000";
const POSTGRES_READING: &str = "set session characteristics as transaction isolation level repeatable read, read only";
/// Who writes holds the log's head. A node that is cut off or frozen in the middle is given up after
/// this, or no node could write until the network gives it up, which takes hours. Said for each
/// transaction, for the pooler's sake too.
const POSTGRES_WRITE: &str = "begin; set local idle_in_transaction_session_timeout = '3s'";
/// Said for each snapshot, because a pooler between us and the server may change sessions.
const POSTGRES_SNAPSHOT: &str = "begin isolation level repeatable read read only";

/// Connections to a server, for each of the two.
const CONNECTIONS: u32 = 16;

impl Database {
    /// Opens both pools and brings the tables up to date.
    pub(crate) async fn open(address: &Address, migrations: &Migrator) -> Result<Self> {
        let kind = Kind::of(address);
        make_file(address)?;
        let writing = kind.writing_pool().connect_with(options(address, WRITES)?).await?;
        migrations.run(&writing).await?;
        name_the_log(&writing).await?;
        let reading = match kind {
            Kind::Sqlite => kind.reading_pool(),
            Kind::Postgres => snapshot::ended_on_release(kind.reading_pool()),
        };
        Ok(Self { writing, reading: reading.connect_with(options(address, READS)?).await?, kind })
    }

    /// A transaction that may write what no cached answer shows; all else is written by a [`crate::Tx`].
    pub async fn begin_writing(&self) -> Result<Writing> {
        // A deferred one could fail half-way through for want of SQLite's write lock.
        let (statement, spare) = match self.kind {
            Kind::Sqlite => ("begin immediate", 0),
            Kind::Postgres => (POSTGRES_WRITE, CONNECTIONS),
        };
        let mut tries = 0;
        loop {
            // Boxed, because every write's future holds it.
            match Box::pin(Writing::begin(self.writing.begin_with(statement))).await {
                Err(error) if Error::is_hung_up(&error) && tries < spare => tries += 1,
                begun => return Ok(begun?),
            }
        }
    }

    /// A transaction that sees one state of everything and cannot write.
    pub async fn begin_reading(&self) -> Result<Reader> {
        Ok(self.begin_reading_with("").await?.0)
    }

    /// The same, with the answer to a first statement: it costs a server no round trip more. Nothing is bound to it.
    pub(crate) async fn begin_reading_with(&self, first: &str) -> Result<(Reader, Vec<AnyRow>)> {
        match self.kind {
            Kind::Sqlite => {
                let mut transaction = self.reading.begin().await?;
                let head = log::head(&mut *transaction).await?;
                let rows = transaction.fetch_all(sqlx::raw_sql(AssertSqlSafe(first))).await?;
                Ok((Reader::sqlite(transaction, head), rows))
            }
            Kind::Postgres => snapshot::begin(&self.reading, first).await,
        }
    }

    /// Which of the two it is.
    pub(crate) const fn kind(&self) -> Kind {
        self.kind
    }

    /// Has SQLite itself record which rows of these tables a transaction touches.
    #[cfg(debug_assertions)]
    pub(crate) async fn watch_rows(&self, tables: &[crate::WatchedTable]) -> Result<()> {
        if self.watches_rows() { crate::touched::watch(&self.writing, tables).await } else { Ok(()) }
    }

    /// Closes the writing connection, as if a write had been given up in its middle.
    #[cfg(test)]
    pub(crate) async fn close_writing(&self) -> Result<()> {
        Ok(self.writing.acquire().await?.close().await?)
    }

    /// Whether touched rows are recorded.
    #[cfg(debug_assertions)]
    pub(crate) fn watches_rows(&self) -> bool {
        self.kind == Kind::Sqlite
    }
}

/// One connection, and the reason if there is none: a pool would only say that it took too long.
pub(crate) async fn connect_once(address: &Address) -> Result<(Kind, AnyConnection)> {
    let kind = Kind::of(address);
    let options = options(address, READS)?;
    let connected = timeout(READ_TIMEOUT, AnyConnection::connect_with(&options)).await;
    Ok((kind, connected.unwrap_or_else(|_| Err(Error::silence()))?))
}

/// Only what reads, of a database that stays as it is.
pub(crate) async fn connect_reading(address: &Address) -> Result<(Kind, Pool<Any>)> {
    let kind = Kind::of(address);
    Ok((kind, kind.reading_pool().connect_with(options(address, READS)?).await?))
}

/// One connection that puts another database in the place of this one.
pub(crate) async fn connect_restoring(address: &Address) -> Result<(Kind, Pool<Any>)> {
    let kind = Kind::of(address);
    make_file(address)?;
    let pool = match kind {
        Kind::Sqlite => pool(1, Some(SQLITE_RESTORING)),
        Kind::Postgres => pool(1, None),
    };
    Ok((kind, pool.connect_with(options(address, WRITES)?).await?))
}

impl Kind {
    fn of(address: &Address) -> Self {
        sqlx::any::install_default_drivers();
        match address {
            Address::Sqlite(_) => Self::Sqlite,
            Address::Postgres(_) => Self::Postgres,
        }
    }

    /// The same of a database that may be another program's.
    pub(crate) async fn begin_reading(self, pool: &Pool<Any>) -> Result<Transaction<'static, Any>> {
        Ok(match self {
            Self::Sqlite => pool.begin().await?,
            Self::Postgres => pool.begin_with(POSTGRES_SNAPSHOT).await?,
        })
    }

    /// A transaction that replaces everything, for as long as it takes.
    pub(crate) async fn begin_restoring(self, pool: &Pool<Any>) -> Result<Transaction<'static, Any>> {
        Ok(match self {
            Self::Sqlite => pool.begin_with("begin immediate").await?,
            Self::Postgres => pool.begin().await?,
        })
    }

    fn writing_pool(self) -> AnyPoolOptions {
        match self {
            Self::Sqlite => pool(1, Some(SQLITE_WRITING)).min_connections(1).idle_timeout(None).max_lifetime(None),
            Self::Postgres => pool(CONNECTIONS, None).test_before_acquire(false),
        }
    }

    fn reading_pool(self) -> AnyPoolOptions {
        match self {
            Self::Sqlite => pool(8, Some(SQLITE_READING)).idle_timeout(None).max_lifetime(None),
            Self::Postgres => {
                pool(CONNECTIONS, Some(POSTGRES_READING)).acquire_timeout(READ_TIMEOUT).test_before_acquire(false)
            }
        }
    }
}

fn pool(size: u32, greeting: Option<&'static str>) -> AnyPoolOptions {
    AnyPoolOptions::new().max_connections(size).acquire_timeout(WRITE_TIMEOUT).after_connect(move |connection, _| {
        Box::pin(async move {
            if let Some(greeting) = greeting {
                connection.execute(sqlx::raw_sql(greeting)).await?;
            }
            Ok(())
        })
    })
}

/// Makes the file of a new database: its owner alone may read it. SQLite would go by the system's habits.
fn make_file(address: &Address) -> Result<()> {
    match address {
        Address::Sqlite(path) if !path.exists() => {
            let mut options = fs::OpenOptions::new();
            options.create(true).append(true);
            #[cfg(unix)]
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
            options.open(path).map_err(sqlx::Error::Io)?;
            Ok(())
        }
        Address::Sqlite(_) | Address::Postgres(_) => Ok(()),
    }
}

/// How SQLite opens a file: to read it, or to write it and make it if there is none.
const READS: &str = "ro";
const WRITES: &str = "rwc";

fn options(address: &Address, mode: &str) -> Result<AnyConnectOptions> {
    let url = match address {
        Address::Sqlite(path) => format!("sqlite:{}?mode={mode}", path.display()),
        Address::Postgres(url) => url.clone(),
    };
    AnyConnectOptions::from_str(&url).map_err(|error| Error::BadAddress(error.to_string().into()))
}

/// Gives a new log its id and its secret: positions of another log mean nothing in this one.
async fn name_the_log(writing: &Pool<Any>) -> Result<()> {
    sqlx::query("insert into log_head (one, log, seq) values (1, $1, 0) on conflict do nothing")
        .bind(LogId::from_bits(clock::new_bits()).to_string())
        .execute(writing)
        .await?;
    // Of several nodes that open it at once, one fills it in.
    sqlx::query("update log_head set secret = $1 where secret = ''").bind(Secret::new_text()).execute(writing).await?;
    Ok(())
}
