//! A tab's part in its browser's one live line, as a state machine. One tab leads: it has the line,
//! speaks for all, and passes on what it hears.

mod event;
mod trust;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

pub use self::event::{LineEffect, LineEvent};
use crate::{
    directive::Directive,
    heartbeat::{GRACE, MAX_SILENCE},
    id::LogId,
    nouns::Nouns,
    receipt::CatchUp,
    seq::Seq,
    subscription::{MOST_HELD, ServerMessage, Subscribe, TabMessage},
};

/// Milliseconds until a line that was cut is tried again, at first and at most.
const FIRST_PAUSE: u32 = 500;
const LONGEST_PAUSE: u32 = 30_000;

/// How far a tab's own line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Line {
    /// There is none.
    Gone,
    /// It is being made.
    Called,
    /// It is there.
    Open,
}

/// One tab: it leads, or it listens to the one that does. Elected with Web Locks.
#[derive(Debug)]
pub struct TabLeader<N: Nouns> {
    id: u64,
    log: LogId,
    leads: bool,
    line: Line,
    pause: u32,
    /// It is trusted: the line spoke, and goes on speaking.
    live: bool,
    /// Seconds since the line was made or spoke, for the one that leads.
    waited: u32,
    /// Seconds since anything was heard of the line, from the server or from the tab that leads; and since
    /// anything that shows that it speaks.
    unheard: u32,
    untold: u32,
    /// Seconds since the tab that leads passed something on; none in a second in which that may be old.
    wordless: Option<u32>,
    /// Where the log stood by this line.
    head: Seq,
    /// What it holds, and has said that it does.
    named: Vec<N::Tag>,
    /// It has told the tab that leads, and the server has not answered: what the line says until then may not concern
    /// what this tab holds.
    waits: bool,
    /// Whose word the server has not answered yet, in order, for the one that leads.
    unanswered: VecDeque<u64>,
    /// What the other tabs hold, for the one that leads.
    others: BTreeMap<u64, Vec<N::Tag>>,
}

impl<N: Nouns> TabLeader<N> {
    /// A tab that follows this log, under a number of its own.
    pub fn new(id: u64, log: LogId) -> Self {
        Self {
            id,
            log,
            leads: false,
            line: Line::Gone,
            pause: FIRST_PAUSE,
            live: false,
            waited: 0,
            unheard: 0,
            untold: 0,
            wordless: Some(0),
            head: Seq::ZERO,
            named: vec![],
            waits: false,
            unanswered: VecDeque::new(),
            others: BTreeMap::new(),
        }
    }

    /// Takes an event in, and says what to do.
    pub fn handle(&mut self, event: LineEvent<N>) -> Vec<LineEffect<N>> {
        match event {
            LineEvent::Lead => {
                self.leads = true;
                self.call()
            }
            LineEvent::Opened => {
                // It is not trusted before it has spoken: something in between may have answered.
                (self.line, self.head) = (Line::Open, Seq::ZERO);
                self.forget_line();
                // Who has signed out meanwhile is told nothing over a new line.
                vec![LineEffect::TellTabs(TabMessage::Reannounce), LineEffect::SayHeld, LineEffect::AskSession]
            }
            LineEvent::Closed => self.cut(),
            LineEvent::Retry => self.call(),
            LineEvent::Said(told) => self.said(told),
            LineEvent::Heard(gossip) => self.heard(gossip),
            LineEvent::Wrote(receipt) => vec![LineEffect::TellTabs(TabMessage::Wrote(receipt))],
            LineEvent::Held(tags) => self.held(&tags),
            LineEvent::SignedOut => vec![LineEffect::TellTabs(TabMessage::SignedOut)],
            LineEvent::Leaving => {
                let was_calling = std::mem::replace(&mut self.line, Line::Gone) != Line::Gone;
                (self.leads, self.live) = (false, false);
                // The others forget what it holds: a page that comes back says it again.
                self.forget_line();
                let left = LineEffect::TellTabs(TabMessage::Left(self.id));
                was_calling.then_some(LineEffect::Disconnect).into_iter().chain([left]).collect()
            }
            LineEvent::Tick => self.tick(),
            LineEvent::Back => {
                self.hurry();
                let says = self.named.is_empty().then_some(LineEffect::SayHeld);
                self.call().into_iter().chain(says).collect()
            }
        }
    }

    /// What was said over a line, or to the tab that has it, is said anew.
    fn forget_line(&mut self) {
        self.others.clear();
        self.named.clear();
        self.unanswered.clear();
        self.waits = false;
    }

    /// The line spoke.
    fn said(&mut self, told: ServerMessage<N::Tag>) -> Vec<LineEffect<N>> {
        let is_beat = matches!(told, ServerMessage::Beat { .. });
        let is_answer = matches!(told, ServerMessage::CaughtUp(_));
        (self.pause, self.waited) = (FIRST_PAUSE, 0);
        let answered = is_answer.then(|| self.unanswered.pop_front()).flatten();
        let waits = self.unanswered.contains(&self.id);
        let mut effects = if waits || !says_how_far(&told) { vec![] } else { self.is_live() };
        effects.push(LineEffect::TellTabs(TabMessage::Said(told.clone())));
        let other = answered.filter(|tab| *tab != self.id);
        effects.extend(other.map(|tab| LineEffect::TellTabs(TabMessage::Subscribed(tab))));
        effects.extend(is_beat.then_some(LineEffect::Here));
        effects.extend(self.apply(told));
        effects
    }

    fn call(&mut self) -> Vec<LineEffect<N>> {
        if !self.leads || self.line != Line::Gone {
            return vec![];
        }
        (self.line, self.waited) = (Line::Called, 0);
        vec![LineEffect::Connect]
    }

    fn heard(&mut self, gossip: TabMessage<N>) -> Vec<LineEffect<N>> {
        match gossip {
            TabMessage::Said(told) if self.leads => self.apply(told),
            TabMessage::Said(told) => {
                self.unheard = 0;
                let mut effects = if self.waits || !says_how_far(&told) { vec![] } else { self.is_passed_on() };
                effects.extend(self.apply(told));
                effects
            }
            TabMessage::Subscribed(tab) if tab == self.id && !self.leads => {
                self.waits = false;
                self.is_passed_on()
            }
            TabMessage::Subscribed(_) => vec![],
            TabMessage::Wrote(receipt) => vec![LineEffect::Apply(receipt.seq, receipt.directives, 0)],
            TabMessage::Reannounce => {
                self.named.clear();
                vec![LineEffect::SayHeld]
            }
            TabMessage::SignedOut => vec![LineEffect::AskSession],
            // A tab with a line of its own knows better.
            TabMessage::Silent if self.leads => vec![],
            TabMessage::Silent => {
                self.unheard = 0;
                self.untold = self.untold.max(MAX_SILENCE - GRACE);
                vec![]
            }
            TabMessage::Left(tab) => {
                self.others.remove(&tab);
                vec![]
            }
            TabMessage::Subscribe(tab, holds) if self.leads => {
                self.others.insert(tab, holds.tags);
                // Whether the line speaks is shown by the server's answer alone. What this tab trusts is up to five
                // seconds old, and the other would begin to count anew.
                let said = self.speak(holds.since, tab);
                if said.is_empty() { vec![LineEffect::TellTabs(TabMessage::Silent)] } else { said }
            }
            TabMessage::Subscribe(..) => vec![],
        }
    }

    /// Says what it holds, if there is anything that it has not named before.
    fn held(&mut self, held: &[(N::Tag, Seq)]) -> Vec<LineEffect<N>> {
        let new = held.iter().filter(|(tag, _)| !self.named.contains(tag));
        let Some(since) = new.map(|(_, known)| *known).min() else { return vec![] };
        let mut seen = BTreeSet::new();
        self.named = held.iter().map(|(tag, _)| *tag).filter(|tag| seen.insert(*tag)).take(MOST_HELD).collect();
        if self.leads {
            self.speak(since, self.id)
        } else {
            self.waits = true;
            let holds = Subscribe { log: self.log, tags: self.named.clone(), since };
            vec![LineEffect::TellTabs(TabMessage::Subscribe(self.id, holds))]
        }
    }

    /// Says over the line what all tabs hold, because of one that holds something new.
    fn speak(&mut self, since: Seq, tab: u64) -> Vec<LineEffect<N>> {
        if self.line != Line::Open {
            // Once the line is there, everybody says it anew.
            return vec![];
        }
        let mut seen = BTreeSet::new();
        let all = self.named.iter().chain(self.others.values().flatten()).copied();
        let tags = all.filter(|tag| seen.insert(*tag)).take(MOST_HELD).collect();
        self.unanswered.push_back(tab);
        vec![LineEffect::Send(Subscribe { log: self.log, tags, since })]
    }
}

impl<N: Nouns> TabLeader<N> {
    /// What was told is applied.
    fn apply(&mut self, told: ServerMessage<N::Tag>) -> Vec<LineEffect<N>> {
        match told {
            ServerMessage::Row { seq, directives, spread } => {
                // What must not be shown again is not left there for the sake of a stampede.
                let evicts = directives.iter().any(|directive| match directive {
                    Directive::Refresh(_) => false,
                    Directive::Evict(_) => true,
                });
                vec![LineEffect::Apply(seq, directives, if evicts { 0 } else { spread })]
            }
            ServerMessage::CaughtUp(CatchUp::Changes { log, .. }) => {
                log.into_iter().map(|(seq, directives)| LineEffect::Apply(seq, directives, 0)).collect()
            }
            ServerMessage::CaughtUp(CatchUp::Lost { .. }) => vec![LineEffect::CatchUp],
            ServerMessage::Beat { head } => {
                // A log that goes back is another one, or an older copy of it.
                let went_back = head < self.head;
                self.head = head;
                went_back.then_some(LineEffect::CatchUp).into_iter().collect()
            }
        }
    }
}

/// Whether a message says that all was told up to the log's head. A row may be an old one, of a node that was behind.
const fn says_how_far<T>(told: &ServerMessage<T>) -> bool {
    match told {
        ServerMessage::CaughtUp(_) | ServerMessage::Beat { .. } => true,
        ServerMessage::Row { .. } => false,
    }
}

#[cfg(test)]
mod tests;
