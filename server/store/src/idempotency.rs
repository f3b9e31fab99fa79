//! Idempotency keys: what was done at a request is remembered, so that the same request, sent again, is
//! answered again and done once.
//!
//! The key is claimed first and the answer kept last, in the transaction that does the work. So both are there,
//! or neither; and of two at once the second waits until the first is through, on whichever node it is.

use std::sync::Arc;

use domain::{Changed, UserId};
use serde::{Serialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};

use crate::{Error, Result, Store, clock, row::Columns, token::hex, writing::Writing};

/// How long an answer is remembered, in milliseconds: a day.
const REMEMBERED: i64 = 24 * 60 * 60 * 1_000;

/// What somebody wants done, once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intention {
    account: String,
    key: String,
    function: String,
    content: String,
}

impl Intention {
    /// What an account asks of a function with this key. `content` tells it from what else could be asked.
    pub fn new(account: Option<UserId>, key: &[u8], function: &str, content: &[u8]) -> Self {
        // The key is in both hashes: it is random, so nobody who reads the table can try out contents.
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
        if first.text("function")? == self.function && first.text("content")? == self.content {
            Err(Error::Answered(Answered(first.text("answer")?.into())))
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
    pub(crate) fn now<T: Serialize>(answer: &Changed<T>) -> Result<Self> {
        let answer = serde_json::to_string(answer).map_err(|error| Error::Internal(error.to_string().into()))?;
        Ok(Self(answer.into()))
    }

    /// The answer of a write whose key was taken by the same request: that of the first.
    pub fn again<T: DeserializeOwned>(result: Result<Changed<T>>) -> Result<Changed<T>> {
        match result {
            Err(Error::Answered(Self(answer))) => serde_json::from_str(&answer).map_err(Error::corrupt),
            result => result,
        }
    }
}

impl Store {
    /// The same library, for somebody who wants something done once: the next write is, however often it is
    /// asked for.
    #[must_use]
    pub fn intending(self, intention: Intention) -> Self {
        Self { intention: Some(Arc::new(intention)), ..self }
    }

    /// Forgets what was answered more than a day ago, and says how much that was.
    pub async fn forget_answers(&self) -> Result<u64> {
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
    use domain::{Email, Name, Password, Role, SignUp};

    use super::*;
    use crate::Address;

    #[tokio::test]
    async fn an_answer_is_remembered_for_a_day() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(&Address::Sqlite(folder.path().join("library.db"))).await.expect("a library");
        let sign_up = || SignUp {
            name: Name::parse("Ada").expect("a name"),
            email: Email::parse("ada@quire.example").expect("an address"),
            password: Password::parse("a long password").expect("a password"),
            role: Role::Reader,
        };
        let once = store.clone().intending(Intention::new(None, b"k", "register", b"Ada"));
        let register = || once.register(sign_up());
        let first = register().await.expect("an account");
        assert_eq!(store.forget_answers().await.expect("it is asked"), 0);
        assert_eq!(Answered::again(register().await).expect("the same answer"), first);
        let mut writing = store.database.begin_writing().await.expect("a transaction");
        let aged = sqlx::query("update idempotency_keys set at = at - $1").bind(REMEMBERED + 1);
        aged.execute(&mut writing).await.expect("a day later");
        writing.commit().await.expect("a commit");
        assert_eq!(store.forget_answers().await.expect("it is asked"), 1);
        assert!(matches!(register().await, Err(Error::AddressTaken)), "it is asked anew");
    }
}
