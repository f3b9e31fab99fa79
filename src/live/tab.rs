//! A tab's part in its browser's one live line, as a state machine. One tab leads: it has the line,
//! speaks for all, and passes on what it hears.

use std::collections::{BTreeMap, BTreeSet};

use super::{Gossip, Holds, MOST_HELD, Told};
use crate::{
    directive::Directive,
    ids::LogId,
    receipt::{CatchUp, Receipt},
    seq::Seq,
    tag::Tag,
};

/// Milliseconds until a line that was cut is tried again, at first and at most.
const FIRST_PAUSE: u32 = 500;
const LONGEST_PAUSE: u32 = 30_000;

/// What happens to a tab.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LineEvent {
    /// It leads from now on.
    Lead,
    /// Its line is there.
    Opened,
    /// Its line was cut, or could not be made.
    Closed,
    /// The server said this over its line.
    Said(Told),
    /// Another tab said this.
    Heard(Gossip),
    /// A mutation of its own was acknowledged.
    Wrote(Receipt),
    /// It holds these tags, each known up to a position.
    Held(Vec<(Tag, Seq)>),
    /// The pause before another try is over, or the network is back.
    Retry,
    /// Its page is closing.
    Leaving,
}

/// What the holder of a tab must do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LineEffect {
    /// Make a line.
    Connect,
    /// Hang up.
    Disconnect,
    /// Send this over the line.
    Send(Holds),
    /// Tell the other tabs.
    Gossip(Gossip),
    /// Answer with [`LineEvent::Held`].
    SayHeld,
    /// Apply what was committed, within so many milliseconds.
    Apply(Seq, Vec<Directive>, u32),
    /// Ask the server what became of all that is held.
    CatchUp,
    /// Try again after a random part of so many milliseconds, at least half.
    RetryWithin(u32),
    /// The line is there, or not.
    Line(bool),
}

/// A tab.
#[derive(Debug)]
pub struct Tab {
    id: u64,
    log: LogId,
    leads: bool,
    /// A line is there or being made.
    calling: bool,
    open: bool,
    pause: u32,
    /// What it holds, and has said that it does.
    named: Vec<Tag>,
    /// What the other tabs hold, for the one that leads.
    others: BTreeMap<u64, Vec<Tag>>,
}

impl Tab {
    /// A tab that follows this log, under a number of its own.
    pub fn new(id: u64, log: LogId) -> Self {
        Self {
            id,
            log,
            leads: false,
            calling: false,
            open: false,
            pause: FIRST_PAUSE,
            named: vec![],
            others: BTreeMap::new(),
        }
    }

    /// Takes an event in, and says what to do.
    pub fn handle(&mut self, event: LineEvent) -> Vec<LineEffect> {
        match event {
            LineEvent::Lead => {
                self.leads = true;
                self.call()
            }
            LineEvent::Opened => {
                (self.open, self.pause) = (true, FIRST_PAUSE);
                self.others.clear();
                self.named.clear();
                let line = [LineEffect::Line(true), LineEffect::Gossip(Gossip::Line(true))];
                line.into_iter().chain([LineEffect::Gossip(Gossip::Roll), LineEffect::SayHeld]).collect()
            }
            LineEvent::Closed => {
                (self.open, self.calling) = (false, false);
                let pause = self.pause;
                self.pause = pause.saturating_mul(2).min(LONGEST_PAUSE);
                let line = [LineEffect::Line(false), LineEffect::Gossip(Gossip::Line(false))];
                line.into_iter().chain(self.leads.then_some(LineEffect::RetryWithin(pause))).collect()
            }
            LineEvent::Retry => self.call(),
            LineEvent::Said(told) => {
                let mut effects = vec![LineEffect::Gossip(Gossip::Told(told.clone()))];
                effects.extend(apply(told));
                effects
            }
            LineEvent::Heard(gossip) => self.heard(gossip),
            LineEvent::Wrote(receipt) => vec![LineEffect::Gossip(Gossip::Wrote(receipt))],
            LineEvent::Held(tags) => self.held(&tags),
            LineEvent::Leaving => {
                let was_calling = std::mem::take(&mut self.calling);
                (self.open, self.leads) = (false, false);
                let left = LineEffect::Gossip(Gossip::Left(self.id));
                was_calling.then_some(LineEffect::Disconnect).into_iter().chain([left]).collect()
            }
        }
    }

    fn call(&mut self) -> Vec<LineEffect> {
        if !self.leads || self.calling {
            return vec![];
        }
        self.calling = true;
        vec![LineEffect::Connect]
    }

    fn heard(&mut self, gossip: Gossip) -> Vec<LineEffect> {
        match gossip {
            Gossip::Told(told) => apply(told),
            Gossip::Wrote(receipt) => vec![LineEffect::Apply(receipt.seq, receipt.directives, 0)],
            Gossip::Roll => {
                self.named.clear();
                vec![LineEffect::SayHeld]
            }
            Gossip::Line(open) => vec![LineEffect::Line(open)],
            Gossip::Left(tab) => {
                self.others.remove(&tab);
                vec![]
            }
            Gossip::Holds(tab, holds) if self.leads => {
                self.others.insert(tab, holds.tags);
                let mut effects = vec![LineEffect::Gossip(Gossip::Line(self.open))];
                effects.extend(self.speak(holds.since));
                effects
            }
            Gossip::Holds(..) => vec![],
        }
    }

    /// Says what it holds, if there is anything that it has not named before.
    fn held(&mut self, held: &[(Tag, Seq)]) -> Vec<LineEffect> {
        let new = held.iter().filter(|(tag, _)| !self.named.contains(tag));
        let Some(since) = new.map(|(_, known)| *known).min() else { return vec![] };
        let mut seen = BTreeSet::new();
        self.named = held.iter().map(|(tag, _)| *tag).filter(|tag| seen.insert(*tag)).take(MOST_HELD).collect();
        if self.leads {
            self.speak(since)
        } else {
            let holds = Holds { log: self.log, tags: self.named.clone(), since };
            vec![LineEffect::Gossip(Gossip::Holds(self.id, holds))]
        }
    }

    /// Says over the line what all tabs hold.
    fn speak(&self, since: Seq) -> Vec<LineEffect> {
        if !self.open {
            // Once the line is there, everybody says it anew.
            return vec![];
        }
        let mut seen = BTreeSet::new();
        let all = self.named.iter().chain(self.others.values().flatten()).copied();
        let tags = all.filter(|tag| seen.insert(*tag)).take(MOST_HELD).collect();
        vec![LineEffect::Send(Holds { log: self.log, tags, since })]
    }
}

fn apply(told: Told) -> Vec<LineEffect> {
    match told {
        Told::Row { seq, directives, spread } => {
            // What must not be shown again is not left there for the sake of a stampede.
            let evicts = directives.iter().any(|directive| match directive {
                Directive::Refresh(_) => false,
                Directive::Evict(_) => true,
            });
            vec![LineEffect::Apply(seq, directives, if evicts { 0 } else { spread })]
        }
        Told::CaughtUp(CatchUp::Changes { log, .. }) => {
            log.into_iter().map(|(seq, directives)| LineEffect::Apply(seq, directives, 0)).collect()
        }
        Told::CaughtUp(CatchUp::Lost { .. }) => vec![LineEffect::CatchUp],
    }
}

#[cfg(test)]
mod tests;
