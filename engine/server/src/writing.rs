//! A transaction whose answers are waited for, and not for ever.
//!
//! A database that is stopped, or whose packets go nowhere, closes no connection: it only says nothing, and
//! a writer would wait until the network gives the connection up, which takes hours. So each answer is
//! waited for only as long as a connection is. However long a write is, it ends that soon after the
//! last answer; if it had not begun to commit, nothing was saved.

use std::{fmt, pin::Pin};

use futures_util::{Stream, StreamExt, stream};
use sqlx::{
    Any, Database, Either, Execute, Executor, SqlStr, Transaction,
    any::{AnyQueryResult, AnyRow, AnyTypeInfo},
};
use tokio::time::timeout;

use crate::{Error, database::WRITE_TIMEOUT};

/// A transaction that may write.
pub struct Writing(Transaction<'static, Any>);

type Answer<T> = Result<T, sqlx::Error>;
type Waiting<'a, T> = Pin<Box<dyn Future<Output = Answer<T>> + Send + 'a>>;

impl Writing {
    /// Begins one.
    pub(crate) async fn begin(beginning: impl Future<Output = Answer<Transaction<'static, Any>>>) -> Answer<Self> {
        within(beginning).await.map(Self)
    }

    /// Keeps what was written. After a silence it is unknown whether it was kept.
    pub async fn commit(self) -> Answer<()> {
        within(self.0.commit()).await
    }
}

impl<'c> Executor<'c> for &'c mut Writing {
    type Database = Any;

    fn fetch_many<'e, 'q: 'e, E>(
        self,
        query: E,
    ) -> Pin<Box<dyn Stream<Item = Answer<Either<AnyQueryResult, AnyRow>>> + Send + 'e>>
    where
        'c: 'e,
        E: 'q + Execute<'q, Any>,
    {
        let answers = self.0.fetch_many(query);
        Box::pin(stream::unfold(Some(answers), |answers| async {
            let mut answers = answers?;
            match timeout(WRITE_TIMEOUT, answers.next()).await {
                Ok(answer) => Some((answer?, Some(answers))),
                Err(_) => Some((Err(Error::silence()), None)),
            }
        }))
    }

    fn fetch_optional<'e, 'q: 'e, E>(self, query: E) -> Waiting<'e, Option<AnyRow>>
    where
        'c: 'e,
        E: 'q + Execute<'q, Any>,
    {
        Box::pin(within(self.0.fetch_optional(query)))
    }

    fn prepare_with<'e>(self, sql: SqlStr, parameters: &'e [AnyTypeInfo]) -> Waiting<'e, <Any as Database>::Statement>
    where
        'c: 'e,
    {
        Box::pin(within(self.0.prepare_with(sql, parameters)))
    }
}

impl fmt::Debug for Writing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Writing")
    }
}

async fn within<T>(answer: impl Future<Output = Answer<T>>) -> Answer<T> {
    timeout(WRITE_TIMEOUT, answer).await.unwrap_or_else(|_| Err(Error::silence()))
}
