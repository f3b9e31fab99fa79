//! Three nodes, each with wires of its own to one PostgreSQL and one Redis.
//!
//! Where the machine allows it each node is a host of its own, with one cable to what it asks and
//! another to those who ask it; else all share this machine's loopback, and only the wires can be cut.

use std::{
    fs::{self, File},
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use services::{Database, Network, Postgres, Redis, Side, Wire, free_port};

use super::{history, site::child::Program};

/// How many nodes.
pub(crate) const NODES: usize = 3;

const LOOPBACK: &str = "127.0.0.1";

/// All that can fail.
pub(crate) struct Cluster {
    pub(crate) nodes: Vec<Node>,
    pub(crate) network: Option<Arc<Network>>,
    pub(crate) database: Database,
    pub(crate) postgres: Postgres,
    pub(crate) redis: Redis,
}

/// A node, which comes back at the same address when it was killed.
pub(crate) struct Node {
    pub(crate) base: String,
    pub(crate) to_redis: Wire,
    pub(crate) to_postgres: Wire,
    number: usize,
    network: Option<Arc<Network>>,
    says: PathBuf,
    database: String,
    redis: String,
    program: Mutex<Option<Program>>,
}

impl Cluster {
    /// Starts the services; the nodes wait to be started.
    pub(crate) async fn prepare(name: &str) -> Self {
        let (postgres, redis) = (Postgres::start(), Redis::start());
        let database = postgres.empty();
        let network = Network::lay(NODES).map(Arc::new);
        let network = network.inspect_err(|why| println!("no cables to cut here, only connections: {why}")).ok();
        let here = network.as_ref().map_or_else(|| LOOPBACK.to_owned(), |network| network.address(Side::Back));
        let mut nodes = Vec::new();
        for number in 0..NODES {
            let to_redis = Wire::lay(&here, port(&redis.url())).await;
            let to_postgres = Wire::lay(&here, port(&database.url)).await;
            let direct = format!("{LOOPBACK}:{}/", port(&database.url));
            let there = network.as_ref().map(|network| network.address_of(number, Side::Front));
            nodes.push(Node {
                base: format!("http://{}:{}", there.as_deref().unwrap_or(LOOPBACK), free_port()),
                database: database.url.replace(&direct, &format!("{here}:{}/", to_postgres.port)),
                redis: format!("redis://{here}:{}/", to_redis.port),
                to_redis,
                to_postgres,
                number,
                network: network.clone(),
                says: history::folder().join(format!("{name}-node{number}.log")),
                program: Mutex::default(),
            });
        }
        for node in &nodes {
            fs::remove_file(&node.says).ok();
        }
        Self { nodes, network, database, postgres, redis }
    }
}

impl Node {
    /// Starts it, and waits until it listens.
    pub(crate) fn start(&self) {
        let said = File::options().create(true).append(true).open(&self.says).expect("a file for what it says");
        let mut command = match &self.network {
            Some(network) => Program::serve_by(|program| network.command(self.number, program)),
            None => Program::serve(),
        };
        command.args(["--addr", self.base.trim_start_matches("http://"), "--database", &self.database]);
        command.args(["--redis", &self.redis]).stderr(said);
        // Each looks again at all that it can.
        command.args(["--sample", "1"]);
        *self.program() = Some(Program::run(&mut command));
    }

    /// What it said of answers that it should not have given.
    pub(crate) fn confessions(&self) -> Vec<String> {
        let says = fs::read_to_string(&self.says).expect("what it says");
        says.lines().filter(|line| line.contains("should not have been served")).map(str::to_owned).collect()
    }

    /// Kills it without warning.
    pub(crate) fn kill(&self) {
        if let Some(program) = self.program().take() {
            program.kill();
        }
    }

    /// Sends it a signal, by name.
    pub(crate) fn signal(&self, name: &str) {
        self.program().as_ref().expect("it runs").signal(name);
    }

    /// From now on nothing arrives at either end of its cable, if it has one.
    pub(crate) fn cut(&self, side: Side) {
        self.network.as_ref().inspect(|network| network.cut(self.number, side));
    }

    /// Joins them again.
    pub(crate) fn mend(&self, side: Side) {
        self.network.as_ref().inspect(|network| network.mend(self.number, side));
    }

    fn program(&self) -> MutexGuard<'_, Option<Program>> {
        self.program.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The port in a service's URL.
fn port(url: &str) -> u16 {
    let port = url.rsplit(':').next().and_then(|rest| rest.split('/').next());
    port.and_then(|port| port.parse().ok()).expect("a URL with a port")
}
