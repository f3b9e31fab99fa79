//! Reading through the tiers.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Instant,
};

use domain::{CacheEvent, CatchUp, Entry, Judgement, Key, LogId, Millis, Outcome, Query, Seq, Tag, Tags, Tier, UserId};

use tokio::sync::broadcast;

use crate::{
    Error, Heard, Load, Result, Store, clock,
    lives::Kind,
    log,
    memory::Found,
    metrics::{Metrics, TIMED, micros},
    shared::Unanswered,
};

/// How often an answer that was overtaken is asked again before one is taken that was read after
/// the question, which is right whatever happens meanwhile.
const ATTEMPTS: usize = 3;

impl Store {
    /// Answers a query: from memory or from what the nodes share if the judgement allows it, else
    /// from the database, once for all who ask at the same time. `seen` is the highest position the asker has seen (rule 6).
    #[tracing::instrument(level = "debug", skip_all, fields(query = Q::NAME))]
    pub async fn fetch<Q: Load>(&self, query: &Q, seen: Seq) -> Result<Fetched<Q::Output>> {
        let begun = self.sampler.begin(&self.node);
        let fetched = self.answer(query, seen).await?;
        if let Some(begun) = begun {
            self.sampler.take(begun, query, seen, &fetched);
        }
        Ok(fetched)
    }

    async fn answer<Q: Load>(&self, query: &Q, seen: Seq) -> Result<Fetched<Q::Output>> {
        let key = query.key();
        // Slower, and never wrong: the database is always as far as anybody has seen.
        if !self.areas().has(Q::AREA) {
            return Ok(Fetched { keep: false, ..Fetched::fresh(self.load_timed(query, &key).await?, Tier::Database) });
        }
        let began = Metrics::begin();
        if let Err(blind) = self.node.confirm(&self.database, seen).await {
            return self.fall_back::<Q>(&key, seen, blind);
        }
        // All that the asker can have been told is at or below this.
        let asked = self.node.watermark();
        let now = clock::now();
        let held = self.held::<Q>(&key, now);
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
                self.memory.lives().hit(kind::<Q>(), TIMED.into());
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
                Err(error) if error.is_unavailable() => return self.fall_back::<Q>(&key, seen, error),
                // Joined, and read before the asker asked.
                Err(Error::NotThere { as_of }) if as_of < asked => {}
                Err(error) => return Err(error),
            }
        }
        Ok(Fetched::fresh(self.load_and_keep(query, &key).await?, Tier::Database))
    }

    /// What became of the asker's tags since it last heard. Only what the viewer may know.
    pub async fn catch_up(&self, of: LogId, since: Seq, tags: &[Tag], viewer: Option<UserId>) -> Result<CatchUp> {
        let mut reading = self.database.begin_reading().await?;
        if of != self.node.log() {
            return Ok(CatchUp::Lost { head: log::head(&mut *reading).await?.seq });
        }
        log::changes_since(&mut reading, since, tags, viewer).await
    }

    /// Hears of every commit from now on, wherever it is made, at the latest Δ later.
    pub fn listen(&self) -> broadcast::Receiver<Heard> {
        self.node.listen()
    }

    /// Makes sure that the log can be read, and this node is as far as `seen` and no further behind
    /// than Δ.
    pub async fn confirm(&self, seen: Seq) -> Result<()> {
        self.node.confirm(&self.database, seen).await
    }

    /// A position that is not below anything that whoever was just refused a write can have been told of:
    /// what was refused was read in a transaction that had none. Nothing is served below it here.
    pub async fn after_refusal(&self) -> Result<Seq> {
        self.node.doubt();
        self.confirm(Seq::ZERO).await?;
        Ok(self.watermark())
    }

    /// The one judgement, for a tier outside this package. [`Self::confirm`] comes first.
    pub fn judge(&self, tags: &Tags, as_of: Seq) -> Judgement {
        self.node.judge(tags, as_of)
    }

    /// Now, as Entries are stamped.
    pub fn now(&self) -> Millis {
        clock::now()
    }

    /// How far this node's follower is.
    pub fn watermark(&self) -> Seq {
        self.node.watermark()
    }

    /// Which log this library keeps.
    pub fn log_id(&self) -> LogId {
        self.node.log()
    }

    fn held<Q: Query>(&self, key: &Key, now: Millis) -> Option<Found<Q::Output>> {
        self.memory.get(key, now).filter(|found| self.is_fresh(&found.entry))
    }

    fn is_fresh<T>(&self, entry: &Entry<T>) -> bool {
        self.node.judge(&entry.tags, entry.as_of).is_fresh()
    }

    /// What another node read, if it may be served here: judged as what memory holds is.
    #[tracing::instrument(level = "debug", skip_all)]
    pub(crate) async fn take_from_shared<Q: Query>(&self, key: &Key) -> Option<Arc<Entry<Q::Output>>> {
        let shared = self.shared.as_ref()?;
        let began = Instant::now();
        let found = shared.get::<Q::Output>(key).await;
        let (outcome, entry) = match found {
            Ok(Some((entry, _))) if !self.has_reached(entry.as_of).await => {
                tracing::warn!(%key, as_of = %entry.as_of, "Redis holds what the log does not reach");
                shared.discard(key);
                (Outcome::Error, None)
            }
            Ok(Some((entry, bytes))) if self.is_fresh(&entry) => (Outcome::Hit, Some((Arc::new(entry), bytes))),
            Ok(_) | Err(Unanswered::LeftAlone) => (Outcome::Miss, None),
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
        // A node of this library sealed it, so the log has been there.
        self.node.watermark() >= as_of || self.node.reaches(&self.database, as_of).await
    }

    pub(crate) async fn load_and_keep<Q: Load>(&self, query: &Q, key: &Key) -> Result<Arc<Entry<Q::Output>>> {
        let entry = self.load_timed(query, key).await?;
        self.memory.offer(key, &entry, kind::<Q>());
        if let Some(shared) = &self.shared {
            shared.offer(key, &entry, Q::POLICY);
        }
        Ok(entry)
    }

    async fn load_timed<Q: Load>(&self, query: &Q, key: &Key) -> Result<Arc<Entry<Q::Output>>> {
        let began = Instant::now();
        let loaded = self.load(query).await;
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
    fn fall_back<Q: Query>(&self, key: &Key, seen: Seq, error: Error) -> Result<Fetched<Q::Output>> {
        let held = self
            .memory
            .get(key, clock::now())
            .filter(|Found { entry, .. }: &Found<Q::Output>| self.node.may_fall_back(&entry.tags, entry.as_of, seen));
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
const fn kind<Q: Query>() -> Kind {
    Kind { name: Q::NAME, policy: Q::POLICY }
}

/// An answer that shares its Entry with the memory tier.
pub struct Fetched<T> {
    /// The Entry.
    pub entry: Arc<Entry<T>>,
    /// It is known to be old, and nothing newer could be had.
    pub stale: bool,
    /// Others may keep it: its area's caches are on.
    pub keep: bool,
    /// What answered.
    pub tier: Tier,
}

impl<T> Fetched<T> {
    const fn fresh(entry: Arc<Entry<T>>, tier: Tier) -> Self {
        Self { entry, stale: false, keep: true, tier }
    }
}
