//! What fails, for how long, and in which order.

use std::time::Duration;

use rand::{Rng, SeedableRng, rngs::StdRng, seq::SliceRandom};
use serde_json::json;
use services::{Mode, Side};
use tokio::{task::block_in_place, time::sleep};

use super::{
    Stage,
    cluster::{Cluster, NODES, Node},
};

/// Nothing fails for so long after each fault.
const QUIET: Duration = Duration::from_millis(3_500);

/// One fault: its name, how long it lasts, what begins and what ends it; the node is one of three.
struct Fault {
    name: &'static str,
    milliseconds: u64,
    whom: Whom,
    begin: fn(&Cluster, &Node),
    end: fn(&Cluster, &Node),
}

/// Whom it concerns.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Whom {
    All,
    One,
}

const fn all(name: &'static str, milliseconds: u64, begin: fn(&Cluster, &Node), end: fn(&Cluster, &Node)) -> Fault {
    Fault { name, milliseconds, whom: Whom::All, begin, end }
}

const fn one(name: &'static str, milliseconds: u64, begin: fn(&Cluster, &Node), end: fn(&Cluster, &Node)) -> Fault {
    Fault { name, milliseconds, whom: Whom::One, begin, end }
}

const FAULTS: &[Fault] = &[
    all("Redis killed", 2_000, |c, _| c.redis.kill(), |c, _| c.redis.restart()),
    all("Redis frozen", 3_000, |c, _| c.redis.pause(), |c, _| c.redis.resume()),
    all("Redis flushed", 100, |c, _| drop(c.redis.command(&["flushall"])), |_, _| {}),
    all("pub/sub cut", 100, |c, _| drop(c.redis.command(&["client", "kill", "type", "pubsub"])), |_, _| {}),
    all("Redis slow", 3_000, |c, _| c.redis_wires(SLOW), |c, _| c.redis_wires(Mode::Open)),
    all("PostgreSQL killed", 2_000, |c, _| c.postgres.kill(), |c, _| c.postgres.restart()),
    all("PostgreSQL frozen", 3_000, |c, _| c.postgres.pause(), |c, _| c.postgres.resume()),
    one("node killed", 1_500, |_, n| n.kill(), |_, n| n.start()),
    one("node frozen", 3_000, |_, n| n.signal("STOP"), |_, n| n.signal("CONT")),
    one("node–Redis cut", 3_000, |_, n| n.to_redis.set(Mode::Cut), |_, n| n.to_redis.set(Mode::Open)),
    one("node–Redis silent", 3_000, |_, n| n.to_redis.set(Mode::Silent), |_, n| n.to_redis.set(Mode::Open)),
    one("PostgreSQL far", 5_000, |_, n| n.to_postgres.set(FAR), |_, n| n.to_postgres.set(Mode::Open)),
    one("silent in a commit", 2_000, |_, n| n.to_postgres.set(COMMITTING), |_, n| n.to_postgres.set(Mode::Open)),
    one("cut after a commit", 2_000, |_, n| n.to_postgres.set(COMMITTED), |_, n| n.to_postgres.hang_up()),
    one("node–PostgreSQL cut", 3_000, |_, n| n.to_postgres.set(Mode::Cut), |_, n| n.to_postgres.set(Mode::Open)),
    one("node–PostgreSQL silent", 4_000, |_, n| n.to_postgres.set(Mode::Silent), |_, n| n.to_postgres.set(Mode::Open)),
];

/// Nothing arrives any more, either way, and nobody is told so. Only where there are cables.
const CABLES: &[Fault] = &[
    one("cable to services cut", 4_000, |_, n| n.cut(Side::Back), |_, n| n.mend(Side::Back)),
    one("cable to clients cut", 4_000, |_, n| n.cut(Side::Front), |_, n| n.mend(Side::Front)),
    one("both cables cut", 4_000, |_, n| n.leave(), |_, n| n.come_back()),
    all("all cables to services cut", 3_000, |c, _| c.cut_services(), |c, _| c.mend_services()),
];

/// The commit comes late: the log's head is held until then.
const COMMITTING: Mode = Mode::SilentAt("COMMIT");

/// The commit is there, and nobody is told.
const COMMITTED: Mode = Mode::SilentAfter("COMMIT");

/// There and back takes 300 ms.
const FAR: Mode = Mode::Slow(Duration::from_millis(150));

/// Slower than a node waits for Redis.
const SLOW: Mode = Mode::Slow(Duration::from_millis(80));

impl Node {
    fn leave(&self) {
        self.cut(Side::Front);
        self.cut(Side::Back);
    }

    fn come_back(&self) {
        self.mend(Side::Front);
        self.mend(Side::Back);
    }
}

impl Cluster {
    fn cut_services(&self) {
        self.nodes.iter().for_each(|node| node.cut(Side::Back));
    }

    fn mend_services(&self) {
        self.nodes.iter().for_each(|node| node.mend(Side::Back));
    }

    fn redis_wires(&self, mode: Mode) {
        self.nodes.iter().for_each(|node| node.to_redis.set(mode));
    }
}

/// Has everything fail once, in an order that the seed decides, and again until the time is over.
pub(crate) async fn play(stage: &Stage, seconds: u64) {
    let mut dice = StdRng::seed_from_u64(stage.seed);
    let until = stage.history.now() + seconds * 1_000_000;
    let only = std::env::var("QUIRE_CHAOS_ONLY").ok();
    sleep(QUIET).await;
    loop {
        let cables = stage.cluster.network.iter().flat_map(|_| CABLES);
        let mut faults: Vec<&Fault> = FAULTS.iter().chain(cables).collect();
        faults.retain(|fault| only.as_ref().is_none_or(|only| fault.name.contains(only)));
        faults.shuffle(&mut dice);
        for fault in faults {
            let node = dice.random_range(0..NODES);
            let concerned = &stage.cluster.nodes[node];
            let from = stage.history.now();
            block_in_place(|| (fault.begin)(&stage.cluster, concerned));
            sleep(Duration::from_millis(fault.milliseconds)).await;
            block_in_place(|| (fault.end)(&stage.cluster, concerned));
            let nodes: Vec<usize> = if fault.whom == Whom::All { (0..NODES).collect() } else { vec![node] };
            stage
                .history
                .note(&json!({"fault": fault.name, "nodes": nodes, "from": from, "until": stage.history.now()}));
            sleep(QUIET).await;
        }
        if stage.history.now() >= until {
            return;
        }
    }
}
