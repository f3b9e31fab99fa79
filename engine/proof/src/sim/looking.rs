//! Pages in front that are only looked at, and the live line that tells them: chance schedules of one browser
//! with two tabs, and of all that can happen to their lines. The tabs run the product's `ClientCache` and
//! `TabLeader`; the server's half is what `server/src/live/` does, in a few lines.

mod line;
mod page;
mod trouble;

use abreast_core::{BEAT, Millis, Seq};

use self::{line::Line, page::Page};
use super::{chance::Chance, schedule::Schedule};
use crate::{
    broken::Broken,
    database::{Database, Write},
    nouns::{LineEvent, ServerMessage, Subscribe, TabMessage},
    promise::Promise,
    rows::{Question, Row, Value},
    tab::Jar,
};

/// How long a schedule is, in milliseconds, and how much is begun meanwhile.
const LENGTH: i64 = 60_000;
const WRITES: usize = 30;
const TROUBLES: usize = 8;
/// The longest that a message takes.
const LATENCY: i64 = 100;
/// How long what a page was told takes to be on screen: the word, the question what became of it, the page, and that
/// question once more if another tab has seen more meanwhile.
const SETTLING: i64 = 7 * LATENCY;
/// How old a page in front may be: five seconds of silence, and that.
const OLDEST: i64 = 5_000 + SETTLING;

/// What happens at a moment. A page's number is its tab's; a line's is its place in the list of all.
#[derive(Debug, Clone)]
enum Happening {
    /// Something is written.
    Write,
    /// Something goes wrong.
    Trouble,
    /// A second has passed in a page; it is looked at.
    Tick(usize),
    /// A page is in front again.
    Back(usize),
    /// It is chosen to have the line.
    Leads(usize),
    /// Its timer to make another line is over.
    Retry(usize),
    /// Another tab said something.
    Heard(usize, TabMessage),
    /// A line is there.
    Opened(usize),
    /// Its page hears that it is cut.
    Closed(usize),
    /// The server says on a line that it is there.
    Beat(usize),
    /// The server is told what a page holds.
    Subscribes(usize, Subscribe),
    /// A page is told something.
    Says(usize, ServerMessage),
    /// The node is asked.
    Asks(usize, page::Ask),
    /// And has answered, or could not be asked.
    Answers(usize, page::Said),
}

/// A schedule under way.
#[derive(Debug)]
pub(super) struct Looking {
    chance: Chance,
    schedule: Schedule<Happening>,
    questions: [Question; 2],
    database: Database,
    /// Each change: which row, under which version, when.
    changes: Vec<(Row, Seq, Millis)>,
    jar: Jar,
    pages: [Page; 2],
    /// Which of them the browser has chosen to have the line.
    leads: usize,
    lines: Vec<Line>,
    /// Until when the browser is offline, the node can't read its log, and something in between swallows what is
    /// said on a line.
    offline: Millis,
    blind: Millis,
    swallowing: Millis,
    broken: Option<Broken>,
    /// How often a page was looked at that promised to be current.
    pub(super) looked: u64,
    /// How often one had said that it may not be.
    pub(super) unsure: u64,
    violated: Option<Promise>,
}

impl Looking {
    /// The schedule of this seed.
    pub(super) fn of(seed: u64, broken: Option<Broken>, traced: bool) -> Self {
        let mut jar = Jar::default();
        let mut looking = Self {
            chance: Chance::of(seed),
            schedule: Schedule::new(traced),
            questions: [Question::about("book", &[0, 1], None), Question::about("list", &[1, 2, 3], None)],
            database: Database::default(),
            changes: vec![],
            pages: [1, 2].map(|number| Page::open(number, &mut jar)),
            jar,
            leads: 0,
            lines: vec![],
            offline: Millis(0),
            blind: Millis(0),
            swallowing: Millis(0),
            broken,
            looked: 0,
            unsure: 0,
            violated: None,
        };
        for (count, happening) in [(WRITES, Happening::Write), (TROUBLES, Happening::Trouble)] {
            for _ in 0..count {
                let at = looking.chance.millis(0, LENGTH);
                looking.schedule.plan(at, happening.clone());
            }
        }
        for page in 0..looking.pages.len() {
            let phase = looking.chance.millis(0, 1_000);
            looking.schedule.plan(phase, Happening::Tick(page));
            looking.wants(page);
        }
        looking.schedule.plan(0, Happening::Leads(0));
        looking
    }

    /// Plays it to its end, or to the first broken promise.
    pub(super) fn run(&mut self) -> Option<Promise> {
        while self.violated.is_none()
            && let Some(happening) = self.schedule.next()
            && self.schedule.elapsed() < LENGTH
        {
            self.say(|_| format!("{happening:?}"));
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

    fn soon(&mut self, happening: Happening) {
        let after = self.chance.millis(1, LATENCY);
        self.schedule.plan(after, happening);
    }

    fn happen(&mut self, happening: Happening) {
        if matches!(happening, Happening::Heard(page, _) if self.pages[page].deaf > self.schedule.now) {
            return;
        }
        if let Some(thaws) = self.waits(&happening) {
            return self.schedule.plan(thaws, happening);
        }
        match happening {
            Happening::Write => self.write(),
            Happening::Trouble => self.trouble(),
            Happening::Tick(page) => self.tick(page),
            Happening::Back(page) => self.back(page),
            Happening::Leads(page) => self.happens_to(page, LineEvent::Lead),
            Happening::Retry(page) => self.happens_to(page, LineEvent::Retry),
            Happening::Heard(page, message) => self.hears(page, message),
            Happening::Opened(line) => self.opened(line),
            Happening::Closed(line) => self.closed(line),
            Happening::Beat(line) => self.beat(line),
            Happening::Subscribes(line, subscribe) => self.subscribes(line, &subscribe),
            Happening::Says(line, message) => self.says(line, message),
            Happening::Asks(page, ask) => self.asks(page, ask),
            Happening::Answers(page, said) => self.answers(page, said),
        }
    }

    fn write(&mut self) {
        let row = Row(u8::try_from(self.chance.below(4)).unwrap_or_default());
        let write = if self.chance.percent(25) { Write::Withdraw(row) } else { Write::Edit(row) };
        // Other rules than that of the line are broken in the other schedules.
        let fact = self.database.commit(&[write], Seq::ZERO, self.schedule.now, None);
        self.changes.push((row, fact.version, self.schedule.now));
        if self.blind <= self.schedule.now {
            for line in 0..self.lines.len() {
                self.tell(line);
            }
        }
    }

    /// A second has passed in a page; if it is in front, it is looked at.
    fn tick(&mut self, page: usize) {
        self.schedule.plan(1_000, Happening::Tick(page));
        if !self.pages[page].is_in_front(self.schedule.now) {
            return;
        }
        if self.broken != Some(Broken::SilentLineTrusted) {
            self.happens_to(page, LineEvent::Tick);
        }
        self.look(page);
        let shows = self.pages[page].screen.is_some() && !self.pages[page].marked;
        if !shows && self.chance.percent(30) {
            self.wants(page);
        }
    }

    /// What is on screen lacks nothing that is older than it may be, or says that it may.
    fn look(&mut self, page: usize) {
        let looked = &self.pages[page];
        // What it was told when its line came back is being asked for.
        let just_back = self.schedule.now.since(looked.said) < SETTLING;
        // It can't ask while it is offline, or the node is blind; then that is what must be said.
        let could_ask = [self.offline, self.blind].iter().all(|until| self.schedule.now.since(*until) > OLDEST);
        let unsure = looked.marked || looked.line == Some(false) || just_back;
        self.unsure += u64::from(unsure);
        if looked.marked || unsure && !could_ask {
            return;
        }
        self.looked += 1;
        let is_missed = |(row, version, at): &&(Row, Seq, Millis)| {
            let lacks = |shown: &Value| shown.iter().any(|(of, last)| of == row && last < version);
            looked.screen.as_ref().is_some_and(lacks) && self.schedule.now.since((*at).max(looked.away)) > OLDEST
        };
        if let Some((row, version, at)) = self.changes.iter().find(is_missed).copied() {
            let late = self.schedule.now.since(at);
            self.say(|_| format!("page {page} lacks {version:?} of {row:?}, {late} ms old"));
            self.violated = Some(Promise::LookersAreTold);
        }
    }
}

/// When a server beats.
const BEATS: i64 = BEAT as i64;
