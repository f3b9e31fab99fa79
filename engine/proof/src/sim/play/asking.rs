//! A question: sent, gone on with, answered.

use std::sync::Arc;

use abreast_core::{Asked, Key};

use super::{ATTEMPTS, Play};
use crate::{
    broken::Broken,
    promise::Promise,
    reading::{Place, Reading, Said, Stage, Weather},
    sim::cast::{Call, Happening, Whose},
    tab::{Deed, record},
};

impl Play {
    pub(super) fn named(&self, key: &Key) -> usize {
        self.questions.iter().position(|question| question.key == *key).unwrap_or_default()
    }

    pub(super) fn fetch(&mut self, whose: Whose, question: usize) {
        let browser = &self.browsers[whose.browser];
        let clocks = browser.watch.read(self.schedule.now, self.broken);
        let asked = Asked { at: Some(clocks), seen: browser.jar.seen };
        let offline = browser.offline > self.schedule.now;
        let node = self.chance.below(self.servers.len());
        let mut reading = Reading::new(asked.seen);
        if offline {
            reading.dies();
        }
        self.calls.push(Call { whose, question, at: self.schedule.now, asked, node, arrived: None, reading });
        let place = self.calls.len() - 1;
        self.soon(if offline { Happening::Answer(place) } else { Happening::Step(place) });
    }

    pub(super) fn step(&mut self, place: usize) {
        let call = &self.calls[place];
        let (node, question) = (call.node, call.question);
        let looking = matches!(call.reading.stage(), Stage::Looking);
        let blind = self.servers[node].blind > self.schedule.now && self.chance.percent(80);
        let weather = match (blind, looking) {
            (true, _) => Weather::Unreachable,
            (false, true) => self.weather(node, question),
            (false, false) => Weather::Fair,
        };
        if let Stage::Leaping(told) = *self.calls[place].reading.stage()
            && !blind
        {
            self.database.noticed(told, self.schedule.now);
        }
        let (server, call) = (&mut self.servers[node], &mut self.calls[place]);
        let (life, _) = *call.arrived.get_or_insert_with(|| (server.life, self.oracle.told_so_far(node)));
        if life == server.life {
            let now = server.watch.read(self.schedule.now, self.broken);
            let (node, shared) = (&mut server.node, &mut self.shared);
            let mut at = Place { node, shared, database: &self.database, now, broken: self.broken };
            call.reading.step(&self.questions[question], &mut at, &weather, ATTEMPTS);
        } else {
            call.reading.dies();
        }
        if server.node.went_back {
            self.violated = Some(Promise::NeverBack);
        }
        match call.reading.stage() {
            Stage::Done(_) => self.soon(Happening::Answer(place)),
            Stage::Arrived | Stage::Leaping(_) | Stage::Confirming { .. } | Stage::Looking | Stage::Loading { .. } => {
                let after =
                    if self.chance.percent(5) { self.chance.millis(50, 1_500) } else { self.chance.millis(0, 8) };
                self.schedule.plan(after, Happening::Step(place));
            }
        }
    }

    /// Whose load is joined, or what the shared tier answers with.
    fn weather(&mut self, node: usize, question: usize) -> Weather {
        let here = |call: &&Call| call.node == node && call.question == question;
        let loading =
            self.calls.iter().rev().take(16).filter(here).find_map(|call| call.reading.own_load().map(Arc::clone));
        if let Some(entry) = loading {
            return Weather::Joining(entry);
        }
        let offered: Vec<_> = self.shared.of(&self.questions[question].key).collect();
        if offered.is_empty() || self.refusing > self.schedule.now || self.chance.percent(20) {
            return Weather::Fair;
        }
        Weather::Shared(Arc::clone(offered[self.chance.below(offered.len())]))
    }

    pub(super) fn answer(&mut self, place: usize) {
        let call = &self.calls[place];
        let (whose, question, at, asked) = (call.whose, call.question, call.at, call.asked);
        let key = self.questions[question].key.clone();
        let browser = &mut self.browsers[whose.browser];
        let open = &mut browser.tabs[whose.tab];
        if open.life != whose.life {
            return;
        }
        let said = match call.reading.stage() {
            Stage::Done(said) if browser.offline <= self.schedule.now => said.as_ref(),
            Stage::Done(_)
            | Stage::Arrived
            | Stage::Leaping(_)
            | Stage::Confirming { .. }
            | Stage::Looking
            | Stage::Loading { .. } => None,
        };
        let mut failed = false;
        let mut nothing = None;
        let shows_all = !browser.has_script || self.broken == Some(Broken::TakesAnything);
        let deeds = match said {
            Some(Said::Answer(answer)) if shows_all => {
                let record = record(answer, self.schedule.now);
                // The cookie that the answer sets, which never goes down.
                browser.jar.seen = browser.jar.seen.max(record.as_of);
                failed = answer.stale;
                vec![Deed::Show(key, Arc::new(record), answer.stale)]
            }
            Some(Said::Answer(answer)) => {
                failed = answer.stale;
                open.tab.answered(&mut browser.jar, &key, answer, asked, self.schedule.now)
            }
            Some(Said::NotThere(as_of, rows)) => {
                nothing = Some((*as_of, rows.clone()));
                if shows_all {
                    browser.jar.seen = browser.jar.seen.max(*as_of);
                    vec![]
                } else {
                    open.tab.not_there(&mut browser.jar, &key, *as_of, asked)
                }
            }
            None => {
                failed = true;
                open.tab.failed(&mut browser.jar, &key, self.schedule.now)
            }
        };
        // Asked again if more has been seen meanwhile.
        let is_shown = !deeds.iter().any(|deed| matches!(deed, Deed::Fetch(_)));
        let node = call.arrived.map(|(_, told)| (call.node, told));
        if let Some((as_of, rows)) = nothing.filter(|_| is_shown) {
            self.nothing_is_shown(whose, question, &rows, as_of, at, node);
        }
        self.carry_out(whose, deeds, at, node);
        if failed {
            // A client that was shown nothing gets an error.
            self.browsers[whose.browser].tabs[whose.tab].waits.remove(&question);
        }
    }
}
