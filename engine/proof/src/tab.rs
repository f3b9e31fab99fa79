//! A browser: what its tabs share, and the hands of each tab's cache. Side by side with
//! `app/src/cache/browser.rs`.

use std::{collections::BTreeMap, sync::Arc};

use crate::nouns::{Answer, Area, CatchUp, ClientCache, Directive, Effect, Event, Record, Tag};
use abreast_core::{Asked, Clocks, Key, Millis, Seq};

use crate::rows::{Value, encode};

/// What all tabs of a browser share, and what a reload leaves.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Jar {
    /// The cookie.
    pub seen: Seq,
    /// localStorage.
    pub records: BTreeMap<Key, Record>,
}

/// A tab.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Tab(ClientCache);

/// What a tab wants of the world.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Deed {
    /// This is on screen now; or it is marked as unconfirmed.
    Show(Key, Arc<Record>, Marked),
    /// Ask a node for this.
    Fetch(Key),
    /// This was on screen, and is old.
    Old(Key),
    /// Ask a node what became of these tags.
    CatchUp(Seq, Vec<Tag>),
}

/// Whether the shown answer is marked as perhaps old.
pub type Marked = bool;

/// Bytes a tab may keep: enough not to matter.
const BUDGET: usize = 10_000;
/// Milliseconds an answer may be kept.
const KEEP_FOR: i64 = 60_000;

impl Tab {
    /// A tab is opened: it takes in what localStorage kept.
    pub fn open(jar: &mut Jar) -> Self {
        let mut tab = Self(ClientCache::new(None, BUDGET));
        for (key, record) in jar.records.clone() {
            tab.dispatch(jar, Event::Restored(key, record));
        }
        tab
    }

    /// All it holds.
    pub fn records(&self) -> impl Iterator<Item = &Record> {
        self.0.holdings().filter_map(|holding| self.0.record(&holding.key)).collect::<Vec<_>>().into_iter()
    }

    /// The tags of all it holds, each with the position up to which it is known.
    pub fn tags(&self) -> Vec<(Tag, Seq)> {
        self.0.tags()
    }

    /// A person wants to read.
    pub fn wanted(&mut self, jar: &mut Jar, key: &Key, now: Clocks) -> Vec<Deed> {
        self.dispatch(jar, Event::Wanted(key.clone(), now))
    }

    /// What is on screen is old: it is wanted again.
    pub fn wanted_again(&mut self, jar: &mut Jar, key: &Key, now: Clocks) -> Vec<Deed> {
        self.dispatch(jar, Event::WantedAgain(key.clone(), now))
    }

    /// A node answered.
    pub fn answered(
        &mut self,
        jar: &mut Jar,
        key: &Key,
        answer: &Answer<Arc<Value>>,
        asked: Asked,
        now: Millis,
    ) -> Vec<Deed> {
        let record = record(answer, now);
        let event = if answer.stale {
            Event::AnsweredStale(key.clone(), record, asked, now)
        } else {
            Event::Answered(key.clone(), record, asked)
        };
        self.dispatch(jar, event)
    }

    /// A node says that it is not there.
    pub fn not_there(&mut self, jar: &mut Jar, key: &Key, as_of: Seq, asked: Asked) -> Vec<Deed> {
        self.dispatch(jar, Event::NotThere(key.clone(), as_of, asked))
    }

    /// No node could be asked.
    pub fn failed(&mut self, jar: &mut Jar, key: &Key, now: Millis) -> Vec<Deed> {
        self.dispatch(jar, Event::Failed(key.clone(), now))
    }

    /// Its own write was acknowledged.
    pub fn changed(&mut self, jar: &mut Jar, seq: Seq, directives: &[Directive]) -> Vec<Deed> {
        self.dispatch(jar, Event::Changed(seq, directives.to_vec()))
    }

    /// A catch-up that was asked then was answered, or could not be asked.
    pub fn caught_up(&mut self, jar: &mut Jar, caught: Option<CatchUp>, asked: Clocks) -> Vec<Deed> {
        self.dispatch(jar, caught.map_or(Event::CatchUpFailed, |caught| Event::CaughtUp(caught, asked)))
    }

    /// It is looked at again.
    pub fn returned(&mut self, jar: &mut Jar) -> Vec<Deed> {
        self.dispatch(jar, Event::Returned)
    }

    fn dispatch(&mut self, jar: &mut Jar, event: Event) -> Vec<Deed> {
        // The cookie is all that tabs share of what they know.
        let mut effects = self.0.handle(Event::Seen(jar.seen));
        effects.extend(self.0.handle(event));
        effects.into_iter().filter_map(|effect| self.carry_out(jar, effect)).collect()
    }

    fn carry_out(&self, jar: &mut Jar, effect: Effect) -> Option<Deed> {
        let shown = |key: Key, marked| {
            let record = Arc::new(self.0.record(&key)?.clone());
            Some(Deed::Show(key, record, marked))
        };
        match effect {
            Effect::Show(key) => return shown(key, false),
            Effect::ShowUnconfirmed(key) => return shown(key, true),
            Effect::Fetch(key) => return Some(Deed::Fetch(key)),
            Effect::CatchUp { since, tags } => return Some(Deed::CatchUp(since, tags)),
            Effect::Persist(key) => {
                if let Some(record) = self.0.record(&key) {
                    jar.records.insert(key, record.clone());
                }
            }
            Effect::Confirmed { key, from, to } => {
                if let Some(record) = jar.records.get_mut(&key) {
                    record.as_of = record.as_of.confirmed(from, to);
                }
            }
            Effect::MarkOld(key) => {
                if let Some(record) = jar.records.get_mut(&key) {
                    record.stored_at = Millis(0);
                }
            }
            Effect::Remove(key) => {
                jar.records.remove(&key);
            }
            Effect::Seen(seq) => jar.seen = jar.seen.max(seq),
            Effect::Outdated(key) | Effect::Gone(key) => return Some(Deed::Old(key)),
            Effect::Note(..) => {}
        }
        None
    }
}

/// An answer as a browser keeps it.
pub fn record(answer: &Answer<Arc<Value>>, now: Millis) -> Record {
    Record {
        body: encode(&answer.entry.value),
        tags: answer.entry.tags.clone(),
        as_of: answer.entry.as_of,
        stored_at: now,
        keep_for: KEEP_FOR,
        area: Area,
        viewer: None,
    }
}
