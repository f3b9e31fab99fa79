//! One schedule: who does what when, and what goes wrong meanwhile.

use std::{collections::BTreeMap, sync::Arc};

use domain::{Asked, Key, Millis};

use super::{
    cast::{Browser, Call, Catching, Happening, OpenTab, Server, Whose, Writing},
    chance::{Chance, ROWS, questions},
    oracle::{Oracle, Shown},
};
use crate::{
    broken::Broken,
    database::{Database, Write},
    node::Node,
    promise::Promise,
    reading::{Place, Reading, Stage, Weather},
    rows::{Question, Row, decode},
    shared::Shared,
    tab::{Deed, record},
};

/// How much is begun in a schedule, over how many milliseconds.
const BEGUN: usize = 48;
const LENGTH: i64 = 5_000;
/// When a schedule begins: long after zero, which is when nothing was ever confirmed.
const BEGINNING: i64 = 1_000_000;
/// How many loads are judged before one is taken unjudged: as many as in `fetch.rs`.
const ATTEMPTS: u8 = 3;
/// Facts that the log keeps when it is trimmed.
const RETAINED: usize = 2;

/// A schedule under way.
#[derive(Debug)]
pub(super) struct Play {
    chance: Chance,
    now: Millis,
    /// What is to come, in order; the second number keeps in order too what is due at once.
    to_come: BTreeMap<(Millis, u32), Happening>,
    planned: u32,
    questions: Vec<Question>,
    database: Database,
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
    /// What happened, if somebody wants to know.
    trace: Option<Vec<String>>,
    /// How many answers were shown.
    pub(super) shown: u64,
    /// How many of them were marked.
    pub(super) marked: u64,
    violated: Option<Promise>,
}

impl Play {
    /// The schedule of this seed.
    pub(super) fn of(seed: u64, broken: Option<Broken>, traced: bool) -> Self {
        let mut chance = Chance::of(seed);
        let database = Database::default();
        let (servers, browsers) = (3 + chance.below(3), 3 + chance.below(4));
        let mut play = Self {
            now: Millis(BEGINNING),
            to_come: BTreeMap::new(),
            planned: 0,
            questions: questions(),
            shared: Shared::default(),
            refusing: Millis(0),
            servers: (0..servers).map(|_| Server::start(&database)).collect(),
            browsers: (0..browsers).map(|_| Browser::open(1 + chance.below(3))).collect(),
            database,
            calls: vec![],
            writings: vec![],
            catchings: vec![],
            oracle: Oracle::default(),
            broken,
            trace: traced.then(Vec::new),
            shown: 0,
            marked: 0,
            violated: None,
            chance,
        };
        for _ in 0..BEGUN {
            let at = play.chance.millis(0, LENGTH);
            play.plan(at, Happening::Begin);
        }
        play
    }

    /// Plays it to its end, or to the first broken promise.
    pub(super) fn run(&mut self) -> Option<Promise> {
        while self.violated.is_none()
            && let Some(((at, _), happening)) = self.to_come.pop_first()
        {
            self.now = at;
            self.say(|play| format!("{happening:?}{}", play.about(&happening)));
            self.happen(happening);
        }
        self.violated
    }

    /// What happened.
    pub(super) fn trace(&mut self) -> Vec<String> {
        self.trace.take().unwrap_or_default()
    }

    fn say(&mut self, what: impl FnOnce(&Self) -> String) {
        if self.trace.is_some() {
            let line = format!("{:>5} ms  {}", self.now.0 - BEGINNING, what(self));
            self.trace.get_or_insert_default().push(line);
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
            Happening::Begin | Happening::WriteRows(_) | Happening::Push(..) | Happening::CatchUp(_) => String::new(),
        }
    }

    fn plan(&mut self, after: i64, happening: Happening) {
        self.planned += 1;
        self.to_come.insert((Millis(self.now.0 + after), self.planned), happening);
    }

    fn soon(&mut self, happening: Happening) {
        let after = self.chance.latency();
        self.plan(after, happening);
    }

    fn happen(&mut self, happening: Happening) {
        match happening {
            Happening::Begin => self.begin(),
            Happening::Step(call) => self.step(call),
            Happening::Answer(call) => self.answer(call),
            Happening::Commit(writing) => self.commit(writing),
            Happening::WriteRows(writing) => {
                if let Some((_, fact)) = &self.writings[writing].fact {
                    self.database.write(&self.writings[writing].writes, fact.seq);
                }
            }
            Happening::Tell(writing) => self.tell(writing),
            Happening::Acknowledge(writing) => self.acknowledge(writing),
            Happening::Push(node, fact) => self.servers[node].node.apply(&fact, self.broken),
            Happening::CatchUp(catching) => {
                let asked = &self.catchings[catching];
                let caught = self.database.changes_since(asked.since, &asked.tags);
                self.catchings[catching].caught = Some(caught);
                self.soon(Happening::CaughtUp(catching));
            }
            Happening::CaughtUp(catching) => self.caught_up(catching),
        }
    }

    fn begin(&mut self) {
        let browser = self.chance.below(self.browsers.len());
        let tab = self.chance.below(self.browsers[browser].tabs.len());
        let whose = Whose { browser, tab, life: self.browsers[browser].tabs[tab].life };
        let node = self.chance.below(self.servers.len());
        let until = Millis(self.now.0 + self.chance.millis(50, 2_000));
        match self.chance.below(100) {
            0..60 => {
                let question = self.chance.below(self.questions.len());
                self.wants(whose, question);
            }
            60..84 => self.writes(whose, node),
            84..87 => {
                self.say(|_| format!("node {node} restarts"));
                let server = &mut self.servers[node];
                server.life += 1;
                server.node = Node::start(&self.database);
            }
            87..90 => {
                self.say(|_| format!("node {node} can't reach the database for a while"));
                self.servers[node].blind = until;
            }
            90..92 => {
                self.say(|_| format!("browser {browser} is offline for a while"));
                self.browsers[browser].offline = until;
            }
            92..94 => {
                self.say(|_| format!("{whose:?} reloads"));
                let browser = &mut self.browsers[browser];
                if self.chance.percent(30) {
                    browser.jar.records.clear();
                }
                browser.tabs[tab] = OpenTab::open(&mut browser.jar, whose.life + 1);
            }
            94..96 => {
                let browser = &mut self.browsers[browser];
                let deeds = browser.tabs[tab].tab.returned(&mut browser.jar);
                self.carry_out(whose, deeds, self.now, None);
            }
            96 => self.shared.flush(),
            97 => self.refusing = until,
            _ => {
                self.say(|_| "the log is trimmed".into());
                self.database.trim(RETAINED);
            }
        }
    }

    fn wants(&mut self, whose: Whose, question: usize) {
        let key = self.questions[question].key.clone();
        self.say(|_| format!("{whose:?} wants {key}"));
        let browser = &mut self.browsers[whose.browser];
        let open = &mut browser.tabs[whose.tab];
        open.waits.insert(question);
        let deeds = open.tab.wanted(&mut browser.jar, &key, self.now);
        self.carry_out(whose, deeds, self.now, None);
    }

    fn writes(&mut self, whose: Whose, node: usize) {
        let mut writes = vec![];
        for _ in 0..=self.chance.below(2) {
            let row = Row(u8::try_from(self.chance.below(ROWS)).unwrap_or_default());
            writes.push(if self.chance.percent(25) { Write::Withdraw(row) } else { Write::Edit(row) });
        }
        if self.browsers[whose.browser].offline <= self.now {
            self.writings.push(Writing { whose, node, writes, fact: None });
            self.soon(Happening::Commit(self.writings.len() - 1));
        }
    }

    fn step(&mut self, place: usize) {
        let call = &self.calls[place];
        let (node, question) = (call.node, call.question);
        let looking = matches!(call.reading.stage(), Stage::Looking);
        let blind = self.servers[node].blind > self.now && self.chance.percent(80);
        let weather = match (blind, looking) {
            (true, _) => Weather::Unreachable,
            (false, true) => self.weather(node, question),
            (false, false) => Weather::Fair,
        };
        let (server, call) = (&mut self.servers[node], &mut self.calls[place]);
        let (life, _) = *call.arrived.get_or_insert_with(|| (server.life, self.oracle.told_so_far(node)));
        if life == server.life {
            let (node, shared) = (&mut server.node, &mut self.shared);
            let mut at = Place { node, shared, database: &self.database, now: self.now, broken: self.broken };
            call.reading.step(&self.questions[question], &mut at, &weather, ATTEMPTS);
        } else {
            call.reading.dies();
        }
        if server.node.went_back {
            self.violated = Some(Promise::NeverBack);
        }
        match call.reading.stage() {
            Stage::Done(_) => self.soon(Happening::Answer(place)),
            Stage::Arrived | Stage::Confirming { .. } | Stage::Looking | Stage::Loading { .. } => {
                let after =
                    if self.chance.percent(5) { self.chance.millis(50, 1_500) } else { self.chance.millis(0, 8) };
                self.plan(after, Happening::Step(place));
            }
        }
    }

    /// Whose load is joined, or what the shared tier answers with.
    fn weather(&mut self, node: usize, question: usize) -> Weather {
        let here = |call: &&Call| call.node == node && call.question == question;
        let loading = self.calls.iter().rev().take(16).filter(here).find_map(|call| match call.reading.stage() {
            Stage::Loading { entry, own: true, .. } => Some(Arc::clone(entry)),
            Stage::Loading { .. } | Stage::Arrived | Stage::Confirming { .. } | Stage::Looking | Stage::Done(_) => None,
        });
        if let Some(entry) = loading {
            return Weather::Joining(entry);
        }
        let offered: Vec<_> = self.shared.of(&self.questions[question].key).collect();
        if offered.is_empty() || self.refusing > self.now || self.chance.percent(20) {
            return Weather::Fair;
        }
        Weather::Shared(Arc::clone(offered[self.chance.below(offered.len())]))
    }

    fn answer(&mut self, place: usize) {
        let call = &self.calls[place];
        let (whose, question, asked) = (call.whose, call.question, call.asked);
        let key = self.questions[question].key.clone();
        let browser = &mut self.browsers[whose.browser];
        let open = &mut browser.tabs[whose.tab];
        if open.life != whose.life {
            return;
        }
        let answer = match call.reading.stage() {
            Stage::Done(answer) if browser.offline <= self.now => answer.as_ref(),
            Stage::Done(_) | Stage::Arrived | Stage::Confirming { .. } | Stage::Looking | Stage::Loading { .. } => None,
        };
        let failed = answer.is_none_or(|answer| answer.stale);
        let deeds = match answer {
            Some(answer) if self.broken == Some(Broken::TakesAnything) => {
                let record = record(answer, self.now);
                browser.jar.seen = browser.jar.seen.max(record.as_of);
                vec![Deed::Show(key, Arc::new(record), answer.stale)]
            }
            Some(answer) => open.tab.answered(&mut browser.jar, &key, answer, asked, self.now),
            None => open.tab.failed(&mut browser.jar, &key, self.now),
        };
        let node = call.arrived.map(|(_, told)| (call.node, told));
        self.carry_out(whose, deeds, asked.at, node);
        if failed {
            // Whoever was not shown anything is told so.
            self.browsers[whose.browser].tabs[whose.tab].waits.remove(&question);
        }
    }

    fn commit(&mut self, place: usize) {
        let server = &self.servers[self.writings[place].node];
        if server.blind > self.now {
            return;
        }
        let writing = &mut self.writings[place];
        let fact = self.database.commit(&writing.writes, self.broken);
        self.oracle.committed(&writing.writes, fact.seq, self.now);
        writing.fact = Some((server.life, fact));
        if self.broken == Some(Broken::FactFirst) {
            self.plan(2, Happening::WriteRows(place));
        }
        let after = 3 + self.chance.millis(0, 3);
        self.plan(after, Happening::Tell(place));
    }

    fn tell(&mut self, place: usize) {
        let writing = &self.writings[place];
        let Some((life, fact)) = writing.fact.clone() else { return };
        let node = writing.node;
        if self.servers[node].life != life {
            return;
        }
        if self.broken != Some(Broken::OwnWriteUntold) {
            self.servers[node].node.apply(&fact, self.broken);
        }
        self.oracle.told(node, &self.writings[place].writes, fact.seq);
        for other in (0..self.servers.len()).filter(|other| *other != node) {
            // Lost, or late, or twice.
            let copies = match self.chance.below(10) {
                0..2 => 0,
                2..9 => 1,
                _ => 2,
            };
            for _ in 0..copies {
                self.soon(Happening::Push(other, Arc::clone(&fact)));
            }
        }
        self.soon(Happening::Acknowledge(place));
    }

    fn acknowledge(&mut self, place: usize) {
        let writing = &self.writings[place];
        let (whose, Some((_, fact))) = (writing.whose, writing.fact.clone()) else { return };
        let browser = &mut self.browsers[whose.browser];
        let open = &mut browser.tabs[whose.tab];
        if open.life != whose.life || browser.offline > self.now {
            return;
        }
        self.oracle.acknowledged(whose.browser, &writing.writes, fact.seq);
        if self.broken != Some(Broken::OwnWriteUnheard) {
            let deeds = open.tab.changed(&mut browser.jar, fact.seq, &fact.directives);
            self.carry_out(whose, deeds, self.now, None);
        }
    }

    fn caught_up(&mut self, place: usize) {
        let catching = &mut self.catchings[place];
        let (whose, asked) = (catching.whose, catching.asked);
        let browser = &mut self.browsers[whose.browser];
        let open = &mut browser.tabs[whose.tab];
        if open.life == whose.life {
            let caught = catching.caught.take().filter(|_| browser.offline <= self.now);
            let deeds = open.tab.caught_up(&mut browser.jar, caught, asked);
            self.carry_out(whose, deeds, asked, None);
        }
    }

    /// What a tab wants done. `asked` is when what is shown now was asked for.
    fn carry_out(&mut self, whose: Whose, deeds: Vec<Deed>, asked: Millis, node: Option<(usize, usize)>) {
        for deed in deeds {
            match deed {
                Deed::Show(key, record, marked) => {
                    let question = self.named(&key);
                    let browser = &mut self.browsers[whose.browser];
                    if !browser.tabs[whose.tab].waits.remove(&question) {
                        continue;
                    }
                    let (value, as_of, seen) = (decode(&record.body), record.as_of, browser.jar.seen);
                    self.say(|_| format!("{whose:?} is shown {key} {value:?} as of {as_of}, marked: {marked}"));
                    let shown = Shown { browser: whose.browser, value: &value, as_of, marked, asked, seen, node };
                    self.violated = self.violated.or(self.oracle.shown(&shown));
                    self.shown += 1;
                    self.marked += u64::from(marked);
                }
                Deed::Fetch(key) => {
                    let question = self.named(&key);
                    if self.browsers[whose.browser].tabs[whose.tab].waits.contains(&question) {
                        self.fetch(whose, question);
                    }
                }
                Deed::CatchUp(since, tags) => {
                    let offline = self.browsers[whose.browser].offline > self.now;
                    self.catchings.push(Catching { whose, asked: self.now, since, tags, caught: None });
                    let place = self.catchings.len() - 1;
                    self.soon(if offline { Happening::CaughtUp(place) } else { Happening::CatchUp(place) });
                }
            }
        }
    }

    fn named(&self, key: &Key) -> usize {
        self.questions.iter().position(|question| question.key == *key).unwrap_or_default()
    }

    fn fetch(&mut self, whose: Whose, question: usize) {
        let browser = &self.browsers[whose.browser];
        let asked = Asked { at: self.now, seen: browser.jar.seen };
        let offline = browser.offline > self.now;
        let node = self.chance.below(self.servers.len());
        let mut reading = Reading::new(asked.seen);
        if offline {
            reading.dies();
        }
        self.calls.push(Call { whose, question, asked, node, arrived: None, reading });
        let place = self.calls.len() - 1;
        self.soon(if offline { Happening::Answer(place) } else { Happening::Step(place) });
    }
}
