//! Reading through the tiers.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Instant,
};

use abreast_core::{
    Entry, Key, Millis, Noun, Query, Seq,
    observe::metrics::{CacheEvent, Outcome, Tier},
};

use crate::{
    App, Engine, Error, Load, Result, clock,
    lifetime_stats::Kind,
    memory::Found,
    metrics::{Metrics, TIMED, micros},
    nouns::Tag,
    shared::Unanswered,
};

/// How often an answer that was overtaken is asked again before one is taken that was read after
/// the question, which is right whatever happens meanwhile.
const ATTEMPTS: usize = 3;

impl<A: App> Engine<A> {
    /// Answers a query: from memory or from what the nodes share if the judgement allows it, else
    /// from the database, once for all who ask at the same time. `seen` is the highest position the asker has seen (rule 6).
    #[tracing::instrument(level = "debug", skip_all, fields(query = Q::NAME))]
    pub async fn fetch<Q>(&self, query: &Q, seen: Seq) -> Result<Fetched<Q::Output, Tag<A>>, A::Error>
    where
        Q: Query<Nouns = A::Nouns>,
        A: Load<Q>,
    {
        let begun = self.sampler.begin(&self.node);
        let fetched = self.answer(query, seen).await?;
        if let Some(begun) = begun {
            self.sampler.take(begun, query, seen, &fetched);
        }
        Ok(fetched)
    }

    async fn answer<Q>(&self, query: &Q, seen: Seq) -> Result<Fetched<Q::Output, Tag<A>>>
    where
        Q: Query<Nouns = A::Nouns>,
        A: Load<Q>,
    {
        let key = query.key();
        // Slower, and never wrong: the database is always as far as any asker has seen.
        if !self.keeps(Q::AREA) {
            return Ok(Fetched { keep: false, ..Fetched::fresh(self.load_timed(query, &key).await?, Tier::Database) });
        }
        let began = Metrics::begin();
        if let Err(blind) = self.node.confirm(&self.database, seen).await {
            return self.fall_back(&key, seen, blind);
        }
        // All that the asker can have been told is at or below this.
        let asked = self.node.watermark();
        let now = clock::now();
        let held = self.held(&key, now);
        self.metrics.record(CacheEvent {
            at: now,
            tier: Tier::Memory,
            outcome: if held.is_some() { Outcome::Hit } else { Outcome::Miss },
            key: key.clone(),
            micros: began.map(|began| micros(began.elapsed())),
            bytes: held.as_ref().map(|found| found.bytes),
        });
        if let Some(Found { entry, .. }) = held {
            tracing::debug!(as_of = %entry.as_of, "held in memory");
            if began.is_some() {
                self.memory.lifetime_stats().hit(kind::<Q>(), TIMED.into());
            }
            return Ok(Fetched::fresh(entry, Tier::Memory));
        }
        let _waits = self.readers.wait();
        for _ in 0..ATTEMPTS {
            let from_shared = AtomicBool::new(false);
            let load = async {
                self.memory.note_miss(&key, kind::<Q>(), now);
                match self.take_from_shared::<Q>(&key).await {
                    Some(entry) => {
                        from_shared.store(true, Ordering::Relaxed);
                        Ok(entry)
                    }
                    None => self.load_and_keep(query, &key).await,
                }
            };
            match self.flights.join(&key, load).await {
                // What landed may have been read before the asker asked.
                Ok(entry) if !self.is_fresh(&entry) => {}
                Ok(entry) => {
                    let tier = if from_shared.load(Ordering::Relaxed) { Tier::Redis } else { Tier::Database };
                    return Ok(Fetched::fresh(entry, tier));
                }
                Err(error) if error.is_unavailable() => return self.fall_back(&key, seen, error),
                // Joined, and read before the asker asked.
                Err(Error::NotThere { as_of }) if as_of < asked => {}
                Err(error) => return Err(error),
            }
        }
        Ok(Fetched::fresh(self.load_and_keep(query, &key).await?, Tier::Database))
    }

    fn held<V: Send + Sync + 'static>(&self, key: &Key, now: Millis) -> Option<Found<V, Tag<A>>> {
        self.memory.get(key, now).filter(|found| self.is_fresh(&found.entry))
    }

    fn is_fresh<V>(&self, entry: &Entry<V, Tag<A>>) -> bool {
        self.node.judge(&entry.tags, entry.as_of).is_fresh()
    }

    /// What another node read, if it may be served here: judged as what memory holds is.
    #[tracing::instrument(level = "debug", skip_all)]
    pub(crate) async fn take_from_shared<Q>(&self, key: &Key) -> Option<Arc<Entry<Q::Output, Tag<A>>>>
    where
        Q: Query<Nouns = A::Nouns>,
        A: Load<Q>,
    {
        let shared = self.shared.as_ref()?;
        let began = Instant::now();
        let found = shared.get(key).await;
        let (outcome, entry) = match found {
            Ok(Some((entry, _))) if !self.has_reached(entry.as_of).await => {
                tracing::warn!(%key, as_of = %entry.as_of, "Redis holds what the log does not reach");
                shared.discard(key);
                (Outcome::Error, None)
            }
            Ok(Some((entry, bytes))) if self.is_fresh(&entry) => (Outcome::Hit, Some((Arc::new(entry), bytes))),
            Ok(_) | Err(Unanswered::BreakerOpen) => (Outcome::Miss, None),
            Err(error) => {
                tracing::debug!(%key, %error, "Redis did not answer");
                if matches!(error, Unanswered::Corrupt) {
                    shared.discard(key);
                }
                (Outcome::Error, None)
            }
        };
        self.metrics.record(CacheEvent {
            at: clock::now(),
            tier: Tier::Redis,
            outcome,
            key: key.clone(),
            micros: Some(micros(began.elapsed())),
            bytes: entry.as_ref().map(|(_, bytes)| *bytes),
        });
        let (entry, _) = entry?;
        self.memory.offer(key, &entry, kind::<Q>());
        Some(entry)
    }

    /// Whether the log is as far as an answer claims to be. Another node's may be newer than this
    /// node's follower, which then reads the log first: what is served from a cache was judged by
    /// all of the log up to its own position.
    async fn has_reached(&self, as_of: Seq) -> bool {
        // A node of this log sealed it, so the log has been there.
        self.node.watermark() >= as_of || self.node.reaches(&self.database, as_of).await
    }

    pub(crate) async fn load_and_keep<Q>(&self, query: &Q, key: &Key) -> Result<Arc<Entry<Q::Output, Tag<A>>>>
    where
        Q: Query<Nouns = A::Nouns>,
        A: Load<Q>,
    {
        let entry = self.load_timed(query, key).await?;
        self.memory.offer(key, &entry, kind::<Q>());
        if let Some(shared) = &self.shared {
            shared.offer(key, &entry, Q::policy());
        }
        Ok(entry)
    }

    async fn load_timed<Q>(&self, query: &Q, key: &Key) -> Result<Arc<Entry<Q::Output, Tag<A>>>>
    where
        Q: Query<Nouns = A::Nouns>,
        A: Load<Q>,
    {
        let began = Instant::now();
        let loaded = self.read(query).await;
        let outcome = match &loaded {
            Ok(_) => Outcome::Hit,
            Err(error) if error.is_unavailable() => Outcome::Error,
            Err(_) => Outcome::Miss,
        };
        self.metrics.timed(Tier::Database, outcome, key, began);
        loaded
    }

    /// The database can't be asked: what is held may be shown, marked, unless it was evicted or the
    /// asker has seen newer (rule 9).
    fn fall_back<V: Send + Sync + 'static>(&self, key: &Key, seen: Seq, error: Error) -> Result<Fetched<V, Tag<A>>> {
        let held = self
            .memory
            .get(key, clock::now())
            .filter(|Found { entry, .. }: &Found<V, Tag<A>>| self.node.may_fall_back(&entry.tags, entry.as_of, seen));
        let outcome = if held.is_some() { Outcome::Stale } else { Outcome::Error };
        self.metrics.record(CacheEvent {
            at: clock::now(),
            tier: Tier::Memory,
            outcome,
            key: key.clone(),
            micros: None,
            bytes: None,
        });
        match held {
            Some(Found { entry, .. }) => {
                tracing::warn!(%key, %error, "served stale");
                Ok(Fetched { stale: true, ..Fetched::fresh(entry, Tier::Memory) })
            }
            None => Err(error),
        }
    }
}

/// What a query is called, and how long its answers may be kept.
fn kind<Q: Query>() -> Kind {
    Kind { name: Q::NAME, policy: Q::policy() }
}

/// An answer that shares its Entry with the memory tier.
pub struct Fetched<V, T: Noun> {
    /// The Entry.
    pub entry: Arc<Entry<V, T>>,
    /// It is known to be old, and nothing newer could be had.
    pub stale: bool,
    /// Others may keep it: its area's caches are on.
    pub keep: bool,
    /// What answered.
    pub tier: Tier,
}

impl<V, T: Noun> Fetched<V, T> {
    const fn fresh(entry: Arc<Entry<V, T>>, tier: Tier) -> Self {
        Self { entry, stale: false, keep: true, tier }
    }
}
