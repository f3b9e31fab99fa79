//! What a tab wants done, and what it shows.

use abreast_core::{Millis, Seq};

use super::Play;
use crate::{
    rows::{Value, decode},
    sim::{
        cast::{Catching, Happening, Whose},
        oracle::Shown,
    },
    tab::Deed,
};

impl Play {
    pub(super) fn caught_up(&mut self, place: usize) {
        let catching = &mut self.catchings[place];
        let (whose, asked, clocks) = (catching.whose, catching.asked, catching.clocks);
        let browser = &mut self.browsers[whose.browser];
        let open = &mut browser.tabs[whose.tab];
        if open.life == whose.life {
            let caught = catching.caught.take().filter(|_| browser.offline <= self.schedule.now);
            let deeds = open.tab.caught_up(&mut browser.jar, caught, clocks);
            self.carry_out(whose, deeds, asked, None);
        }
    }

    /// A client is told that there is no such thing.
    pub(super) fn nothing_is_shown(
        &mut self,
        whose: Whose,
        question: usize,
        rows: &Value,
        as_of: Seq,
        asked: Millis,
        node: Option<(usize, usize)>,
    ) {
        let browser = &mut self.browsers[whose.browser];
        if browser.tabs[whose.tab].waits.remove(&question) {
            let seen = browser.jar.seen;
            let shown = Shown { browser: whose.browser, value: rows, as_of, marked: false, asked, seen, node };
            self.judge(&shown);
            self.not_there += 1;
        }
    }

    fn judge(&mut self, shown: &Shown<'_>) {
        if let Some(leapt) = self.database.leapt() {
            self.oracle.leapt(self.database.version(), leapt);
        }
        self.violated = self.violated.or(self.oracle.shown(shown));
        self.shown += 1;
    }

    /// Carries out a tab's effects. `asked` is the moment of the question whose answer is shown.
    pub(super) fn carry_out(&mut self, whose: Whose, deeds: Vec<Deed>, asked: Millis, node: Option<(usize, usize)>) {
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
                    self.judge(&shown);
                    self.marked += u64::from(marked);
                }
                Deed::Fetch(key) => {
                    let question = self.named(&key);
                    if self.browsers[whose.browser].tabs[whose.tab].waits.contains(&question) {
                        self.fetch(whose, question);
                    }
                }
                // Here what is asked for is shown once, and not looked at: see `looking.rs`.
                Deed::Old(_) => {}
                Deed::CatchUp(since, tags) => {
                    let browser = &self.browsers[whose.browser];
                    let (offline, clocks) =
                        (browser.offline > self.schedule.now, browser.watch.read(self.schedule.now, self.broken));
                    self.catchings.push(Catching {
                        whose,
                        asked: self.schedule.now,
                        clocks,
                        since,
                        tags,
                        caught: None,
                    });
                    let place = self.catchings.len() - 1;
                    self.soon(if offline { Happening::CaughtUp(place) } else { Happening::CatchUp(place) });
                }
            }
        }
    }
}
