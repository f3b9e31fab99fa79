//! A live line: what is said over it, in order, until it is cut or swallows everything.

use abreast_core::{Millis, Seq};

use super::{BEATS, Happening, LATENCY, Looking};
use crate::nouns::{CatchUp, LineEvent, ServerMessage, Subscribe, Tag};

/// One line, from its making on.
#[derive(Debug)]
pub(super) struct Line {
    /// Whose it is.
    pub(super) page: usize,
    /// Whether it is there; until it is cut, by either end.
    pub(super) open: bool,
    /// Whether something in between has forgotten it: neither end hears of it.
    pub(super) swallows: bool,
    tags: Vec<Tag>,
    /// How far its page was told.
    told: Seq,
    /// When what was said last arrives: what is said later does not overtake it.
    arrives: Millis,
}

impl Looking {
    /// A page makes a line.
    pub(super) fn connect(&mut self, page: usize) {
        let line = Line {
            page,
            open: false,
            swallows: self.swallowing > self.schedule.now,
            tags: vec![],
            told: self.database.head(),
            arrives: self.schedule.now,
        };
        self.lines.push(line);
        let line = self.lines.len() - 1;
        self.pages[page].on = Some(line);
        self.soon(if self.offline > self.schedule.now { Happening::Closed(line) } else { Happening::Opened(line) });
    }

    /// It is there. What was in between may have said so.
    pub(super) fn opened(&mut self, line: usize) {
        let page = self.lines[line].page;
        if self.pages[page].on == Some(line) {
            self.lines[line].open = true;
            self.lines[line].told = self.database.head();
            self.happens_to(page, LineEvent::Opened);
            self.schedule.plan(BEATS, Happening::Beat(line));
        }
    }

    /// It is cut, and its page hears of it.
    pub(super) fn closed(&mut self, line: usize) {
        let page = self.lines[line].page;
        self.lines[line].open = false;
        if self.pages[page].on == Some(line) {
            self.pages[page].on = None;
            self.happens_to(page, LineEvent::Closed);
        }
    }

    /// The server says that it is there, if it can read its log.
    pub(super) fn beat(&mut self, line: usize) {
        if self.lines[line].open {
            self.schedule.plan(BEATS, Happening::Beat(line));
            if self.blind <= self.schedule.now {
                self.tell(line);
                self.send(line, ServerMessage::Beat { head: self.database.head() });
            }
        }
    }

    /// The server tells what was committed since, of what its page holds.
    pub(super) fn tell(&mut self, line: usize) {
        let Line { open: true, told, tags, .. } = &self.lines[line] else { return };
        let CatchUp::Changes { head, log } = self.database.changes_since(*told, tags) else { return };
        self.lines[line].told = head;
        for (seq, directives) in log {
            self.send(line, ServerMessage::Row { seq, directives, spread: 0 });
        }
    }

    pub(super) fn subscribes(&mut self, line: usize, subscribe: &Subscribe) {
        if !self.lines[line].open {
            return;
        }
        if self.blind > self.schedule.now {
            // What became of it can't be told: the server hangs up, so that its silence is not taken for an answer.
            self.lines[line].open = false;
            if !self.lines[line].swallows {
                self.soon(Happening::Closed(line));
            }
        } else {
            self.tell(line);
            self.lines[line].tags.clone_from(&subscribe.tags);
            let caught = self.database.changes_since(subscribe.since, &subscribe.tags);
            self.send(line, ServerMessage::CaughtUp(caught));
        }
    }

    /// A page says something to its server.
    pub(super) fn subscribe(&mut self, page: usize, subscribe: Subscribe) {
        if let Some(line) = self.pages[page].on
            && let Some(at) = self.carries(line)
        {
            self.schedule.plan(at, Happening::Subscribes(line, subscribe));
        }
    }

    fn send(&mut self, line: usize, message: ServerMessage) {
        if let Some(at) = self.carries(line) {
            self.schedule.plan(at, Happening::Says(line, message));
        }
    }

    /// In how many milliseconds what is said on a line now arrives, if it does.
    fn carries(&mut self, line: usize) -> Option<i64> {
        let after = self.chance.millis(1, LATENCY);
        let offline = self.offline > self.schedule.now;
        let line = &mut self.lines[line];
        // What is lost is lost with all that comes after it: the line keeps an order.
        line.swallows |= offline;
        line.arrives = Millis(self.schedule.now.0 + after).max(line.arrives);
        (line.open && !line.swallows).then(|| line.arrives.since(self.schedule.now))
    }

    pub(super) fn says(&mut self, line: usize, message: ServerMessage) {
        let page = self.lines[line].page;
        self.lines[line].swallows |= self.offline > self.schedule.now;
        if self.pages[page].on == Some(line) && !self.lines[line].swallows {
            self.happens_to(page, LineEvent::Said(message));
        }
    }
}
