//! Warming: what readers are about to ask is loaded before they do.
//!
//! One job a node, two loads at once, and none while anybody waits for a load of their own. It reads
//! through the same flights, judgement and memory as everybody, so it can't make anything wrong: at
//! worst it loads what nobody asks.

mod page;
mod queue;
mod readers;

use std::sync::Arc;

use domain::{Key, Outcome, StoryId, Tier, UserId};
use tokio::{
    sync::{
        broadcast::{self, error::RecvError},
        mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
    },
    task::{AbortHandle, JoinSet},
};

pub(crate) use self::readers::Readers;
use self::{
    page::{Page, touched},
    queue::{Because, Job, Queue},
};
use crate::{Heard, Load, Reader, Result, Store, shelves};

/// How many loads at once.
const AT_ONCE: usize = 2;
/// How many stories are loaded on start.
const POPULAR: i64 = 20;
/// How many of their own stories are loaded for somebody who signs in.
const NEWEST: usize = 10;

/// This node's job. It ends when this is dropped, with whatever it had begun.
pub(crate) struct Warm {
    signed_in: UnboundedSender<UserId>,
    job: AbortHandle,
}

impl Warm {
    /// Begins. The store it is given must hold no other, or neither would ever end.
    pub(crate) fn start(store: Store) -> Arc<Self> {
        let (signed_in, come) = unbounded_channel();
        let heard = store.node.listen();
        let job = tokio::spawn(run(store, heard, come)).abort_handle();
        Arc::new(Self { signed_in, job })
    }

    /// Somebody is about to look at their stories.
    pub(crate) fn signed_in(&self, user: UserId) {
        // A job that is over warms nothing.
        let _ = self.signed_in.send(user);
    }
}

impl Drop for Warm {
    fn drop(&mut self) {
        self.job.abort();
    }
}

async fn run(store: Store, mut heard: broadcast::Receiver<Heard>, mut signed_in: UnboundedReceiver<UserId>) {
    let mut queue = Queue::default();
    let mut under_way = JoinSet::new();
    match popular(&store).await {
        Ok(stories) => queue.extend(Because::Started, page::first_looked_at(&stories)),
        Err(error) => tracing::debug!(%error, "nothing is warmed on start"),
    }
    loop {
        tokio::select! {
            heard = heard.recv() => match heard {
                Ok(Heard::Row(row)) => queue.extend(Because::Touched, touched(&row.receipt.directives)),
                // What was missed is loaded by whoever asks.
                Ok(Heard::Lost(_)) | Err(RecvError::Lagged(_)) => {}
                Err(RecvError::Closed) => return,
            },
            Some(user) = signed_in.recv() => queue.extend(Because::SignedIn, [Page::bookshelf(user)]),
            Some(done) = under_way.join_next(), if !under_way.is_empty() => {
                if let Ok((because, next)) = done {
                    queue.extend(because, next);
                }
            }
            () = store.readers.none(), if under_way.len() < AT_ONCE && !queue.is_empty() => {
                if let Some(job) = queue.next().filter(|job| is_worth_it(&store, job)) {
                    let store = store.clone();
                    under_way.spawn(async move { (job.because, job.page.load(&store).await) });
                }
            }
        }
    }
}

/// After a change only what memory held, and somebody read since it was loaded, is loaded anew.
fn is_worth_it(store: &Store, job: &Job) -> bool {
    let held = store.memory.standing(&job.page.key(), store.now());
    match job.because {
        Because::Touched => held.is_some_and(|held| !held.is_true && held.is_read),
        Because::Started | Because::SignedIn => held.is_none_or(|held| !held.is_true),
    }
}

/// The stories that most people like, the newest among equals. Views would be the better sign, but
/// the database has none: to keep them each read would have to write.
async fn popular(store: &Store) -> Result<Vec<StoryId>> {
    shelves::popular(&mut Reader::begin(&store.database).await?, POPULAR).await
}

impl Store {
    /// Loads an answer that nobody has asked for, unless memory has it; nothing if it can't be had.
    async fn load_ahead<Q: Load>(&self, query: &Q) -> Option<Q::Output> {
        let key = query.key();
        self.confirm(domain::Seq::ZERO).await.ok()?;
        if !self.areas().has(Q::AREA) {
            return None;
        }
        let load = async {
            let entry = match self.take_from_shared::<Q>(&key).await {
                Some(entry) => entry,
                None => self.load_and_keep(query, &key).await?,
            };
            self.memory.came_ahead(&key, entry.as_of);
            self.note_ahead(&key);
            Ok(entry)
        };
        // An asker who joined the flight judges what landed; so will everybody who asks later.
        self.flights.join(&key, load).await.ok().map(|entry| entry.value.clone())
    }

    fn note_ahead(&self, key: &Key) {
        self.record(domain::CacheEvent {
            at: self.now(),
            tier: Tier::Memory,
            outcome: Outcome::Ahead,
            key: key.clone(),
            micros: None,
            bytes: None,
        });
    }
}
