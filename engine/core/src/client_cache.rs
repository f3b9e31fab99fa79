//! The client cache: the answers that a browser holds, as a state machine. Events in, effects out; no browser in sight.
//!
//! Its owner carries the effects out: asks the server, writes localStorage, wakes the screen. All rules are here, so
//! that they can be tested without a browser.

mod event;
mod record;
mod held;
mod fetch_reason;
mod answers;
mod catching_up;
mod missing;
mod room;
mod holding;

use std::collections::{BTreeMap, BTreeSet};

pub use self::{
    event::{Asked, Effect, Event},
    holding::Holding,
    record::Record,
};
use self::{fetch_reason::FetchReason, held::Held, missing::Missing};
use crate::{
    clocks::Clocks,
    follower::{Follower, Judgement},
    key::Key,
    nouns::Nouns,
    seq::{Millis, Seq},
};

/// What a browser holds. As `QueryCache` in query-core, except that it never guesses: it follows the log.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ClientCache<N: Nouns> {
    viewer: Option<N::Viewer>,
    /// Bytes it may take in localStorage.
    budget: usize,
    follower: Follower<N::Tag>,
    held: BTreeMap<Key, Held<N>>,
    /// What is on screen, whether it is held yet or not.
    on_screen: BTreeSet<Key>,
    /// What is on screen and not there any more: what brings it back is followed.
    missing: BTreeMap<Key, Missing<N::Tag>>,
    /// Keys that are waited for while a catch-up is under way.
    waiting: BTreeMap<Key, FetchReason>,
    /// The records a catch-up under way asks about.
    asking: Option<BTreeMap<Key, Seq>>,
    /// The highest position that this browser has seen, in whatever tab.
    seen: Seq,
}

/// What it takes before a key could be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// It is here, and was confirmed within the lease.
    Nothing,
    /// It is here, and the small question that confirms all there is must be asked first.
    Confirming,
    /// It is not here, or known to be old.
    Fetching,
}

impl<N: Nouns> ClientCache<N> {
    /// An empty one, of this viewer.
    pub fn new(viewer: Option<N::Viewer>, budget: usize) -> Self {
        Self {
            viewer,
            budget,
            follower: Follower::default(),
            held: BTreeMap::new(),
            on_screen: BTreeSet::new(),
            missing: BTreeMap::new(),
            waiting: BTreeMap::new(),
            asking: None,
            seen: Seq::ZERO,
        }
    }

    /// Takes an event in, and says what to do.
    pub fn handle(&mut self, event: Event<N>) -> Vec<Effect<N::Tag>> {
        match event {
            Event::Restored(key, record) => self.restored(key, record),
            Event::Wanted(key, now) => self.wanted(key, FetchReason::Asked, now),
            Event::WantedAgain(key, now) => self.wanted(key, FetchReason::Refreshing, now),
            Event::Answered(key, record, asked) => self.answered(key, record, asked),
            Event::CameAhead(key, record, asked) => self.keep(&key, record, asked).unwrap_or_default(),
            Event::AnsweredStale(key, record, asked, now) => self.answered_stale(key, record, asked, now),
            Event::Failed(key, now) => self.failed(&key, now),
            Event::Refused(key) => self.drop_held(key),
            Event::NotThere(key, as_of, asked) => self.not_there(key, as_of.max(asked.seen)),
            Event::OnScreen(key) => {
                self.on_screen.insert(key);
                vec![]
            }
            Event::OffScreen(key) => {
                self.on_screen.remove(&key);
                self.missing.remove(&key);
                self.keep_to_budget(None)
            }
            Event::Returned if self.held.is_empty() && self.missing.is_empty() => vec![],
            Event::Returned => self.catch_up(),
            Event::Changed(seq, directives) => {
                self.follower.note(seq, &directives);
                let mut effects = vec![self.see(seq)];
                effects.extend(self.judge_all());
                effects
            }
            Event::CaughtUp(caught, asked) => self.caught_up(&caught, asked),
            Event::CatchUpFailed => {
                self.asking = None;
                let waiting = std::mem::take(&mut self.waiting).into_keys();
                waiting.map(|key| self.unconfirmed(&key).unwrap_or(Effect::Fetch(key))).collect()
            }
            Event::Seen(seq) => {
                self.see(seq);
                vec![]
            }
            Event::StorageFull(key) => self.make_room(&key),
            Event::Cleared => {
                self.missing.clear();
                let keys: Vec<Key> = std::mem::take(&mut self.held).into_keys().collect();
                keys.into_iter().flat_map(|key| [Effect::Remove(key.clone()), Effect::Outdated(key)]).collect()
            }
        }
    }

    /// The highest position that this browser has seen, in whatever tab: nothing below is shown.
    pub const fn seen(&self) -> Seq {
        self.seen
    }

    /// The record held for a key.
    pub fn record(&self, key: &Key) -> Option<&Record<N>> {
        self.held.get(key).map(|held| &held.record)
    }

    /// The steps that it would take to show a key now. A prefetch looks here first, and counts no miss.
    pub fn needs(&self, key: &Key, now: Clocks) -> Need {
        match self.held.get(key) {
            Some(held) if held.record.is_expired(now.wall) || !self.judge(&held.record).is_fresh() => Need::Fetching,
            Some(held) if held.is_checked(now) && self.reaches_seen(held) => Need::Nothing,
            Some(_) => Need::Confirming,
            None => Need::Fetching,
        }
    }

    /// Whether something held may be shown only once it is confirmed, because this browser has seen more since.
    pub fn lags(&self) -> bool {
        self.held.values().any(|held| !self.reaches_seen(held) && self.judge(&held.record).is_fresh())
    }

    /// What may be shown with a mark while no server can be asked (rule 9).
    pub fn unconfirmed_records(&self, now: Millis) -> impl Iterator<Item = (&Key, &Record<N>)> {
        let may_be_shown = move |held: &Held<N>| !held.record.is_expired(now) && self.may_be_unconfirmed(held);
        self.held.iter().filter(move |(_, held)| may_be_shown(held)).map(|(key, held)| (key, &held.record))
    }

    /// Whether something is on screen with a mark, because no server could be asked.
    pub fn shows_marked(&self) -> bool {
        self.on_screen.iter().any(|key| self.held.get(key).is_some_and(|held| held.marked))
    }

    /// The tags of all that may be shown, what was used last first, and then of what is missing; each with the position
    /// up to which it is known.
    pub fn tags(&self) -> Vec<(N::Tag, Seq)> {
        let mut held: Vec<&Held<N>> = self.held.values().filter(|held| self.judge(&held.record).is_fresh()).collect();
        held.sort_by_key(|held| std::cmp::Reverse(held.used));
        let held = held.into_iter().flat_map(|held| held.record.tags.iter().map(|tag| (tag, held.record.as_of)));
        held.chain(self.missing.values().flat_map(Missing::known)).collect()
    }

    fn wanted(&mut self, key: Key, reason: FetchReason, now: Clocks) -> Vec<Effect<N::Tag>> {
        let Some(held) = self.held.get(&key).filter(|held| !held.record.is_expired(now.wall)) else {
            return reason.fetched(key);
        };
        match self.judge(&held.record) {
            Judgement::Fresh if held.is_checked(now) && self.reaches_seen(held) => self.show(key, reason, now.wall),
            // Blind for longer than the lease, or to what another tab has seen: one small question
            // confirms the whole cache (rules 6 and 7).
            Judgement::Fresh => self.confirm(key, reason),
            Judgement::Stale(_) => reason.fetched(key),
            Judgement::Evicted(_) => {
                self.held.remove(&key);
                let mut effects = vec![Effect::Remove(key.clone())];
                effects.extend(reason.fetched(key));
                effects
            }
        }
    }

    fn show(&mut self, key: Key, reason: FetchReason, now: Millis) -> Vec<Effect<N::Tag>> {
        let Some(held) = self.held.get_mut(&key) else { return vec![] };
        let restored = std::mem::take(&mut held.restored);
        (held.used, held.marked) = (now, false);
        reason.shown(key, restored)
    }

    fn see(&mut self, seq: Seq) -> Effect<N::Tag> {
        self.seen = self.seen.max(seq);
        Effect::Seen(seq)
    }

    /// Whether it was known to be current at what this browser has seen.
    fn reaches_seen(&self, held: &Held<N>) -> bool {
        held.record.as_of >= self.seen
    }

    fn judge(&self, record: &Record<N>) -> Judgement<N::Tag> {
        self.follower.judge(&record.tags, record.as_of)
    }
}

#[cfg(test)]
mod tests;
