//! One node of an app: its follower of the log, and its tiers.

use std::{sync::Arc, time::Duration};

use abreast_core::{Clocks, observe::sample::Share};

use crate::{
    Address, App, Database, RedisAddress, Result, Writer, clock,
    flight::Flights,
    memory::{self, Memory},
    metrics::Metrics,
    node::{Node, follow},
    nodes::Nodes,
    nouns::{Tag, Tags},
    push::Push,
    rollout::Rollout,
    sampler::Sampler,
    seal::Seal,
    secret::Purpose,
    shared::{Link, Shared},
    warm::{Readers, Warm},
    watch::Watch,
};

/// What an operator may choose.
#[derive(Debug, Clone)]
pub struct Settings {
    /// What the memory tier may hold, in bytes of encoded answers.
    pub memory_bytes: u64,
    /// Where the nodes share answers and tell each other of commits, if anywhere.
    pub redis: Option<RedisAddress>,
    /// How long an answer from there may take before the database is asked instead.
    pub redis_patience: Duration,
    /// For which areas answers are kept: a bit for each, at its [`App::place_of`].
    pub areas: u64,
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
            areas: u64::MAX,
            sample: Share::NONE,
            warm: false,
            clocks: clock::clocks,
        }
    }
}

/// A node that reads, and follows the log. What writes is its [`Writer`]. Cheap to clone.
#[derive(Clone)]
pub struct Engine<A: App> {
    pub(crate) database: Database,
    pub(crate) node: Arc<Node<A>>,
    pub(crate) memory: Arc<Memory<Tag<A>>>,
    pub(crate) shared: Option<Arc<Shared>>,
    pub(crate) flights: Arc<Flights<Tag<A>>>,
    pub(crate) metrics: Arc<Metrics>,
    pub(crate) rollout: Arc<Rollout>,
    pub(crate) watch: Arc<Watch>,
    pub(crate) sampler: Arc<Sampler<A>>,
    pub(crate) nodes: Arc<Nodes>,
    pub(crate) readers: Arc<Readers>,
    /// Not in the job's own handle of this.
    pub(crate) warm: Option<Arc<Warm<A>>>,
}

impl<A: App> Engine<A> {
    /// Opens the database, brings its tables up to date and begins to follow its log. An app that keeps the writer to
    /// itself has every write say what it changed.
    pub async fn open(address: &Address, settings: Settings) -> Result<(Self, Writer<A>), A::Error> {
        Ok(Self::start(address, settings).await?)
    }

    async fn start(address: &Address, settings: Settings) -> Result<(Self, Writer<A>)> {
        let database = Database::open(address, A::migrations()).await?;
        // In every debug build: what a transaction touches, its change must say.
        #[cfg(debug_assertions)]
        database.watch_rows(<A::Rows as crate::RowRules<A>>::TABLES).await?;
        let metrics = Arc::<Metrics>::default();
        let node = Node::start(&database, settings.redis.is_some(), Arc::clone(&metrics), settings.clocks).await?;
        let node = Arc::new(node);
        let judging = Arc::downgrade(&node);
        let judge =
            move |tags: &Tags<A>, as_of| judging.upgrade().is_some_and(|node| node.judge(tags, as_of).is_fresh());
        let memory = Arc::new(Memory::new(settings.memory_bytes, Arc::new(judge)));
        tokio::spawn(Memory::count_lifetimes_for(Arc::downgrade(&memory)));
        tokio::spawn(memory::sweep_for(Arc::clone(&memory), Arc::downgrade(&node), node.listen()));
        tokio::spawn(follow(Arc::downgrade(&node), database.clone(), 1 + usize::from(settings.warm)));
        let sampler = Arc::new(Sampler::start(settings.sample, &database));
        let (shared, push) = match settings.redis {
            Some(address) => {
                let link = Link::open(address).await;
                let push = Push::start(&link, &node);
                let seal = Seal::new(node.secret(), Purpose::Answers);
                let patience = settings.redis_patience;
                let shared = Shared::new(link, (A::NAME, node.log()), seal, patience, Arc::clone(&metrics));
                (Some(Arc::new(shared)), Some(push))
            }
            None => (None, None),
        };
        let writer = Writer { database: database.clone(), node: Arc::clone(&node), push, intention: None };
        let cold = Self {
            database,
            node,
            memory,
            shared,
            flights: Arc::default(),
            metrics,
            rollout: Arc::new(Rollout::new(settings.areas)),
            watch: Arc::default(),
            sampler,
            nodes: Arc::default(),
            readers: Arc::default(),
            warm: None,
        };
        let warm = settings.warm.then(|| Warm::start(cold.clone()));
        Ok((Self { warm, ..cold }, writer))
    }
}
