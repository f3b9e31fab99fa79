//! The store: the library, and this node's caches of it.

use std::ops::Deref;

use abreast_server::{Database, Engine, Settings, Writer};
use domain::{Areas, Device};

use crate::{Address, Intention, Library, Result, Tx, known_session::KnownSessions};

/// The library, and this node's caches of it. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    pub(crate) database: Database,
    engine: Engine<Library>,
    writer: Writer<Library>,
    pub(crate) sessions: KnownSessions,
    pub(crate) device: Device,
}

impl Store {
    /// Opens the database, brings its tables up to date and begins to follow its log.
    pub async fn open(address: &Address) -> Result<Self> {
        Self::open_with(address, Settings::default()).await
    }

    /// The same, with other settings than usual.
    pub async fn open_with(address: &Address, settings: Settings) -> Result<Self> {
        let (engine, writer) = Engine::open(address, settings).await?;
        Ok(Self {
            database: writer.database().clone(),
            engine,
            writer,
            sessions: KnownSessions::none_yet(),
            device: Device::default(),
        })
    }

    /// The same library, with an intention: the next write is done once, however often it is asked for.
    #[must_use]
    pub fn intending(self, intention: Intention) -> Self {
        Self { writer: self.writer.intending(intention), ..self }
    }

    /// The same library, written with this device: versions say so.
    #[must_use]
    pub fn on_device(self, device: Device) -> Self {
        Self { device, ..self }
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
        self.keep_areas(areas.into());
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
