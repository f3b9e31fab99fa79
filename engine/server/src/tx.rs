//! A Tx: rows and the fact about them, in one transaction.
//!
//! The only way to keep what a `Tx` wrote is [`Tx::commit`], which takes the change; dropping it rolls back. Only a
//! [`Writer`] begins one, and an app keeps its writer to itself.

use std::{
    ops::{Deref, DerefMut},
    sync::Arc,
};

use abreast_core::observe::Way;
use serde::Serialize;
use tracing::Instrument;

use crate::{
    Answered, App, Database, Error, Intention, Result, Writing,
    database::Kind,
    log::{self, Appended},
    node::Node,
    nouns::Changed,
    push::Push,
};

/// Begins to write. Cheap to clone.
#[derive(Clone)]
pub struct Writer<A: App> {
    pub(crate) database: Database,
    pub(crate) node: Arc<Node<A>>,
    pub(crate) push: Option<Push<A>>,
    /// What its holder wants done once, if they said so.
    pub(crate) intention: Option<Arc<Intention>>,
}

/// Rows being written. Ends in a commit with its change, or leaves nothing behind.
pub struct Tx<A: App> {
    writing: Writing,
    kind: Kind,
    node: Arc<Node<A>>,
    push: Option<Push<A>>,
    intention: Option<Arc<Intention>>,
    #[cfg(debug_assertions)]
    watched: bool,
}

impl<A: App> Writer<A> {
    /// The database, for what is read and written past the engine.
    pub const fn database(&self) -> &Database {
        &self.database
    }

    /// The same, with an intention: the next write is done once, however often it is asked for.
    #[must_use]
    pub fn intending(self, intention: Intention) -> Self {
        Self { intention: Some(Arc::new(intention)), ..self }
    }

    /// Begins to write. If the same was asked with the same idempotency key before, its answer is the error.
    pub async fn begin(&self) -> Result<Tx<A>, A::Error> {
        Ok(self.begin_intending(self.intention.clone()).await?)
    }

    /// Begins to write what is done each time it is asked for.
    pub async fn begin_each_time(&self) -> Result<Tx<A>, A::Error> {
        Ok(self.begin_intending(None).await?)
    }

    async fn begin_intending(&self, intention: Option<Arc<Intention>>) -> Result<Tx<A>> {
        let mut writing = self.database.begin_writing().await?;
        #[cfg(debug_assertions)]
        let watched = self.database.watches_rows();
        #[cfg(debug_assertions)]
        if watched {
            crate::touched::forget(&mut writing, <A::Rows as crate::RowRules<A>>::TABLES).await?;
        }
        if let Some(intention) = &intention {
            intention.claim(&mut writing).await?;
        }
        Ok(Tx {
            writing,
            kind: self.database.kind(),
            node: Arc::clone(&self.node),
            push: self.push.clone(),
            intention,
            #[cfg(debug_assertions)]
            watched,
        })
    }
}

/// What a write is answered with.
trait Answering: Send + 'static {
    type Value: Serialize + Send;

    /// Has it, once the commit has its position.
    fn answer(self, db: &mut Writing) -> impl Future<Output = Result<Self::Value>> + Send;
}

/// What was known before.
struct Given<T>(T);

impl<T: Serialize + Send + 'static> Answering for Given<T> {
    type Value = T;

    async fn answer(self, _: &mut Writing) -> Result<T> {
        Ok(self.0)
    }
}

/// How many there are: a statement, and what is bound to it.
pub struct Count {
    /// The statement.
    pub statement: &'static str,
    /// The text that is bound to it.
    pub what: String,
}

impl Answering for Count {
    type Value = u32;

    async fn answer(self, db: &mut Writing) -> Result<u32> {
        let count: i64 = sqlx::query_scalar(self.statement).bind(self.what).fetch_one(db).await?;
        u32::try_from(count).map_err(Error::corrupt)
    }
}

impl<A: App> Tx<A> {
    /// Commits the rows together with the fact they made true, and tells this node's tiers before
    /// others hear of it (rules 1 and 5).
    ///
    /// Runs to its end even if the asker goes away: a commit that this node's follower did not
    /// hear of would be served stale until the lease runs out.
    pub async fn commit<T: Serialize + Send + 'static>(
        self,
        change: A::Change,
        value: T,
    ) -> Result<Changed<T, A>, A::Error> {
        Ok(self.commit_answering(change, Given(value)).await?)
    }

    /// The same, answered with a number that belongs to the position: it is counted while the log's head is this
    /// transaction's, after all that stands below it and before anything above.
    pub async fn commit_counting(self, change: A::Change, count: Count) -> Result<Changed<u32, A>, A::Error> {
        Ok(self.commit_answering(change, count).await?)
    }

    async fn commit_answering<V: Answering>(self, change: A::Change, answering: V) -> Result<Changed<V::Value, A>> {
        tokio::spawn(self.commit_and_tell(change, answering).in_current_span())
            .await
            .map_err(|died| Error::Internal(died.to_string().into()))?
    }

    #[tracing::instrument(level = "debug", skip_all)]
    async fn commit_and_tell<V: Answering>(mut self, change: A::Change, answering: V) -> Result<Changed<V::Value, A>> {
        let told = self.node.told();
        let Appended { row, has_leapt } = log::append::<A>(&mut self.writing, self.kind, &change, told).await?;
        #[cfg(debug_assertions)]
        if self.watched {
            crate::touched::assert_covered::<A>(&mut self.writing, &change, &row.receipt.directives).await?;
        }
        let value = answering.answer(&mut self.writing).await?;
        let changed: Changed<_, A> = abreast_envelope::seal(row.receipt.clone(), value);
        if let Some(intention) = &self.intention {
            let answer = Answered::now(&changed)?;
            intention.keep(&mut self.writing, answer).await?;
        }
        if let Err(error) = self.writing.commit().await {
            // It may be in the log all the same: nothing is served from cache before that is known.
            self.node.revoke_lease();
            return Err(Error::of_commit(error));
        }
        if has_leapt {
            self.node.was_set_back(told);
        }
        let row = Arc::new(row);
        self.node.apply(Arc::clone(&row), Way::Commit);
        if let Some(push) = &self.push {
            push.publish(row);
        }
        Ok(changed)
    }
}

impl<A: App> Deref for Tx<A> {
    type Target = Writing;
    fn deref(&self) -> &Writing {
        &self.writing
    }
}

impl<A: App> DerefMut for Tx<A> {
    fn deref_mut(&mut self) -> &mut Writing {
        &mut self.writing
    }
}
