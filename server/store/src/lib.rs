//! Where the library is kept: every statement of SQL, and the tiers between the database and a query.
//!
//! In reading order: the database, how it is written ([`Tx`]) and read ([`Reader`]), what is kept
//! of it in memory, and one file for each noun.

mod error;
mod clock;
mod lease;
mod database;

mod log;
mod journal;
mod writing;
mod secret;
mod node;
mod tx;
mod idempotency;
#[cfg(debug_assertions)]
mod touched;

mod reader;
mod load;
mod flight;
mod lives;
mod memory;
mod metrics;
mod watch;
mod rollout;
mod seal;
mod shared;
mod push;
mod fetch;
mod sampler;
mod warm;
mod nodes;
mod doubt;
mod report;

mod row;
mod access;
mod order;
mod password;
mod token;
mod room;

mod account;
mod hashing;
mod session;
mod story;
mod part;
mod chapter;
mod scene;
mod manuscript;
mod bookshelf;
mod character;
mod setting;
mod cast;
mod import;

mod shelves;
mod contents;
mod post;
mod thread;
mod comment;
mod like;
mod demo;

use std::{sync::Arc, time::Duration};

use domain::{Areas, Clocks, Share, Tags};

pub use crate::{
    database::Address,
    error::Error,
    fetch::Fetched,
    idempotency::{Answered, Intention},
    load::Load,
    node::Heard,
    password::ResetToken,
    reader::Reader,
    sampler::Begun,
    session::SessionToken,
    shared::RedisAddress,
    tx::Tx,
};
use crate::{
    database::Database,
    flight::Flights,
    memory::Memory,
    metrics::Metrics,
    node::{Node, follow},
    nodes::Nodes,
    push::Push,
    rollout::Rollout,
    sampler::Sampler,
    seal::Seal,
    secret::Purpose,
    shared::{Link, Shared},
    warm::{Readers, Warm},
    watch::Watch,
};

/// The result of everything here.
pub type Result<T> = std::result::Result<T, Error>;

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
    /// Whether what readers are about to ask is loaded before they do. For whoever serves them.
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
    database: Database,
    node: Arc<Node>,
    memory: Arc<Memory>,
    shared: Option<Arc<Shared>>,
    push: Option<Push>,
    flights: Arc<Flights>,
    metrics: Arc<Metrics>,
    rollout: Arc<Rollout>,
    watch: Arc<Watch>,
    sampler: Arc<Sampler>,
    nodes: Arc<Nodes>,
    readers: Arc<Readers>,
    /// What whoever holds this wants done once, if they said so.
    intention: Option<Arc<Intention>>,
    /// Not in the job's own handle of this.
    warm: Option<Arc<Warm>>,
}

impl Store {
    /// Opens the database, brings its tables up to date and begins to follow its log.
    pub async fn open(address: &Address) -> Result<Self> {
        Self::open_with(address, Settings::default()).await
    }

    /// The same, with other settings than usual.
    pub async fn open_with(address: &Address, settings: Settings) -> Result<Self> {
        let database = Database::open(address).await?;
        let metrics = Arc::<Metrics>::default();
        let node =
            Arc::new(Node::start(&database, settings.redis.is_some(), Arc::clone(&metrics), settings.clocks).await?);
        let judging = Arc::downgrade(&node);
        let judge = move |tags: &Tags, as_of| judging.upgrade().is_some_and(|node| node.judge(tags, as_of).is_fresh());
        let memory = Arc::new(Memory::new(settings.memory_bytes, Arc::new(judge)));
        tokio::spawn(Memory::count_lives_for(Arc::downgrade(&memory)));
        tokio::spawn(Arc::clone(&memory).sweep_for(Arc::downgrade(&node), node.listen()));
        tokio::spawn(follow(Arc::downgrade(&node), database.clone(), 1 + usize::from(settings.warm)));
        let rollout = Arc::new(Rollout::new(settings.areas));
        let sampler = Arc::new(Sampler::start(settings.sample, &database));
        let (shared, push) = match settings.redis {
            Some(address) => {
                let link = Link::open(address).await;
                let push = Push::start(&link, &node);
                let seal = Seal::new(node.secret(), Purpose::Answers);
                let shared = Shared::new(link, node.log(), seal, settings.redis_patience, Arc::clone(&metrics));
                (Some(Arc::new(shared)), Some(push))
            }
            None => (None, None),
        };
        let cold = Self {
            database,
            node,
            memory,
            shared,
            push,
            flights: Arc::default(),
            metrics,
            rollout,
            watch: Arc::default(),
            sampler,
            nodes: Arc::default(),
            readers: Arc::default(),
            intention: None,
            warm: None,
        };
        let warm = settings.warm.then(|| Warm::start(cold.clone()));
        Ok(Self { warm, ..cold })
    }
}
