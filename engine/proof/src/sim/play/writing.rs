//! A write: committed, told, pushed, acknowledged.

use std::sync::Arc;

use super::Play;
use crate::{broken::Broken, sim::cast::Happening};

impl Play {
    pub(super) fn commit(&mut self, place: usize) {
        let server = &self.servers[self.writings[place].node];
        if server.blind > self.schedule.now || self.restored_until > self.schedule.now {
            return;
        }
        let told = server.node.told();
        let writing = &mut self.writings[place];
        let fact = self.database.commit(&writing.writes, told, self.schedule.now, self.broken);
        self.oracle.committed(&writing.writes, fact.version, self.schedule.now);
        writing.fact = Some((server.life, fact));
        if self.broken == Some(Broken::FactFirst) {
            self.schedule.plan(2, Happening::WriteRows(place));
        }
        let after = 3 + self.chance.millis(0, 3);
        self.schedule.plan(after, Happening::Tell(place));
    }

    pub(super) fn tell(&mut self, place: usize) {
        let writing = &self.writings[place];
        let Some((life, fact)) = writing.fact.clone() else { return };
        let node = writing.node;
        if self.servers[node].life != life {
            return;
        }
        if self.broken != Some(Broken::OwnWriteUntold) {
            self.servers[node].node.apply(&fact, self.broken);
            self.servers[node].node.learnt(fact.seq, Some(fact.version));
        }
        self.oracle.told(node, &self.writings[place].writes, fact.version);
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

    pub(super) fn acknowledge(&mut self, place: usize) {
        let writing = &self.writings[place];
        let (whose, Some((_, fact))) = (writing.whose, writing.fact.clone()) else { return };
        let browser = &mut self.browsers[whose.browser];
        let open = &mut browser.tabs[whose.tab];
        // Without our script, who went on to another page does not hear of it.
        let went_on = !browser.has_script && !open.waits.is_empty();
        if open.life != whose.life || browser.offline > self.schedule.now || went_on {
            return;
        }
        self.oracle.acknowledged(whose.browser, &writing.writes, fact.version);
        if self.broken != Some(Broken::OwnWriteUnheard) {
            let deeds = open.tab.changed(&mut browser.jar, fact.seq, &fact.directives);
            self.carry_out(whose, deeds, self.schedule.now, None);
        }
    }
}
