//! The small world: what is where, what can happen, and what happens then.

use std::sync::Arc;

use domain::{Asked, DELTA, Judgement, Millis, Record, Seq};

use super::{
    act::Act,
    client::{Call, CatchStage, Catching, Client, History, Writing},
    scope::{ASKED, Scope},
    witness::{Sight, Witness},
};
use crate::{
    broken::Broken,
    database::{Database, Fact, Write},
    node::Node,
    promise::Promise,
    reading::{Place, Reading, Stage, Weather},
    rows::{Question, decode},
    shared::Shared,
    tab::{Deed, Jar, Tab},
};

/// One state of the small world.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct World {
    question: Arc<Question>,
    database: Arc<Database>,
    shared: Arc<Shared>,
    nodes: Vec<Arc<Node>>,
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
    left: Left,
    /// The first promise that was broken.
    pub broken: Option<Promise>,
}

/// How much may still happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Left {
    ticks: u8,
    restarts: u8,
    trims: u8,
    reloads: u8,
    failures: u8,
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
            Client { jar, tab, questions, waits: false, call: None, catching: None, writing: None, todo, history }
        };
        Self {
            question: Arc::new(Question::about("question", &[ASKED.0], None)),
            nodes: vec![Arc::clone(&node), node],
            pushes: vec![vec![]; 2],
            committed: vec![Seq::ZERO; 2],
            clients: vec![Arc::new(client(0)), Arc::new(client(1))],
            due: vec![Seq::ZERO],
            changes: vec![],
            withdrawn: Seq::ZERO,
            database: Arc::new(database),
            shared: Arc::default(),
            left: Left {
                ticks: scope.ticks,
                restarts: scope.restarts,
                trims: scope.trims,
                reloads: scope.reloads,
                failures: scope.failures,
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

    /// Everything that can happen next.
    pub fn acts(&self, acts: &mut Vec<Act>) {
        for (place, client) in self.clients.iter().enumerate() {
            self.acts_of(place, client, acts);
        }
        for (node, pushes) in self.pushes.iter().enumerate() {
            acts.extend(pushes.iter().map(|fact| Act::Pushed(node, fact.seq)));
        }
        if self.left.restarts > 0 {
            acts.extend([Act::Restarts(0), Act::Restarts(1)]);
        }
        if self.left.ticks > 0 {
            acts.push(Act::Ticks);
        }
        if self.left.trims > 0 {
            acts.push(Act::Trims);
        }
    }

    fn acts_of(&self, place: usize, client: &Client, acts: &mut Vec<Act>) {
        let failing = self.left.failures > 0;
        match &client.call {
            None if !client.waits => acts.push(Act::Wants(place)),
            None => {}
            Some(call) if call.node.is_none() => {
                acts.extend([Act::Reaches(place, 0), Act::Reaches(place, 1)]);
                if failing {
                    acts.extend([Act::ReachesBlind(place, 0), Act::ReachesBlind(place, 1), Act::Unanswered(place)]);
                }
            }
            Some(call) => self.acts_of_call(place, call, acts),
        }
        match &client.catching {
            Some(Catching { stage: CatchStage::Asked(..), .. }) => acts.push(Act::CatchesUp(place)),
            Some(Catching { stage: CatchStage::Read(_), .. }) => acts.push(Act::CaughtUp(place)),
            None => {}
        }
        if client.catching.is_some() && failing {
            acts.push(Act::CatchUpFails(place));
        }
        match &client.writing {
            // Which node is called the first makes no difference: it is the one where client 0 writes.
            None if !client.todo.is_empty() => acts.extend((0..=place).map(|node| Act::Commits(place, node))),
            None => {}
            Some(writing) if !writing.rows => acts.push(Act::WritesRows(place)),
            Some(writing) if !writing.told => acts.push(Act::Tells(place)),
            Some(_) => acts.push(Act::Acknowledged(place)),
        }
        if self.left.reloads > 0 && client.writing.is_none() {
            acts.extend([Act::Reloads(place, true), Act::Reloads(place, false)]);
        }
    }

    fn acts_of_call(&self, place: usize, call: &Call, acts: &mut Vec<Act>) {
        let failing = self.left.failures > 0;
        match call.reading.stage() {
            Stage::Done(_) => acts.push(Act::Answered(place)),
            Stage::Looking => {
                acts.push(Act::Steps(place));
                acts.extend(self.shared.of(&self.question.key).map(|old| Act::StepsWithShared(place, Arc::clone(old))));
                if self.load_of_another(place).is_some() {
                    acts.push(Act::Joins(place));
                }
            }
            Stage::Arrived | Stage::Confirming { .. } | Stage::Loading { .. } => acts.push(Act::Steps(place)),
        }
        if failing {
            match call.reading.stage() {
                Stage::Looking | Stage::Loading { .. } => acts.push(Act::StepsBlind(place)),
                Stage::Done(_) => acts.push(Act::Unanswered(place)),
                Stage::Arrived | Stage::Confirming { .. } => {}
            }
        }
    }

    /// The other client's load at the same node.
    fn load_of_another(&self, place: usize) -> Option<&Arc<domain::Entry<crate::rows::Value>>> {
        let mine = self.clients[place].call.as_ref()?;
        let theirs = self.clients[1 - place].call.as_ref().filter(|theirs| theirs.node == mine.node)?;
        match theirs.reading.stage() {
            Stage::Loading { entry, own: true, .. } => Some(entry),
            Stage::Loading { .. } | Stage::Arrived | Stage::Confirming { .. } | Stage::Looking | Stage::Done(_) => None,
        }
    }

    /// It happens.
    pub fn play(&mut self, act: &Act, broken: Option<Broken>, attempts: u8, witness: &Witness) {
        let now = self.now();
        match act {
            Act::Wants(place) => {
                let client = Arc::make_mut(&mut self.clients[*place]);
                client.waits = true;
                let deeds = client.tab.wanted(&mut client.jar, &self.question.key, now);
                if matches!(deeds.first(), Some(Deed::Show(..))) {
                    witness.saw(Sight::ServedFromShelf);
                }
                self.carry_out(*place, deeds, now, None, witness);
            }
            Act::Reaches(place, node) | Act::ReachesBlind(place, node) => {
                let committed = self.committed[*node];
                let known = self.nodes[*node].follower.watermark();
                if let Some(call) = &mut Arc::make_mut(&mut self.clients[*place]).call {
                    (call.node, call.committed) = (Some(*node), committed);
                    call.reading = Reading::new(call.seen);
                    if call.seen > known {
                        witness.saw(Sight::Moved);
                    }
                }
                let weather = if matches!(act, Act::ReachesBlind(..)) { self.fail() } else { Weather::Fair };
                self.step(*place, &weather, broken, attempts, witness);
            }
            Act::Steps(place) => self.step(*place, &Weather::Fair, broken, attempts, witness),
            Act::StepsWithShared(place, old) => {
                self.step(*place, &Weather::Shared(Arc::clone(old)), broken, attempts, witness);
            }
            Act::Joins(place) => {
                if let Some(entry) = self.load_of_another(*place).map(Arc::clone) {
                    witness.saw(Sight::Joined);
                    self.step(*place, &Weather::Joining(entry), broken, attempts, witness);
                }
            }
            Act::StepsBlind(place) => {
                let weather = self.fail();
                self.step(*place, &weather, broken, attempts, witness);
            }
            Act::Answered(place) => self.answered(*place, broken, witness),
            Act::Unanswered(place) => {
                self.left.failures -= 1;
                self.unanswered(*place, witness);
            }
            Act::Commits(place, node) => self.commits(*place, *node, broken),
            Act::WritesRows(place) => {
                if let Some(writing) = &mut Arc::make_mut(&mut self.clients[*place]).writing {
                    Arc::make_mut(&mut self.database).write(&[writing.write], writing.fact.seq);
                    writing.rows = true;
                }
            }
            Act::Tells(place) => self.tells(*place, broken),
            Act::Acknowledged(place) => self.acknowledged(*place, broken, witness),
            Act::CatchesUp(place) => {
                if let Some(Catching { stage, .. }) = &mut Arc::make_mut(&mut self.clients[*place]).catching
                    && let CatchStage::Asked(since, tags) = stage
                {
                    *stage = CatchStage::Read(self.database.changes_since(*since, tags));
                }
            }
            Act::CaughtUp(place) => {
                let client = Arc::make_mut(&mut self.clients[*place]);
                if let Some(Catching { at, stage: CatchStage::Read(caught) }) = client.catching.take() {
                    let deeds = client.tab.caught_up(&mut client.jar, Some(caught), at);
                    self.carry_out(*place, deeds, at, None, witness);
                }
            }
            Act::CatchUpFails(place) => {
                self.left.failures -= 1;
                let client = Arc::make_mut(&mut self.clients[*place]);
                client.catching = None;
                let deeds = client.tab.caught_up(&mut client.jar, None, now);
                self.carry_out(*place, deeds, now, None, witness);
            }
            Act::Pushed(node, seq) => {
                let pushes = &mut self.pushes[*node];
                if let Some(at) = pushes.iter().position(|fact| fact.seq == *seq) {
                    let fact = pushes.remove(at);
                    if fact.seq <= self.nodes[*node].follower.watermark() {
                        witness.saw(Sight::PushOvertaken);
                    }
                    Arc::make_mut(&mut self.nodes[*node]).apply(&fact, broken);
                    if self.nodes[*node].follower.has_gap() {
                        witness.saw(Sight::Gap);
                    }
                }
            }
            Act::Restarts(node) => self.restarts(*node, witness),
            Act::Ticks => {
                self.left.ticks -= 1;
                self.due.push(self.database.last(ASKED));
            }
            Act::Trims => {
                self.left.trims -= 1;
                Arc::make_mut(&mut self.database).trim(1);
            }
            Act::Reloads(place, keeps) => {
                self.left.reloads -= 1;
                let client = Arc::make_mut(&mut self.clients[*place]);
                if !keeps {
                    client.jar.records.clear();
                }
                client.tab = Tab::open(&mut client.jar);
                (client.waits, client.call, client.catching) = (false, None, None);
            }
        }
    }

    fn now(&self) -> Millis {
        let ticks = i64::try_from(self.due.len()).unwrap_or(1) - 1;
        Millis(BEGINNING + ticks * TICK)
    }

    fn fail(&mut self) -> Weather {
        self.left.failures -= 1;
        Weather::Unreachable
    }

    /// A node goes on with a question, up to the next moment at which something in this scope could
    /// make a difference.
    fn step(&mut self, place: usize, weather: &Weather, broken: Option<Broken>, attempts: u8, witness: &Witness) {
        let now = self.now();
        let mut weather = weather;
        loop {
            let Some(call) = &mut Arc::make_mut(&mut self.clients[place]).call else { return };
            let Some(node) = call.node else { return };
            let before = call.reading.stage().clone();
            let (node, shared) = (Arc::make_mut(&mut self.nodes[node]), Arc::make_mut(&mut self.shared));
            let mut at = Place { node, shared, database: &self.database, now, broken };
            call.reading.step(&self.question, &mut at, weather, attempts);
            witness.stepped(&before, call.reading.stage(), weather);
            if !self.left.shared {
                self.shared = Arc::default();
            }
            let goes_on = match self.clients[place].call.as_ref().map(|call| call.reading.stage()) {
                // Only a lease can tell when the log was asked.
                Some(Stage::Confirming { .. }) => !self.left.times_leases,
                Some(Stage::Looking) => {
                    let choice = self.left.failures > 0 || self.left.shared || self.load_of_another(place).is_some();
                    !choice
                }
                Some(Stage::Arrived | Stage::Loading { .. } | Stage::Done(_)) | None => false,
            };
            if !goes_on {
                return;
            }
            weather = &Weather::Fair;
        }
    }

    fn answered(&mut self, place: usize, broken: Option<Broken>, witness: &Witness) {
        let now = self.now();
        let client = Arc::make_mut(&mut self.clients[place]);
        let Some(call) = client.call.take() else { return };
        let Stage::Done(Some(answer)) = call.reading.stage() else { return self.unanswered(place, witness) };
        let asked = Asked { at: call.at, seen: call.seen };
        let deeds = if broken == Some(Broken::TakesAnything) {
            let record = crate::tab::record(answer, now);
            client.jar.seen = client.jar.seen.max(record.as_of);
            vec![Deed::Show(self.question.key.clone(), Arc::new(record), answer.stale)]
        } else {
            client.tab.answered(&mut client.jar, &self.question.key, answer, asked, now)
        };
        if deeds.iter().any(|deed| matches!(deed, Deed::Fetch(_))) {
            witness.saw(Sight::AnswerDropped);
        }
        self.carry_out(place, deeds, call.at, Some(call.committed), witness);
    }

    fn unanswered(&mut self, place: usize, witness: &Witness) {
        let now = self.now();
        let client = Arc::make_mut(&mut self.clients[place]);
        client.call = None;
        let deeds = client.tab.failed(&mut client.jar, &self.question.key, now);
        self.carry_out(place, deeds, now, None, witness);
        // Whoever was not shown anything is told so.
        Arc::make_mut(&mut self.clients[place]).waits = false;
    }

    fn commits(&mut self, place: usize, node: usize, broken: Option<Broken>) {
        let Some(write) = Arc::make_mut(&mut self.clients[place]).todo.pop() else { return };
        let fact = Arc::make_mut(&mut self.database).commit(&[write], broken);
        if write.row() == ASKED {
            self.changes.push(fact.seq);
        }
        if write == Write::Withdraw(ASKED) {
            self.withdrawn = fact.seq;
        }
        let rows = broken != Some(Broken::FactFirst);
        Arc::make_mut(&mut self.clients[place]).writing = Some(Writing { node, fact, write, rows, told: false });
    }

    fn tells(&mut self, place: usize, broken: Option<Broken>) {
        let Some(writing) = &mut Arc::make_mut(&mut self.clients[place]).writing else { return };
        writing.told = true;
        if broken != Some(Broken::OwnWriteUntold) {
            Arc::make_mut(&mut self.nodes[writing.node]).apply(&writing.fact, broken);
        }
        let other = &mut self.pushes[1 - writing.node];
        other.push(Arc::clone(&writing.fact));
        other.sort_by_key(|fact| fact.seq);
        if writing.write.row() == ASKED {
            let committed = &mut self.committed[writing.node];
            *committed = writing.fact.seq.max(*committed);
        }
    }

    fn acknowledged(&mut self, place: usize, broken: Option<Broken>, witness: &Witness) {
        let now = self.now();
        let client = Arc::make_mut(&mut self.clients[place]);
        let Some(writing) = client.writing.take() else { return };
        if writing.write.row() == ASKED {
            client.history.wrote = client.history.wrote.max(writing.fact.seq);
        }
        if broken == Some(Broken::OwnWriteUnheard) {
            return;
        }
        let deeds = client.tab.changed(&mut client.jar, writing.fact.seq, &writing.fact.directives);
        self.carry_out(place, deeds, now, None, witness);
    }

    fn restarts(&mut self, node: usize, witness: &Witness) {
        self.left.restarts -= 1;
        self.nodes[node] = Arc::new(Node::start(&self.database));
        // What it had committed it begins above; what was sent to it is lost.
        if !self.pushes[node].is_empty() {
            witness.saw(Sight::PushLost);
        }
        self.pushes[node].clear();
        for client in self.clients.iter_mut().map(Arc::make_mut) {
            if let Some(call) = client.call.as_mut().filter(|call| call.node == Some(node)) {
                call.reading.dies();
            }
            if client.writing.as_ref().is_some_and(|writing| writing.node == node && !writing.told && writing.rows) {
                client.writing = None;
            }
        }
    }

    /// What a tab wants done. `asked` is when what is shown now was asked for.
    fn carry_out(&mut self, place: usize, deeds: Vec<Deed>, asked: Millis, committed: Option<Seq>, witness: &Witness) {
        let now = self.now();
        for deed in deeds {
            let client = Arc::make_mut(&mut self.clients[place]);
            match deed {
                Deed::Show(_, record, marked) if client.waits => {
                    client.waits = false;
                    if marked {
                        witness.saw(Sight::FellBack);
                    }
                    self.shown(place, &record, marked, asked, committed, witness);
                }
                Deed::Fetch(_) if client.waits && client.call.is_none() && client.questions > 0 => {
                    client.questions -= 1;
                    let (seen, reading) = (client.jar.seen, Reading::new(client.jar.seen));
                    client.call = Some(Call { at: now, seen, node: None, reading, committed: Seq::ZERO });
                }
                Deed::CatchUp(since, tags) => {
                    client.catching = Some(Catching { at: now, stage: CatchStage::Asked(since, tags) });
                }
                Deed::Show(..) | Deed::Fetch(_) => {}
            }
        }
    }

    /// Somebody sees this: each promise is checked by arithmetic on positions alone.
    fn shown(
        &mut self,
        place: usize,
        record: &Record,
        marked: bool,
        asked: Millis,
        committed: Option<Seq>,
        witness: &Witness,
    ) {
        let value = last_change(&decode(&record.body));
        let period = usize::try_from((asked.0 - BEGINNING) / TICK).unwrap_or_default();
        let due = self.due.get(period).copied().unwrap_or_default();
        let client = Arc::make_mut(&mut self.clients[place]);
        let history = &mut client.history;
        let knows_of_withdrawal = client.jar.seen >= self.withdrawn || (!marked && due >= self.withdrawn);
        let broken = if value < history.wrote {
            Some(Promise::ReadYourWrites)
        } else if value < history.shown {
            Some(Promise::MonotonicReads)
        } else if value < self.withdrawn && knows_of_withdrawal {
            Some(Promise::EvictedStaysGone)
        } else if !marked && value < due {
            Some(Promise::Staleness)
        } else if !marked && committed.is_some_and(|committed| value < committed) {
            Some(Promise::OneNodeIsCurrent)
        } else {
            None
        };
        if value < self.withdrawn {
            witness.saw(Sight::EvictedShownInTime);
        }
        history.shown = history.shown.max(value);
        self.broken = self.broken.or(broken);
    }

    /// What must hold inside, in every state.
    pub fn check(&mut self) {
        let honest = |value: Seq, as_of: Seq| value >= self.last_at(as_of);
        let held = self.nodes.iter().flat_map(|node| node.memory()).chain(self.shared.all());
        let mut entries = held.map(|entry| (last_change(&entry.value), entry.as_of));
        let mut records = self.clients.iter().flat_map(|client| client.tab.records());
        let broken = if self.nodes.iter().any(|node| node.went_back) {
            Some(Promise::NeverBack)
        } else if !entries.all(|(value, as_of)| honest(value, as_of))
            || !records.all(|record| honest(last_change(&decode(&record.body)), record.as_of))
        {
            Some(Promise::HonestEntries)
        } else if !self.nodes.iter().all(|node| self.fresh_is_current(node)) {
            Some(Promise::FreshIsCurrent)
        } else {
            None
        };
        self.broken = self.broken.or(broken);
    }

    fn fresh_is_current(&self, node: &Node) -> bool {
        let current = self.last_at(node.follower.watermark());
        node.memory().chain(self.shared.all()).all(|entry| match node.follower.judge(&entry.tags, entry.as_of) {
            Judgement::Fresh => last_change(&entry.value) >= current,
            Judgement::Stale(_) | Judgement::Evicted(_) => true,
        })
    }

    /// When the row had last changed, at this position.
    fn last_at(&self, position: Seq) -> Seq {
        self.changes.iter().copied().filter(|change| *change <= position).max().unwrap_or_default()
    }
}

fn last_change(value: &crate::rows::Value) -> Seq {
    value.first().map(|(_, seq)| *seq).unwrap_or_default()
}
