//! Idempotency keys: what was done at a request is remembered, so that the same request, sent again, is
//! answered again and done once.
//!
//! The key is claimed first and the answer kept last, in the transaction that does the work. So both are there,
//! or neither; and of two at once the second waits until the first is through, on whichever node it is.

use std::{fmt::Display, sync::Arc};

use serde::{Serialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};

use sqlx::Row;

use crate::{App, Engine, Error, Result, Writing, clock, hex::hex};

/// How long an answer is remembered, in milliseconds: a day.
const REMEMBERED: i64 = 24 * 60 * 60 * 1_000;

/// What a client wants done, once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intention {
    account: String,
    key: String,
    function: String,
    content: String,
}

impl Intention {
    /// What an account asks of a function with this key. `content` tells it from what else could be asked.
    pub fn new(account: Option<impl Display>, key: &[u8], function: &str, content: &[u8]) -> Self {
        // The key is in both hashes: it is random, so a reader of the table can't try out contents.
        let hash = |parts: [&[u8]; 2]| {
            let sized = parts.into_iter().fold(Sha256::new(), |hash, part| {
                hash.chain_update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes()).chain_update(part)
            });
            hex(&sized.finalize())
        };
        Self {
            account: account.map(|account| account.to_string()).unwrap_or_default(),
            key: hash([b"key", key]),
            function: function.to_owned(),
            content: hash([key, content]),
        }
    }

    /// Takes the key, first thing in a transaction. An error if it was taken before: with the answer, if the
    /// same was asked. Waits for a transaction that has just taken it.
    pub(crate) async fn claim(&self, db: &mut Writing) -> Result<()> {
        let claimed = sqlx::query(
            "insert into idempotency_keys (account, key, function, content, answer, at) values ($1, $2, $3, $4, '', $5)
             on conflict do nothing",
        )
        .bind(&self.account)
        .bind(&self.key)
        .bind(&self.function)
        .bind(&self.content)
        .bind(clock::now().0)
        .execute(&mut *db)
        .await?;
        if claimed.rows_affected() == 1 {
            return Ok(());
        }
        let first =
            sqlx::query("select function, content, answer from idempotency_keys where account = $1 and key = $2")
                .bind(&self.account)
                .bind(&self.key)
                .fetch_one(db)
                .await?;
        if first.try_get::<String, _>("function")? == self.function
            && first.try_get::<String, _>("content")? == self.content
        {
            Err(Error::Answered(Answered(first.try_get::<String, _>("answer")?.into())))
        } else {
            Err(Error::KeyTaken)
        }
    }

    /// Keeps the answer, last thing in the transaction.
    pub(crate) async fn keep(&self, db: &mut Writing, answer: Answered) -> Result<()> {
        sqlx::query("update idempotency_keys set answer = $1 where account = $2 and key = $3")
            .bind(&*answer.0)
            .bind(&self.account)
            .bind(&self.key)
            .execute(db)
            .await?;
        Ok(())
    }
}

/// What was answered when the same was asked first.
#[derive(Debug, Clone)]
pub struct Answered(Arc<str>);

impl Answered {
    /// What is answered now.
    pub(crate) fn now(answer: &impl Serialize) -> Result<Self> {
        let answer = serde_json::to_string(answer).map_err(|error| Error::Internal(error.to_string().into()))?;
        Ok(Self(answer.into()))
    }

    /// The answer of a write whose key was taken by the same request: that of the first.
    pub fn again<T, E>(result: Result<T, E>) -> Result<T, E>
    where
        T: DeserializeOwned,
        E: From<Error> + Into<Error>,
    {
        match result.map_err(Into::<Error>::into) {
            Err(Error::Answered(Self(answer))) => Ok(serde_json::from_str(&answer).map_err(Error::corrupt)?),
            result => Ok(result?),
        }
    }
}

impl<A: App> Engine<A> {
    /// Forgets what was answered more than a day ago, and says how much that was.
    pub async fn forget_answers(&self) -> Result<u64, A::Error> {
        let mut writing = self.database.begin_writing().await?;
        let gone = sqlx::query("delete from idempotency_keys where at < $1")
            .bind(clock::now().0 - REMEMBERED)
            .execute(&mut writing)
            .await?;
        writing.commit().await?;
        Ok(gone.rows_affected())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Settings,
        example::{self, Change},
    };

    #[tokio::test]
    async fn an_answer_is_remembered_for_a_day() {
        let folder = tempfile::tempdir().expect("a folder");
        let (engine, writer) = example::open(&folder.path().join("app.db"), Settings::default()).await;
        let once = writer.clone().intending(Intention::new(None::<u64>, b"k", "save", b"page 1"));
        let save = async || once.begin().await?.commit(Change::Saved(1), ()).await;
        let first = save().await.expect("a commit");
        assert_eq!(engine.forget_answers().await.expect("it is asked"), 0);
        assert_eq!(Answered::again(save().await).expect("the same answer"), first);
        let mut writing = writer.database().begin_writing().await.expect("a transaction");
        let aged = sqlx::query("update idempotency_keys set at = at - $1").bind(REMEMBERED + 1);
        aged.execute(&mut writing).await.expect("a day later");
        writing.commit().await.expect("a commit");
        assert_eq!(engine.forget_answers().await.expect("it is asked"), 1);
        let anew = save().await.expect("it is asked anew");
        assert!(anew.record().seq > first.record().seq);
    }
}
