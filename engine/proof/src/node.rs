//! A node: its follower, its lease, its memory. Side by side with `engine/server/src/node.rs` and
//! `memory.rs`.

use std::{collections::BTreeMap, sync::Arc};

use crate::nouns::{CatchUp, Entry, Follower, Judgement};
use abreast_core::{Clocks, Key, NODE_LEASE, Seq};

use crate::{
    broken::Broken,
    database::{Database, Fact},
    rows::Value,
};

/// One process.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Node {
    /// What it knows of the log.
    pub follower: Follower,
    /// When it asked the log for what it last heard from it.
    confirmed: Option<Clocks>,
    memory: BTreeMap<Key, Arc<Entry<Value>>>,
    /// The furthest head that a snapshot of it had.
    known: Seq,
    /// The furthest fact that it committed or read in the log: where it stood, and which it was.
    newest: Option<(Seq, Seq)>,
    /// Set when its memory went back.
    pub went_back: bool,
}

impl Node {
    /// Begins at the log's head, with nothing in memory.
    pub fn start(database: &Database) -> Self {
        let follower = Follower::starting_at(database.head());
        let (known, memory) = (Seq::ZERO, BTreeMap::new());
        Self { follower, confirmed: None, memory, known, newest: None, went_back: false }
    }

    /// The furthest position of the log that it has seen.
    pub fn told(&self) -> Seq {
        self.follower.watermark().max(self.known).max(self.newest.map_or(Seq::ZERO, |(seq, _)| seq))
    }

    /// A snapshot had this head.
    pub fn know(&mut self, head: Seq) {
        self.known = self.known.max(head);
    }

    /// The position that proves an older database, if there is one: one that this node or its asker was told, or one
    /// that the node committed or read, and that has another fact now.
    pub fn proof(&self, database: &Database, seen: Seq) -> Option<Seq> {
        let told = self.told().max(seen);
        let another =
            self.newest.is_some_and(|(seq, version)| database.version_at(seq).is_some_and(|now| now != version));
        // Beyond all that it may have been told, and beyond the head that has grown past it.
        let beyond = if another { told.max(database.head().next()) } else { told };
        (another || database.head() < told).then_some(beyond)
    }

    /// Applies what this node committed, or was pushed.
    pub fn apply(&mut self, fact: &Fact, broken: Option<Broken>) {
        self.follower.apply(fact.seq, &fact.directives);
        if broken == Some(Broken::GapIgnored) {
            self.follower.catch_up(&CatchUp::Changes { head: fact.seq, log: vec![] });
        }
    }

    /// It committed this itself, or read it in the log.
    pub fn learnt(&mut self, seq: Seq, version: Option<Seq>) {
        if self.newest.is_none_or(|(newest, _)| newest < seq) {
            self.newest = version.map(|version| (seq, version));
        }
    }

    /// Whether it may serve a client that has seen this position from its tiers.
    pub fn is_confirmed(&self, seen: Seq, now: Clocks, broken: Option<Broken>) -> bool {
        let in_lease = match self.confirmed {
            None => false,
            Some(_) if broken == Some(Broken::LeaseIgnored) => true,
            Some(asked) => now.is_within(NODE_LEASE, asked),
        };
        let seen = if broken == Some(Broken::SeenIgnored) { Seq::ZERO } else { seen };
        let known = if broken == Some(Broken::NotThereUnseen) { Seq::ZERO } else { self.known };
        in_lease && self.follower.is_as_far_as(seen.max(known))
    }

    /// Takes in what the log said when it was asked at that moment, and which fact stood at its head.
    pub fn confirm(&mut self, caught: &CatchUp, version: Option<Seq>, asked: Clocks, broken: Option<Broken>) {
        self.learnt(caught.head(), version);
        match caught {
            CatchUp::Lost { head } if broken == Some(Broken::FloorIgnored) => {
                self.follower.catch_up(&CatchUp::Changes { head: *head, log: vec![] });
            }
            CatchUp::Lost { .. } | CatchUp::Changes { .. } => self.follower.catch_up(caught),
        }
        // Which of two questions was asked later is told by the clock that is never set.
        if self.confirmed.is_none_or(|confirmed| asked.monotonic >= confirmed.monotonic) {
            self.confirmed = Some(asked);
        }
    }

    /// Whether an entry may be served as it is (rule 3).
    pub fn is_fresh(&self, entry: &Entry<Value>, broken: Option<Broken>) -> bool {
        broken == Some(Broken::Unjudged) || self.follower.judge(&entry.tags, entry.as_of).is_fresh()
    }

    /// What it holds of a key, valid or not.
    pub fn held(&self, key: &Key) -> Option<&Arc<Entry<Value>>> {
        self.memory.get(key)
    }

    /// All it holds.
    pub fn memory(&self) -> impl Iterator<Item = &Arc<Entry<Value>>> {
        self.memory.values()
    }

    /// Keeps an entry, unless a newer one is here (rule 4).
    pub fn offer(&mut self, key: &Key, entry: &Arc<Entry<Value>>, broken: Option<Broken>) {
        let held = self.memory.get(key).map(|held| held.as_of);
        if held.is_none_or(|held| entry.may_replace(held) || broken == Some(Broken::GoesBack)) {
            self.went_back |= held.is_some_and(|held| held > entry.as_of);
            self.memory.insert(key.clone(), Arc::clone(entry));
        }
    }

    /// What may be shown, marked, when the database can't be asked (rule 9).
    pub fn fall_back(&self, key: &Key, seen: Seq, broken: Option<Broken>) -> Option<Arc<Entry<Value>>> {
        let held = self.memory.get(key)?;
        let honest = self.follower.may_fall_back(&held.tags, held.as_of, seen);
        let evicted = matches!(self.follower.judge(&held.tags, held.as_of), Judgement::Evicted(_));
        let shown = match broken {
            Some(Broken::EvictedShown) => honest || evicted,
            Some(Broken::BelowSeenShown) => !evicted,
            _ => honest,
        };
        shown.then(|| Arc::clone(held))
    }
}
