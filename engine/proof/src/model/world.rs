//! The small world: its state. The possible steps, and their results, are below.

mod asking;
mod catching;
mod inside;
mod play;
mod possible;
mod restarting;
mod restoring;
mod settle;
mod showing;
mod writing;

use std::sync::Arc;

use abreast_core::{DELTA, Millis, Seq};

use super::{
    client::{Client, History},
    scope::{ASKED, Scope},
};
use crate::{
    clocks::Watch,
    database::{Database, Fact, Write},
    node::Node,
    promise::Promise,
    rows::{Question, Value},
    shared::Shared,
    tab::{Jar, Tab},
};

/// One state of the small world.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct World {
    question: Arc<Question>,
    database: Arc<Database>,
    shared: Arc<Shared>,
    nodes: Vec<Arc<Node>>,
    /// Each node's clocks.
    watches: Vec<Watch>,
    /// What each node was sent and has not heard: never hearing it is losing it.
    pushes: Vec<Vec<Arc<Fact>>>,
    /// The last that each node committed and told itself.
    committed: Vec<Seq>,
    clients: Vec<Arc<Client>>,
    /// When the row had last changed as each tick passed.
    due: Vec<Seq>,
    /// All positions at which it changed.
    changes: Vec<Seq>,
    /// When it was last withdrawn.
    withdrawn: Seq,
    /// In which period the state at the beginning was restored.
    restored: Option<usize>,
    left: Left,
    /// The first promise that was broken.
    pub broken: Option<Promise>,
}

/// How much may still happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Left {
    ticks: u8,
    lies: u8,
    restarts: u8,
    trims: u8,
    reloads: u8,
    failures: u8,
    restores: u8,
    shared: bool,
    times_leases: bool,
}

/// Long after localStorage's zero.
const BEGINNING: i64 = 1_000_000;
/// A tick: every lease runs out, and so does Δ.
const TICK: i64 = DELTA + 1;

impl World {
    /// Nothing has happened yet.
    pub fn new(scope: &Scope) -> Self {
        let database = Database::default();
        let node = Arc::new(Node::start(&database));
        let client = |place: usize| {
            let mut jar = Jar::default();
            let mut todo: Vec<Write> =
                scope.writes.iter().filter(|(client, _)| *client == place).map(|(_, write)| *write).collect();
            todo.reverse();
            let tab = Tab::open(&mut jar);
            let history = History::default();
            let questions = scope.questions;
            Client {
                jar,
                tab,
                watch: Watch::default(),
                has_script: scope.has_script || place == 0,
                questions,
                waits: false,
                call: None,
                catching: None,
                writing: None,
                todo,
                has_written: false,
                history,
            }
        };
        let question = Question::about("question", &[ASKED.0], None);
        Self {
            question: Arc::new(if scope.vanishes { question.that_vanishes() } else { question }),
            nodes: vec![Arc::clone(&node), node],
            watches: vec![Watch::default(); 2],
            pushes: vec![vec![]; 2],
            committed: vec![Seq::ZERO; 2],
            clients: vec![Arc::new(client(0)), Arc::new(client(1))],
            due: vec![Seq::ZERO],
            changes: vec![],
            withdrawn: Seq::ZERO,
            restored: None,
            database: Arc::new(database),
            shared: Arc::default(),
            left: Left {
                ticks: scope.ticks,
                lies: scope.lies,
                restarts: scope.restarts,
                trims: scope.trims,
                reloads: scope.reloads,
                failures: scope.failures,
                restores: scope.restores,
                shared: scope.shared,
                times_leases: scope.ticks > 0,
            },
            broken: None,
        }
    }

    /// Whether a promise is kept so far.
    pub fn keeps(&self, promise: Promise) -> bool {
        self.broken != Some(promise)
    }

    fn now(&self) -> Millis {
        let ticks = i64::try_from(self.due.len()).unwrap_or(1) - 1;
        Millis(BEGINNING + ticks * TICK)
    }
}

fn last_change(value: &Value) -> Seq {
    value.first().map(|(_, seq)| *seq).unwrap_or_default()
}
