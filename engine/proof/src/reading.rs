//! A question on its way through a node, a step for each moment at which others may come between.
//! Side by side with `Engine::fetch` in `engine/server/src/fetch.rs`.

use std::sync::Arc;

use crate::nouns::{Answer, CatchUp, Entry};
use abreast_core::{Clocks, Seq};

use crate::{
    broken::Broken,
    database::{Database, Loaded},
    node::Node,
    rows::{Question, Value},
    shared::Shared,
};

/// A question that a node is busy with.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Reading {
    /// The highest position its asker has seen (rule 6).
    seen: Seq,
    stage: Stage,
}

/// How far it is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Stage {
    /// It has arrived.
    Arrived,
    /// An older state of the database was restored: the log is to go on beyond this position.
    Leaping(Seq),
    /// The log has been read; the follower has not heard of it yet.
    Confirming {
        /// Before the log was read.
        asked: Clocks,
        /// What it said.
        caught: CatchUp,
        /// Which fact stood at its head.
        version: Option<Seq>,
    },
    /// Memory had nothing valid: the shared tier is asked, and then the database.
    Looking,
    /// The snapshot has been read, and has not landed yet.
    Loading {
        /// What was read.
        entry: Arc<Entry<Value>>,
        /// Whether this question began the load, or joined another's.
        own: bool,
        /// How many more loads are judged before one is taken that was read after the question.
        attempts: u8,
    },
    /// The answer on its way to the asker; `None` if there is none.
    Done(Option<Said>),
}

/// A node's answer.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Said {
    /// This is there.
    Answer(Answer<Arc<Value>>),
    /// It is not there at this position, which is what these rows say.
    NotThere(Seq, Value),
}

/// What a step has to do with.
#[derive(Debug)]
pub struct Place<'a> {
    /// Where it is read.
    pub node: &'a mut Node,
    /// The tier behind it.
    pub shared: &'a mut Shared,
    /// The truth.
    pub database: &'a Database,
    /// When, by the node's clocks.
    pub now: Clocks,
    /// Which rule is broken.
    pub broken: Option<Broken>,
}

/// What chance decides in a step.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Weather {
    /// Nothing is out of order; the shared tier has nothing.
    Fair,
    /// The shared tier answers with this.
    Shared(Arc<Entry<Value>>),
    /// Another asker's load of the same key is under way, with this snapshot.
    Joining(Arc<Entry<Value>>),
    /// The database can't be asked.
    Unreachable,
}

impl Reading {
    /// A question arrives from a client that has seen this position.
    pub const fn new(seen: Seq) -> Self {
        Self { seen, stage: Stage::Arrived }
    }

    /// The node that was busy with it is gone.
    pub fn dies(&mut self) {
        self.stage = Stage::Done(None);
    }

    /// How far it is.
    pub const fn stage(&self) -> &Stage {
        &self.stage
    }

    /// The load that it began, which others may join.
    pub const fn own_load(&self) -> Option<&Arc<Entry<Value>>> {
        match &self.stage {
            Stage::Loading { entry, own: true, .. } => Some(entry),
            Stage::Loading { .. }
            | Stage::Arrived
            | Stage::Leaping(_)
            | Stage::Confirming { .. }
            | Stage::Looking
            | Stage::Done(_) => None,
        }
    }

    /// Goes on to the next moment at which others may come between. `attempts` is how many loads are
    /// judged before one is taken unjudged.
    pub fn step(&mut self, question: &Question, place: &mut Place<'_>, weather: &Weather, attempts: u8) {
        let unreachable = *weather == Weather::Unreachable;
        let stage = std::mem::replace(&mut self.stage, Stage::Looking);
        self.stage = match stage {
            Stage::Arrived if place.node.is_confirmed(self.seen, place.now, place.broken) => {
                look_in_memory(question, place)
            }
            Stage::Arrived | Stage::Leaping(_) | Stage::Looking if unreachable => self.fall_back(question, place),
            Stage::Arrived => match place.node.proof(place.database, self.seen) {
                Some(told) if place.broken != Some(Broken::SetBackIgnored) => Stage::Leaping(told),
                Some(_) | None => read_log(place),
            },
            // By now the log has leapt, by this question or by another one that came between.
            Stage::Leaping(_) => read_log(place),
            Stage::Confirming { asked, caught, version } => {
                place.node.confirm(&caught, version, asked, place.broken);
                look_in_memory(question, place)
            }
            Stage::Looking => match weather {
                // Sealed, so the log has been there.
                Weather::Shared(entry)
                    if place.database.head() < entry.as_of && place.broken != Some(Broken::SetBackIgnored) =>
                {
                    Stage::Leaping(entry.as_of)
                }
                Weather::Shared(entry) if place.node.is_fresh(entry, place.broken) => {
                    place.node.offer(&question.key, entry, place.broken);
                    done(entry, false)
                }
                Weather::Joining(entry) => Stage::Loading { entry: Arc::clone(entry), own: false, attempts },
                Weather::Shared(_) | Weather::Fair | Weather::Unreachable => load(question, place, attempts),
            },
            Stage::Loading { .. } if unreachable => self.fall_back(question, place),
            Stage::Loading { entry, own, attempts } => land(question, place, entry, own, attempts),
            Stage::Done(answer) => Stage::Done(answer),
        };
    }

    fn fall_back(&self, question: &Question, place: &Place<'_>) -> Stage {
        match place.node.fall_back(&question.key, self.seen, place.broken) {
            Some(entry) => done(&entry, true),
            None => Stage::Done(None),
        }
    }
}

fn read_log(place: &Place<'_>) -> Stage {
    let (since, head) = (place.node.follower.watermark(), place.database.head());
    let caught = place.database.everything_since(since);
    Stage::Confirming { asked: place.now, caught, version: place.database.version_at(head) }
}

fn look_in_memory(question: &Question, place: &Place<'_>) -> Stage {
    match place.node.held(&question.key) {
        Some(entry) if place.node.is_fresh(entry, place.broken) => done(entry, false),
        Some(_) | None => Stage::Looking,
    }
}

fn load(question: &Question, place: &mut Place<'_>, attempts: u8) -> Stage {
    let (head, told) = (place.database.head(), place.node.told());
    if head < told && place.broken != Some(Broken::SetBackIgnored) {
        return Stage::Leaping(told);
    }
    place.node.know(head);
    match place.database.load(question, place.now.wall) {
        Loaded::Entry(entry) => Stage::Loading { entry: Arc::new(entry), own: true, attempts },
        Loaded::NotThere(rows) => {
            let as_of = if place.broken == Some(Broken::NotThereUnseen) { Seq::ZERO } else { head };
            Stage::Done(Some(Said::NotThere(as_of, rows)))
        }
    }
}

/// What was loaded is offered to the tiers and judged: it may have been read before the asker asked,
/// if another's load was joined, or a write may have come between.
fn land(question: &Question, place: &mut Place<'_>, mut entry: Arc<Entry<Value>>, own: bool, attempts: u8) -> Stage {
    if place.broken == Some(Broken::ValueFirst) {
        Arc::make_mut(&mut entry).as_of = place.database.head();
    }
    if own {
        place.node.offer(&question.key, &entry, place.broken);
        place.shared.offer(&question.key, &entry);
    }
    if place.node.is_fresh(&entry, place.broken) || (own && attempts == 0) {
        return done(&entry, false);
    }
    load(question, place, attempts.saturating_sub(1))
}

fn done(entry: &Arc<Entry<Value>>, stale: bool) -> Stage {
    let entry = Entry {
        value: Arc::new(entry.value.clone()),
        tags: entry.tags.clone(),
        as_of: entry.as_of,
        stored_at: entry.stored_at,
    };
    Stage::Done(Some(Said::Answer(Answer { entry, stale, keep: true })))
}
