//! Three nodes, each with wires of its own to one PostgreSQL and one Redis.

use std::{
    fs::{self, File},
    path::PathBuf,
    sync::{Mutex, MutexGuard, PoisonError},
};

use services::{Database, Postgres, Redis, free_port};

use super::{history, site::child::Program, wire::Wire};

/// How many nodes.
pub(crate) const NODES: usize = 3;

/// All that can fail.
pub(crate) struct Cluster {
    pub(crate) nodes: Vec<Node>,
    pub(crate) database: Database,
    pub(crate) postgres: Postgres,
    pub(crate) redis: Redis,
}

/// A node, which comes back at the same address when it was killed.
pub(crate) struct Node {
    pub(crate) base: String,
    pub(crate) to_redis: Wire,
    pub(crate) to_postgres: Wire,
    says: PathBuf,
    database: String,
    program: Mutex<Option<Program>>,
}

impl Cluster {
    /// Starts the services; the nodes wait to be started.
    pub(crate) async fn prepare(name: &str) -> Self {
        let (postgres, redis) = (Postgres::start(), Redis::start());
        let database = postgres.empty();
        let mut nodes = Vec::new();
        for number in 0..NODES {
            let (to_redis, to_postgres) = (Wire::to(port(&redis.url())).await, Wire::to(port(&database.url)).await);
            let through = format!(":{}/", to_postgres.port);
            nodes.push(Node {
                base: format!("http://127.0.0.1:{}", free_port()),
                database: database.url.replace(&format!(":{}/", port(&database.url)), &through),
                to_redis,
                to_postgres,
                says: history::folder().join(format!("{name}-node{number}.log")),
                program: Mutex::default(),
            });
        }
        for node in &nodes {
            fs::remove_file(&node.says).ok();
        }
        Self { nodes, database, postgres, redis }
    }
}

impl Node {
    /// Starts it, and waits until it listens.
    pub(crate) fn start(&self) {
        let said = File::options().create(true).append(true).open(&self.says).expect("a file for what it says");
        let mut command = Program::serve();
        command.args(["--addr", self.base.trim_start_matches("http://"), "--database", &self.database]);
        command.args(["--redis", &format!("redis://127.0.0.1:{}/", self.to_redis.port)]).stderr(said);
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

    fn program(&self) -> MutexGuard<'_, Option<Program>> {
        self.program.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The port in a service's URL.
fn port(url: &str) -> u16 {
    let port = url.rsplit(':').next().and_then(|rest| rest.split('/').next());
    port.and_then(|port| port.parse().ok()).expect("a URL with a port")
}
