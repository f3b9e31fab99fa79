//! One schedule: who does what when, and what goes wrong meanwhile.

mod asking;
mod beginning;
mod lying;
mod restoring;
mod showing;
mod writing;

use abreast_core::Millis;

use super::{
    cast::{Browser, Call, Catching, Happening, Server, Writing},
    chance::{Chance, questions},
    oracle::Oracle,
    schedule::Schedule,
};
use crate::{broken::Broken, database::Database, promise::Promise, rows::Question, shared::Shared};

/// How much is begun in a schedule, over how many milliseconds.
const BEGUN: usize = 48;
const LENGTH: i64 = 5_000;
/// How many loads are judged before one is taken unjudged: as many as in `fetch.rs`.
const ATTEMPTS: u8 = 3;
/// Facts that the log keeps when it is trimmed.
const RETAINED: usize = 2;

/// A schedule under way.
#[derive(Debug)]
pub(super) struct Play {
    chance: Chance,
    schedule: Schedule<Happening>,
    questions: Vec<Question>,
    database: Database,
    /// An older state of it, and until when it is being restored: nothing else goes wrong meanwhile.
    backup: Database,
    restoring: Millis,
    /// Until when nothing is written after that.
    restored_until: Millis,
    shared: Shared,
    /// Until when the shared tier refuses to answer.
    refusing: Millis,
    servers: Vec<Server>,
    browsers: Vec<Browser>,
    calls: Vec<Call>,
    writings: Vec<Writing>,
    catchings: Vec<Catching>,
    oracle: Oracle,
    broken: Option<Broken>,
    /// How many answers were shown.
    pub(super) shown: u64,
    /// How many of them were marked.
    pub(super) marked: u64,
    /// How many of them were "not there".
    pub(super) not_there: u64,
    /// How often an older state was noticed.
    pub(super) set_back: u64,
    violated: Option<Promise>,
}

impl Play {
    /// The schedule of this seed.
    pub(super) fn of(seed: u64, broken: Option<Broken>, traced: bool) -> Self {
        let mut chance = Chance::of(seed);
        let database = Database::default();
        let (servers, browsers) = (3 + chance.below(3), 3 + chance.below(4));
        let mut play = Self {
            schedule: Schedule::new(traced),
            questions: questions(),
            shared: Shared::default(),
            refusing: Millis(0),
            servers: (0..servers).map(|_| Server::start(&database)).collect(),
            browsers: (0..browsers)
                .map(|_| {
                    if chance.percent(20) { Browser::open_without_script() } else { Browser::open(1 + chance.below(3)) }
                })
                .collect(),
            backup: database.clone(),
            restoring: Millis(0),
            restored_until: Millis(0),
            database,
            calls: vec![],
            writings: vec![],
            catchings: vec![],
            oracle: Oracle::default(),
            broken,
            shown: 0,
            marked: 0,
            not_there: 0,
            set_back: 0,
            violated: None,
            chance,
        };
        for _ in 0..BEGUN {
            let at = play.chance.millis(0, LENGTH);
            play.schedule.plan(at, Happening::Begin);
        }
        play
    }

    /// Plays it to its end, or to the first broken promise.
    pub(super) fn run(&mut self) -> Option<Promise> {
        while self.violated.is_none()
            && let Some(happening) = self.schedule.next()
        {
            self.say(|play| format!("{happening:?}{}", play.about(&happening)));
            self.happen(happening);
        }
        self.violated
    }

    /// What happened.
    pub(super) fn trace(&mut self) -> Vec<String> {
        self.schedule.trace()
    }

    fn say(&mut self, what: impl FnOnce(&Self) -> String) {
        if self.schedule.is_traced() {
            let line = what(self);
            self.schedule.note(line);
        }
    }

    fn about(&self, happening: &Happening) -> String {
        match happening {
            Happening::Step(call) | Happening::Answer(call) => {
                let call = &self.calls[*call];
                let (key, whose) = (&self.questions[call.question].key, call.whose);
                format!(" {key} for {whose:?} at node {}: {:?}", call.node, call.reading.stage())
            }
            Happening::Commit(writing) | Happening::Tell(writing) | Happening::Acknowledge(writing) => {
                let writing = &self.writings[*writing];
                format!(" {:?} by {:?} at node {}", writing.writes, writing.whose, writing.node)
            }
            Happening::CaughtUp(catching) => format!(" {:?}", self.catchings[*catching].caught),
            Happening::Begin
            | Happening::Restore
            | Happening::Follow(..)
            | Happening::BrowserClockGoesOn(_)
            | Happening::NodeClockGoesOn(_)
            | Happening::WriteRows(_)
            | Happening::Push(..)
            | Happening::CatchUp(_) => String::new(),
        }
    }

    fn soon(&mut self, happening: Happening) {
        let after = self.chance.latency();
        self.schedule.plan(after, happening);
    }

    fn happen(&mut self, happening: Happening) {
        match happening {
            Happening::Begin => self.begin(),
            Happening::Step(call) => self.step(call),
            Happening::Answer(call) => self.answer(call),
            Happening::Commit(writing) => self.commit(writing),
            Happening::WriteRows(writing) => {
                if let Some((_, fact)) = &self.writings[writing].fact {
                    self.database.write(&self.writings[writing].writes, fact);
                }
            }
            Happening::Tell(writing) => self.tell(writing),
            Happening::Acknowledge(writing) => self.acknowledge(writing),
            Happening::Push(node, fact) => self.servers[node].node.apply(&fact, self.broken),
            Happening::Restore => self.restores(),
            Happening::Follow(node, life) => self.follow(node, life),
            Happening::BrowserClockGoesOn(browser) => self.browsers[browser].watch.go_on(self.schedule.now),
            Happening::NodeClockGoesOn(node) => self.servers[node].watch.go_on(self.schedule.now),
            Happening::CatchUp(catching) => {
                let asked = &self.catchings[catching];
                // The cookie proves how far the log has been.
                let seen = self.browsers[asked.whose.browser].jar.seen;
                if self.broken != Some(Broken::SetBackIgnored) {
                    self.database.noticed(seen, self.schedule.now);
                }
                let caught = self.database.changes_since(asked.since, &asked.tags);
                self.catchings[catching].caught = Some(caught);
                self.soon(Happening::CaughtUp(catching));
            }
            Happening::CaughtUp(catching) => self.caught_up(catching),
        }
    }
}
