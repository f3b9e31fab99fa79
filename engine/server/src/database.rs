//! The database: one pool that writes, and one that cannot.
//!
//! SQLite has a single writer, so its writing pool has a single connection and writers queue in
//! order. The reading pool is read-only in the database itself: nothing can write around [`crate::Tx`].

use std::{str::FromStr, time::Duration};

use abreast_core::LogId;
use sqlx::{
    Any, Executor, Pool, Transaction,
    any::{AnyConnectOptions, AnyPoolOptions},
    migrate::Migrator,
};

use crate::{Address, Error, Result, Writing, clock, secret::Secret};

/// The two pools. Cheap to clone.
#[derive(Clone)]
pub struct Database {
    writing: Pool<Any>,
    reading: Pool<Any>,
    kind: Kind,
}

/// What differs between the two databases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
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
const POSTGRES_READING: &str = "set session characteristics as transaction isolation level repeatable read, read only";
/// Who writes holds the log's head. A node that is cut off or frozen in the middle is given up after
/// this, or no node could write until the network gives it up, which takes hours. Said for each
/// transaction, for the pooler's sake too.
const POSTGRES_WRITE: &str = "begin; set local idle_in_transaction_session_timeout = '3s'";
/// Said again for each snapshot, because a pooler between us and the server may change sessions.
const POSTGRES_SNAPSHOT: &str = "begin isolation level repeatable read read only";

impl Database {
    /// Opens both pools and brings the tables up to date.
    pub(crate) async fn open(address: &Address, migrations: &Migrator) -> Result<Self> {
        sqlx::any::install_default_drivers();
        let (kind, writing, reading) = match address {
            Address::Sqlite(path) => {
                let path = path.display();
                (Kind::Sqlite, format!("sqlite:{path}?mode=rwc"), format!("sqlite:{path}?mode=ro"))
            }
            Address::Postgres(url) => (Kind::Postgres, url.clone(), url.clone()),
        };
        let writing = kind.writing_pool().connect_with(options(&writing)?).await?;
        migrations.run(&writing).await?;
        name_the_log(&writing).await?;
        let reading = kind.reading_pool().connect_with(options(&reading)?).await?;
        Ok(Self { writing, reading, kind })
    }

    /// A transaction that may write what no cached answer shows; all else is written by a [`crate::Tx`].
    pub async fn begin_writing(&self) -> Result<Writing> {
        Ok(match self.kind {
            // A deferred one could fail half-way through for want of the write lock.
            Kind::Sqlite => Writing::begin(self.writing.begin_with("begin immediate")).await?,
            Kind::Postgres => Writing::begin(self.writing.begin_with(POSTGRES_WRITE)).await?,
        })
    }

    /// A transaction that sees one state of everything and cannot write.
    pub async fn begin_reading(&self) -> Result<Transaction<'static, Any>> {
        Ok(match self.kind {
            Kind::Sqlite => self.reading.begin().await?,
            Kind::Postgres => self.reading.begin_with(POSTGRES_SNAPSHOT).await?,
        })
    }

    /// Has SQLite itself record which rows of these tables a transaction touches.
    #[cfg(debug_assertions)]
    pub(crate) async fn watch_rows(&self, tables: &[crate::WatchedTable]) -> Result<()> {
        if self.watches_rows() { crate::touched::watch(&self.writing, tables).await } else { Ok(()) }
    }

    /// Whether touched rows are recorded.
    #[cfg(debug_assertions)]
    pub(crate) fn watches_rows(&self) -> bool {
        self.kind == Kind::Sqlite
    }
}

impl Kind {
    fn writing_pool(self) -> AnyPoolOptions {
        match self {
            Self::Sqlite => pool(1, Some(SQLITE_WRITING)).min_connections(1).idle_timeout(None).max_lifetime(None),
            Self::Postgres => pool(16, None),
        }
    }

    fn reading_pool(self) -> AnyPoolOptions {
        match self {
            Self::Sqlite => pool(8, Some(SQLITE_READING)).idle_timeout(None).max_lifetime(None),
            Self::Postgres => pool(16, Some(POSTGRES_READING)).acquire_timeout(READ_TIMEOUT),
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

fn options(url: &str) -> Result<AnyConnectOptions> {
    AnyConnectOptions::from_str(url).map_err(|error| Error::BadAddress(error.to_string().into()))
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
