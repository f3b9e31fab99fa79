//! What goes wrong with lines and pages.

use abreast_core::Millis;

use super::{Happening, Looking};
use crate::nouns::LineEvent;

impl Looking {
    /// One thing goes wrong.
    pub(super) fn trouble(&mut self) {
        let until = Millis(self.schedule.now.0 + self.chance.millis(200, 15_000));
        let page = self.chance.below(self.pages.len());
        match self.chance.below(8) {
            0 => {
                self.say(|_| "lines swallow what is said on them, and new ones do for a while".into());
                self.swallowing = until;
                for line in &mut self.lines {
                    line.swallows = true;
                }
            }
            1 => {
                self.say(|_| "lines are cut".into());
                for line in 0..self.lines.len() {
                    if self.lines[line].open && !self.lines[line].swallows {
                        self.lines[line].open = false;
                        self.soon(Happening::Closed(line));
                    }
                }
            }
            2 => {
                self.say(|_| "the browser is offline for a while".into());
                self.offline = until;
            }
            3 => {
                self.say(|_| "the node can't read its log for a while".into());
                self.blind = until;
            }
            4 => {
                self.say(|_| format!("page {page} is hidden for a while"));
                self.pages[page].hidden = until;
                self.pages[page].away = self.pages[page].away.max(until);
                self.schedule.plan(until.since(self.schedule.now), Happening::Back(page));
            }
            5 => {
                self.say(|_| format!("page {page} stands still for a while"));
                let page = &mut self.pages[page];
                page.frozen = page.frozen.max(until);
                page.away = page.away.max(until);
            }
            6 if self.pages[page].frozen <= self.schedule.now => {
                self.say(|_| format!("page {page} is put away whole, and comes back"));
                self.puts_away(page, until);
            }
            // What stands still can't be loaded anew.
            _ if self.pages[page].frozen > self.schedule.now => {}
            _ => {
                self.say(|_| format!("page {page} reloads"));
                self.reloads(page);
            }
        }
    }

    /// A page is in front again.
    pub(super) fn back(&mut self, page: usize) {
        if self.pages[page].is_in_front(self.schedule.now) {
            self.happens_to(page, LineEvent::Back);
            let deeds = self.pages[page].tab.returned(&mut self.jar);
            self.carry_out(page, deeds);
        }
    }

    /// In how many milliseconds a page that stands still goes on, if this is for it.
    pub(super) fn waits(&self, happening: &Happening) -> Option<i64> {
        let page = match happening {
            Happening::Tick(page)
            | Happening::Back(page)
            | Happening::Leads(page)
            | Happening::Retry(page)
            | Happening::Heard(page, _)
            | Happening::Answers(page, _) => *page,
            Happening::Opened(line) | Happening::Closed(line) | Happening::Says(line, _) => self.lines[*line].page,
            Happening::Write
            | Happening::Trouble
            | Happening::Beat(_)
            | Happening::Subscribes(..)
            | Happening::Asks(..) => return None,
        };
        let frozen = self.pages[page].frozen.since(self.schedule.now);
        (frozen > 0).then_some(frozen)
    }
}
