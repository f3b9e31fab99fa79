//! The store: the library, and this node's caches of it.

use std::{ops::Deref, time::Duration};

use abreast_server::{Database, Engine, Writer};
use domain::{Areas, Clocks, Share};

use crate::{Address, Intention, Library, RedisAddress, Result, Tx, clock};

/// What an operator may choose.
#[derive(Debug, Clone)]
pub struct Settings {
    /// What the memory tier may hold, in bytes of encoded answers.
    pub memory_bytes: u64,
    /// Where the nodes share answers and tell each other of commits, if anywhere.
    pub redis: Option<RedisAddress>,
    /// How long an answer from there may take before the database is asked instead.
    pub redis_patience: Duration,
    /// For which areas answers are kept.
    pub areas: Areas,
    /// Which share of what is served is looked at again.
    pub sample: Share,
    /// Whether what readers are about to ask is loaded before they do. For nodes that serve them.
    pub warm: bool,
    /// What leases are read by; a test may bring clocks that lie.
    pub clocks: fn() -> Clocks,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            memory_bytes: 256 * 1024 * 1024,
            redis: None,
            redis_patience: Duration::from_millis(50),
            areas: Areas::ALL,
            sample: Share::NONE,
            warm: false,
            clocks: clock::clocks,
        }
    }
}

/// The library, and this node's caches of it. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    pub(crate) database: Database,
    engine: Engine<Library>,
    writer: Writer<Library>,
}

impl Store {
    /// Opens the database, brings its tables up to date and begins to follow its log.
    pub async fn open(address: &Address) -> Result<Self> {
        Self::open_with(address, Settings::default()).await
    }

    /// The same, with other settings than usual.
    pub async fn open_with(address: &Address, settings: Settings) -> Result<Self> {
        let Settings { memory_bytes, redis, redis_patience, areas, sample, warm, clocks } = settings;
        let areas = areas.to_bits().into();
        let settings = abreast_server::Settings { memory_bytes, redis, redis_patience, areas, sample, warm, clocks };
        let (engine, writer) = Engine::open(address, settings).await?;
        Ok(Self { database: writer.database().clone(), engine, writer })
    }

    /// The same library, for somebody who wants something done once: the next write is, however often it is
    /// asked for.
    #[must_use]
    pub fn intending(self, intention: Intention) -> Self {
        Self { writer: self.writer.intending(intention), ..self }
    }

    /// Begins to write. Private to this package: a write elsewhere could not say what it changed. If the same
    /// was asked with the same idempotency key before, its answer is the error.
    pub(crate) async fn begin(&self) -> Result<Tx> {
        self.writer.begin().await
    }

    /// Begins to write what is done each time it is asked for.
    pub(crate) async fn begin_each_time(&self) -> Result<Tx> {
        self.writer.begin_each_time().await
    }

    /// For which areas answers are kept.
    pub fn areas(&self) -> Areas {
        areas_of(self.kept_areas())
    }

    /// Keeps answers of these areas from now on, and of no others. What is held of the others stays,
    /// and is judged like everything else should they come back.
    pub fn set_areas(&self, areas: Areas) {
        self.keep_areas(areas.to_bits().into());
        tracing::info!(%areas, "answers are kept for");
    }
}

/// Reading, following and looking after the node are the engine's.
impl Deref for Store {
    type Target = Engine<Library>;
    fn deref(&self) -> &Engine<Library> {
        &self.engine
    }
}

/// The areas in a set of the engine's.
pub(crate) fn areas_of(bits: u64) -> Areas {
    Areas::from_bits(u8::try_from(bits & u64::from(u8::MAX)).unwrap_or_default())
}
