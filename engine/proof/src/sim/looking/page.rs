//! A page: a tab's cache, its part in the live line, and what is on screen. Side by side with
//! `app/src/cache/live.rs`.

use std::sync::Arc;

use abreast_core::{Asked, Clocks, Key, LogId, Millis, Seq};

use super::{Happening, Looking};
use crate::{
    database::Loaded,
    nouns::{Answer, CatchUp, LineEffect, LineEvent, TabLeader, TabMessage, Tag},
    rows::{Value, decode},
    tab::{Deed, Jar, Tab},
};

/// One page.
#[derive(Debug)]
pub(super) struct Page {
    /// Goes up with each reload: an answer to an earlier question is dropped.
    life: u32,
    pub(super) tab: Tab,
    leader: TabLeader,
    /// The line that it has.
    pub(super) on: Option<usize>,
    /// Whether it says that it is connected; `None` until it knows.
    pub(super) line: Option<bool>,
    /// When it said so.
    pub(super) said: Millis,
    pub(super) screen: Option<Value>,
    /// Whether it says that what is on screen may be old.
    pub(super) marked: bool,
    /// Until when it is hidden, and until when it stands still.
    pub(super) hidden: Millis,
    pub(super) frozen: Millis,
    /// Until when what other tabs say is lost on it.
    pub(super) deaf: Millis,
    /// Until when it was last one or the other.
    pub(super) away: Millis,
}

/// What a node is asked.
#[derive(Debug, Clone)]
pub(super) enum Ask {
    /// What the page shows.
    Page(u32, Asked),
    /// What became of these tags.
    CatchUp(u32, Clocks, Seq, Vec<Tag>),
}

/// What it answers; nothing if it could not be asked.
#[derive(Debug, Clone)]
pub(super) enum Said {
    /// This is there now.
    Page(u32, Asked, Option<Answer<Arc<Value>>>),
    /// This became of them.
    CaughtUp(u32, Clocks, Option<CatchUp>),
}

impl Page {
    /// It is opened, and has a number that no other has.
    pub(super) fn open(number: u64, jar: &mut Jar) -> Self {
        Self {
            life: 0,
            tab: Tab::open(jar),
            leader: TabLeader::new(number, LogId::from_bits(1)),
            on: None,
            line: None,
            said: Millis(0),
            screen: None,
            marked: false,
            hidden: Millis(0),
            frozen: Millis(0),
            deaf: Millis(0),
            away: Millis(0),
        }
    }

    /// Whether it is looked at, and runs.
    pub(super) fn is_in_front(&self, now: Millis) -> bool {
        self.hidden <= now && self.frozen <= now
    }
}

impl Looking {
    /// A page that is opened, or made to ask again, wants its answer.
    pub(super) fn wants(&mut self, page: usize) {
        let (key, now) = (self.questions[page].key.clone(), self.clocks());
        let deeds = self.pages[page].tab.wanted(&mut self.jar, &key, now);
        self.carry_out(page, deeds);
    }

    /// A page is loaded anew. Its place in the line goes to the other, if it had it.
    pub(super) fn reloads(&mut self, page: usize) {
        self.happens_to(page, LineEvent::Leaving);
        let life = self.pages[page].life + 1;
        let number = u64::from(life) * 2 + page as u64;
        self.pages[page] = Page { life, away: self.schedule.now, ..Page::open(number, &mut self.jar) };
        self.wants(page);
        self.hands_over(page);
    }

    /// A page leaves its tab and is kept whole, until the person goes back to it.
    pub(super) fn puts_away(&mut self, page: usize, until: Millis) {
        self.happens_to(page, LineEvent::Leaving);
        self.hands_over(page);
        let kept = &mut self.pages[page];
        // It stands still, and hears nothing that is said meanwhile.
        (kept.frozen, kept.deaf) = (until, until);
        kept.away = kept.away.max(until);
        self.schedule.plan(until.since(self.schedule.now), Happening::Back(page));
    }

    fn hands_over(&mut self, page: usize) {
        if self.leads == page {
            self.leads = 1 - page;
            self.schedule.plan(1, Happening::Leads(self.leads));
        }
    }

    pub(super) fn happens_to(&mut self, page: usize, event: LineEvent) {
        for effect in self.pages[page].leader.handle(event) {
            match effect {
                LineEffect::Connect => self.connect(page),
                LineEffect::Disconnect => {
                    if let Some(line) = self.pages[page].on.take() {
                        self.lines[line].open = false;
                    }
                }
                LineEffect::Send(subscribe) => self.subscribe(page, subscribe),
                LineEffect::Here | LineEffect::AskSession => {}
                LineEffect::TellTabs(message) => self.schedule.plan(1, Happening::Heard(1 - page, message)),
                LineEffect::SayHeld => self.says_held(page),
                LineEffect::Apply(seq, directives, _) => {
                    let deeds = self.pages[page].tab.changed(&mut self.jar, seq, &directives);
                    self.carry_out(page, deeds);
                }
                LineEffect::CatchUp => {
                    let deeds = self.pages[page].tab.returned(&mut self.jar);
                    self.carry_out(page, deeds);
                }
                LineEffect::RetryWithin(most) => {
                    let most = i64::from(most);
                    let after = self.chance.millis(most / 2, most);
                    self.schedule.plan(after, Happening::Retry(page));
                }
                LineEffect::Line(live) => {
                    self.pages[page].line = Some(live);
                    self.pages[page].said = self.schedule.now;
                }
            }
        }
    }

    fn says_held(&mut self, page: usize) {
        let tags = self.pages[page].tab.tags();
        self.happens_to(page, LineEvent::Held(tags));
    }

    /// What a page's cache wants done.
    pub(super) fn carry_out(&mut self, page: usize, deeds: Vec<Deed>) {
        let life = self.pages[page].life;
        for deed in deeds {
            match deed {
                Deed::Show(_, record, marked) => {
                    (self.pages[page].screen, self.pages[page].marked) = (Some(decode(&record.body)), marked);
                    self.says_held(page);
                }
                Deed::Fetch(_) => {
                    let asked = Asked { at: Some(self.clocks()), seen: self.jar.seen };
                    self.soon(Happening::Asks(page, Ask::Page(life, asked)));
                }
                Deed::CatchUp(since, tags) => {
                    let asked = Ask::CatchUp(life, self.clocks(), since, tags);
                    self.soon(Happening::Asks(page, asked));
                }
                Deed::Old(key) => {
                    let now = self.clocks();
                    let deeds = self.pages[page].tab.wanted_again(&mut self.jar, &key, now);
                    self.carry_out(page, deeds);
                }
            }
        }
    }

    /// A node is asked.
    pub(super) fn asks(&mut self, page: usize, ask: Ask) {
        let can = self.offline <= self.schedule.now && self.blind <= self.schedule.now;
        let said = match ask {
            Ask::Page(life, asked) => {
                let loaded = self.database.load(&self.questions[page], self.schedule.now);
                let answer = match loaded {
                    Loaded::Entry(entry) => Answer { entry: entry.map(Arc::new), stale: false, keep: true },
                    Loaded::NotThere(_) => return,
                };
                Said::Page(life, asked, can.then_some(answer))
            }
            Ask::CatchUp(life, asked, since, tags) => {
                Said::CaughtUp(life, asked, can.then(|| self.database.changes_since(since, &tags)))
            }
        };
        self.soon(Happening::Answers(page, said));
    }

    /// Its answer arrives, unless the browser has gone offline meanwhile.
    pub(super) fn answers(&mut self, page: usize, said: Said) {
        let online = self.offline <= self.schedule.now;
        let key: Key = self.questions[page].key.clone();
        let (tab, jar, current) = (&mut self.pages[page].tab, &mut self.jar, self.pages[page].life);
        let deeds = match said {
            Said::Page(life, ..) | Said::CaughtUp(life, ..) if life != current => return,
            Said::Page(_, asked, answer) => {
                if let Some(answer) = answer.filter(|_| online) {
                    tab.answered(jar, &key, &answer, asked, self.schedule.now)
                } else {
                    let deeds = tab.failed(jar, &key, self.schedule.now);
                    // It says that it could not be loaded.
                    self.pages[page].marked = true;
                    deeds
                }
            }
            Said::CaughtUp(_, asked, caught) => tab.caught_up(jar, caught.filter(|_| online), asked),
        };
        self.carry_out(page, deeds);
    }

    pub(super) fn hears(&mut self, page: usize, message: TabMessage) {
        self.happens_to(page, LineEvent::Heard(message));
    }

    /// No clock lies here: that is played in the other schedules.
    fn clocks(&self) -> Clocks {
        Clocks { wall: self.schedule.now, monotonic: self.schedule.now }
    }
}
