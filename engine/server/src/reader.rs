//! A Reader: one state of everything, and where in the log that state is (rule 2).

use std::ops::{Deref, DerefMut};

use abreast_core::Seq;
use sqlx::{Any, AnyConnection, Transaction, pool::PoolConnection};

use crate::log::Head;

/// A snapshot that cannot write: the database itself refuses. The log's head is its first read, so whatever is read
/// afterwards is exactly as new as that position.
pub struct Reader {
    held: Held,
    head: Head,
}

/// What holds the snapshot.
enum Held {
    /// In this process, where a statement more costs nothing.
    Sqlite(Transaction<'static, Any>),
    /// With a transaction that the pool ends when this comes back.
    Postgres(PoolConnection<Any>),
}

impl Reader {
    pub(crate) const fn sqlite(transaction: Transaction<'static, Any>, head: Head) -> Self {
        Self { held: Held::Sqlite(transaction), head }
    }

    pub(crate) const fn postgres(connection: PoolConnection<Any>, head: Head) -> Self {
        Self { held: Held::Postgres(connection), head }
    }

    /// The log and its head in this snapshot.
    pub(crate) const fn head(&self) -> Head {
        self.head
    }

    /// The log's head in this snapshot.
    pub const fn as_of(&self) -> Seq {
        self.head.seq
    }
}

impl Deref for Reader {
    type Target = AnyConnection;
    fn deref(&self) -> &AnyConnection {
        match &self.held {
            Held::Sqlite(transaction) => transaction,
            Held::Postgres(connection) => connection,
        }
    }
}

impl DerefMut for Reader {
    fn deref_mut(&mut self) -> &mut AnyConnection {
        match &mut self.held {
            Held::Sqlite(transaction) => transaction,
            Held::Postgres(connection) => connection,
        }
    }
}
