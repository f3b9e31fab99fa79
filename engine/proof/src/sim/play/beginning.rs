//! Actions of people, and faults: one after another.

use abreast_core::Millis;

use super::{Play, RETAINED};
use crate::{
    database::Write,
    node::Node,
    rows::Row,
    sim::{
        cast::{Happening, OpenTab, Whose, Writing},
        chance::ROWS,
    },
};

impl Play {
    pub(super) fn begin(&mut self) {
        let browser = self.chance.below(self.browsers.len());
        let tab = self.chance.below(self.browsers[browser].tabs.len());
        let whose = Whose { browser, tab, life: self.browsers[browser].tabs[tab].life };
        let node = self.chance.below(self.servers.len());
        let until = Millis(self.schedule.now.0 + self.chance.millis(50, 2_000));
        match self.chance.below(103) {
            0..60 => {
                let question = self.chance.below(self.questions.len());
                self.wants(whose, question);
            }
            60..84 => self.writes(whose, node),
            84..87 if self.may_fail() => {
                self.say(|_| format!("node {node} restarts"));
                let server = &mut self.servers[node];
                server.life += 1;
                server.node = Node::start(&self.database);
            }
            87..90 if self.may_fail() => {
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
            94..96 if self.browsers[browser].has_script => {
                let browser = &mut self.browsers[browser];
                let deeds = browser.tabs[tab].tab.returned(&mut browser.jar);
                self.carry_out(whose, deeds, self.schedule.now, None);
            }
            96 => self.shared.flush(),
            97 => self.refusing = until,
            98 => self.a_clock_lies(browser, node),
            99..101 => self.backs_up(),
            101 if self.may_fail() => self.begins_to_restore(),
            _ => {
                self.say(|_| "the log is trimmed".into());
                self.database.trim(RETAINED);
            }
        }
    }

    fn wants(&mut self, whose: Whose, question: usize) {
        if self.browsers[whose.browser].is_busy() {
            return;
        }
        let key = self.questions[question].key.clone();
        self.say(|_| format!("{whose:?} wants {key}"));
        let browser = &mut self.browsers[whose.browser];
        let open = &mut browser.tabs[whose.tab];
        open.waits.insert(question);
        if !browser.has_script {
            return self.fetch(whose, question);
        }
        let clocks = browser.watch.read(self.schedule.now, self.broken);
        let deeds = open.tab.wanted(&mut browser.jar, &key, clocks);
        self.carry_out(whose, deeds, self.schedule.now, None);
    }

    fn writes(&mut self, whose: Whose, node: usize) {
        let mut writes = vec![];
        for _ in 0..=self.chance.below(2) {
            let row = Row(u8::try_from(self.chance.below(ROWS)).unwrap_or_default());
            writes.push(if self.chance.percent(25) { Write::Withdraw(row) } else { Write::Edit(row) });
        }
        let browser = &self.browsers[whose.browser];
        if browser.offline <= self.schedule.now && !browser.is_busy() {
            self.writings.push(Writing { whose, node, writes, fact: None });
            self.soon(Happening::Commit(self.writings.len() - 1));
        }
    }
}
