//! The shared tier: answers that any node has read, for all of them, in Redis.
//!
//! One GET for each read that memory can't answer. What comes back is judged by this node's
//! follower exactly as what memory holds (see `fetch`), so that Redis can be old, empty or lying and
//! no reader is told anything wrong. It can also be slow or gone: no reader waits for it longer than a
//! few milliseconds, and after some failures none does for a while ([`Breaker`]).

mod address;
mod link;
mod payload;
mod writer;

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use abreast_core::{Breaker, Entry, Key, LogId, Noun, Policy};
use redis::{AsyncCommands, RedisError, RedisResult};
use serde::{Serialize, de::DeserializeOwned};
use tokio::sync::mpsc;

pub use self::address::RedisAddress;
pub(crate) use self::link::Link;
use self::writer::Write;
use crate::{metrics::Metrics, seal::Seal};

/// How many answers wait to be written at most; more are not kept. Each is also in memory.
const BACKLOG: usize = 256;

/// Seconds for which the nodes' word stays when none renews it.
const NODES_STAY: i64 = 60;

/// Redis, as one node sees it.
pub(crate) struct Shared {
    redis: Arc<Guarded>,
    /// Keys begin with the app and the log's id: answers of another database, or of this one before it was
    /// restored under a new id, are never met.
    prefix: String,
    seal: Seal,
    writes: mpsc::Sender<Write>,
}

/// A connection behind a circuit breaker.
pub(crate) struct Guarded {
    link: Arc<Link>,
    breaker: Mutex<Breaker>,
    started: Instant,
    patience: Duration,
}

/// Why Redis did not answer.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Unanswered {
    /// It failed a moment ago, and was not asked.
    #[error("the circuit breaker is open")]
    BreakerOpen,
    /// It said nothing in time.
    #[error("no answer in time")]
    Slow,
    /// There is no connection, or Redis refused.
    #[error(transparent)]
    Refused(#[from] RedisError),
    /// What it holds is nothing this program wrote.
    #[error("not an answer of ours")]
    Corrupt,
}

impl Shared {
    /// The tier of this app's log. Answers are worth no more than `patience`.
    pub(crate) fn new(
        link: Arc<Link>,
        (app, log): (&str, LogId),
        seal: Seal,
        patience: Duration,
        metrics: Arc<Metrics>,
    ) -> Self {
        let redis = Arc::new(Guarded { link, breaker: Mutex::default(), started: Instant::now(), patience });
        let (writes, queue) = mpsc::channel(BACKLOG);
        tokio::spawn(writer::write_all(Arc::clone(&redis), queue, metrics));
        Self { redis, prefix: format!("{app}:{log}:"), seal, writes }
    }

    /// What is kept of this key, whatever it is worth, and its bytes.
    pub(crate) async fn get<V, T>(&self, key: &Key) -> Result<Option<(Entry<V, T>, u64)>, Unanswered>
    where
        V: DeserializeOwned,
        T: Noun,
    {
        let name = self.name(key);
        let get = async |mut connection: link::Connection| connection.get::<_, Option<Vec<u8>>>(&name).await;
        match self.redis.ask(self.redis.patience, get).await? {
            None => Ok(None),
            Some(bytes) => {
                let entry = payload::decode(&self.seal, &name, &bytes).ok_or(Unanswered::Corrupt)?;
                Ok(Some((entry, bytes.len() as u64)))
            }
        }
    }

    /// Keeps an Entry for all nodes, unless a newer one is kept (rule 4). Off the asker's path, and
    /// not at all when Redis can't keep up.
    pub(crate) fn offer<V, T>(&self, key: &Key, entry: &Arc<Entry<V, T>>, policy: Policy)
    where
        V: Serialize + Send + Sync + 'static,
        T: Noun,
    {
        let (entry, seal, name) = (Arc::clone(entry), self.seal.clone(), self.name(key));
        let encode = {
            let name = name.clone();
            Box::new(move || payload::encode(&seal, &name, &entry))
        };
        self.write(Write::Keep { key: key.clone(), name, encode, keep_for: policy.lifetime(key) });
    }

    /// Forgets what is kept of this key: no reader should meet it again.
    pub(crate) fn discard(&self, key: &Key) {
        self.write(Write::Discard { key: key.clone(), name: self.name(key) });
    }

    /// Leaves word of a node under its id, and gives what all left.
    pub(crate) async fn exchange(&self, id: &str, word: &str) -> Result<HashMap<String, String>, Unanswered> {
        let name = self.nodes();
        let exchange = async |mut connection: link::Connection| {
            let mut both = redis::pipe();
            // Goes by itself when the last node has gone.
            both.hset(&name, id, word).ignore().expire(&name, NODES_STAY).ignore().hgetall(&name);
            let (said,): (HashMap<String, String>,) = both.query_async(&mut connection).await?;
            Ok(said)
        };
        self.redis.ask(self.redis.patience, exchange).await
    }

    /// Takes away the word of nodes that are gone.
    pub(crate) async fn forget_nodes(&self, ids: &[String]) -> Result<(), Unanswered> {
        let name = self.nodes();
        let forget = async |mut connection: link::Connection| connection.hdel::<_, _, ()>(&name, ids).await;
        self.redis.ask(self.redis.patience, forget).await
    }

    fn nodes(&self) -> String {
        format!("{}nodes", self.prefix)
    }

    /// Whether the circuit breaker is open, or half open.
    pub(crate) fn is_breaker_open(&self) -> bool {
        !self.redis.breaker().is_closed()
    }

    fn write(&self, write: Write) {
        // Full, or the node is ending: nothing is lost but speed.
        let _ = self.writes.try_send(write);
    }

    fn name(&self, key: &Key) -> String {
        format!("{}{key}", self.prefix)
    }
}

impl Guarded {
    /// Asks, unless the circuit breaker is open, and for no longer than `patience`.
    async fn ask<T>(
        &self,
        patience: Duration,
        ask: impl AsyncFnOnce(link::Connection) -> RedisResult<T>,
    ) -> Result<T, Unanswered> {
        if !self.breaker().admits(self.started.elapsed()) {
            return Err(Unanswered::BreakerOpen);
        }
        let asked = tokio::time::timeout(patience, async { ask(self.link.connection()?).await }).await;
        match asked {
            Ok(Ok(answer)) => {
                self.breaker().succeeded();
                Ok(answer)
            }
            Ok(Err(error)) => {
                self.failed(error.is_unrecoverable_error());
                Err(error.into())
            }
            Err(_) => {
                self.failed(false);
                Err(Unanswered::Slow)
            }
        }
    }

    fn failed(&self, is_cut: bool) {
        let is_opened = self.breaker().failed(self.started.elapsed());
        if is_opened {
            tracing::warn!("Redis does not answer and is left alone for a while");
        }
        // A connection that was silently cut looks slow for ever: who tries next gets a new one.
        if is_opened || is_cut {
            self.link.reconnect();
        }
    }

    fn breaker(&self) -> MutexGuard<'_, Breaker> {
        self.breaker.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use abreast_core::{Millis, Seq, Tags};

    use super::*;
    use crate::{
        example::Tag,
        secret::{Purpose, Secret},
    };

    const POLICY: Policy = Policy::minutes(10);

    /// Rule 4, in Redis itself: a load that began earlier and ends later takes nothing back.
    #[tokio::test]
    async fn never_back() {
        let address = services::redis().url().parse().expect("an address");
        let log = ("example", LogId::from_bits(4));
        let seal = Seal::new(&Secret::for_tests(1), Purpose::Answers);
        let shared = Shared::new(Link::open(address).await, log, seal, Duration::from_secs(2), Arc::default());
        let key = Key::from_text("list.1");
        for (value, as_of, expected) in [(1u32, 5, 1), (2, 3, 1), (3, 5, 3), (4, 1_000, 4), (5, 999, 4), (6, 1_000, 6)]
        {
            let tags = Tags::of(Tag::List, []);
            let entry = Arc::new(Entry { value, tags, as_of: Seq(as_of), stored_at: Millis(0) });
            shared.offer(&key, &entry, POLICY);
            // One after the other: once the next is there, this one was taken or refused.
            let after = Key::from_text(&format!("after.1?value={value}"));
            shared.offer(&after, &entry, POLICY);
            while shared.get::<u32, Tag>(&after).await.expect("an answer").is_none() {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
            let (kept, _) = shared.get::<u32, Tag>(&key).await.expect("an answer").expect("an entry");
            assert_eq!(kept.value, expected, "{value} at {as_of}");
        }
        let left = services::redis().command(&["pttl", &shared.name(&key)]);
        let left: i64 = left.trim_start_matches(':').lines().next().and_then(|line| line.parse().ok()).expect("a time");
        assert!((1..=POLICY.keep_for).contains(&left), "it goes by itself: {left}");
    }
}
