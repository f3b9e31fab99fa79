//! The client cache: the answers that a browser holds, as a state machine. Events in, effects out; no browser in sight.
//!
//! Its owner carries the effects out: asks the server, writes localStorage, wakes the screen. All rules are here, so
//! that they can be tested without a browser.

mod event;
mod record;
mod fetch_reason;
mod room;
mod holding;

use std::collections::{BTreeMap, BTreeSet};

use self::fetch_reason::FetchReason;
pub use self::{
    event::{Asked, Effect, Event},
    holding::Holding,
    record::Record,
};
use crate::{
    clocks::Clocks,
    follower::{Follower, Judgement},
    key::Key,
    lease::BROWSER_LEASE,
    nouns::Nouns,
    observe::metrics::{Outcome, Tier},
    receipt::CatchUp,
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
    /// Keys that are waited for while a catch-up is under way.
    waiting: BTreeMap<Key, FetchReason>,
    /// The records a catch-up under way asks about.
    asking: Option<BTreeMap<Key, Seq>>,
    /// The highest position that this browser has seen, in whatever tab.
    seen: Seq,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Held<N: Nouns> {
    record: Record<N>,
    /// When it was last known to be current, by the clocks of this page's life; `None` if it must be
    /// confirmed before it is trusted.
    checked_at: Option<Clocks>,
    /// Whether it was read back from localStorage and not yet shown.
    restored: bool,
    /// When it was last used.
    used: Millis,
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
            Event::Returned if self.held.is_empty() => vec![],
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

    /// The tags of all that may be shown, what was used last first, each with the position up to
    /// which it is known.
    pub fn tags(&self) -> Vec<(N::Tag, Seq)> {
        let mut held: Vec<&Held<N>> = self.held.values().filter(|held| self.judge(&held.record).is_fresh()).collect();
        held.sort_by_key(|held| std::cmp::Reverse(held.used));
        held.iter().flat_map(|held| held.record.tags.iter().map(|tag| (tag, held.record.as_of))).collect()
    }

    fn restored(&mut self, key: Key, record: Record<N>) -> Vec<Effect<N::Tag>> {
        // Another viewer's answers never survive a sign-out, however the browser was closed.
        if record.viewer.is_some() && record.viewer != self.viewer {
            return vec![Effect::Remove(key)];
        }
        if self.held.get(&key).is_none_or(|held| record.as_of > held.record.as_of) {
            self.held.insert(key, Held { record, checked_at: None, restored: true, used: Millis(0) });
        }
        vec![]
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

    /// It is shown once a catch-up confirmed it.
    fn confirm(&mut self, key: Key, reason: FetchReason) -> Vec<Effect<N::Tag>> {
        // A person's question counts, whatever else waits for the same answer.
        let waits = self.waiting.entry(key).or_insert(reason);
        if reason == FetchReason::Asked {
            *waits = reason;
        }
        self.catch_up()
    }

    fn answered(&mut self, key: Key, record: Record<N>, asked: Asked) -> Vec<Effect<N::Tag>> {
        // Dropped, and asked again.
        let Some(mut effects) = self.keep(&key, record, asked) else { return vec![Effect::Fetch(key)] };
        effects.extend(self.arrived(key));
        effects
    }

    /// Keeps an answer, unless it lies below the last known change of one of its tags (rule 4).
    fn keep(&mut self, key: &Key, mut record: Record<N>, asked: Asked) -> Option<Vec<Effect<N::Tag>>> {
        // Its node was as far as the Seen of that moment, and found nothing newer (rule 6).
        record.as_of = record.as_of.max(asked.seen);
        if !self.judge(&record).is_fresh() {
            return None;
        }
        // An answer that was overtaken by a newer one leaves that in place.
        if let Some(held) = self.held.get_mut(key)
            && held.record.as_of > record.as_of
        {
            held.used = held.used.max(record.stored_at);
            return Some(vec![]);
        }
        let mut effects = vec![self.see(record.as_of)];
        // What may not be kept is only held while it is on screen, so that it follows the log there.
        if record.keep_for > 0 {
            effects.push(Effect::Persist(key.clone()));
        }
        let used = record.stored_at;
        self.held.insert(key.clone(), Held { record, checked_at: asked.at, restored: false, used });
        effects.extend(self.keep_to_budget(key));
        Some(effects)
    }

    /// "Not there" is an answer: what was there before is not shown again, and what has been seen since is not
    /// denied (rule 4).
    fn not_there(&mut self, key: Key, as_of: Seq) -> Vec<Effect<N::Tag>> {
        if as_of < self.seen {
            return vec![Effect::Fetch(key)];
        }
        let mut effects = vec![self.see(as_of)];
        effects.extend(self.drop_held(key));
        effects
    }

    fn drop_held(&mut self, key: Key) -> Vec<Effect<N::Tag>> {
        match self.held.remove(&key) {
            Some(_) => vec![Effect::Remove(key)],
            None => vec![],
        }
    }

    /// Shown, whenever it was asked for; unless more has been seen since.
    fn arrived(&mut self, key: Key) -> Vec<Effect<N::Tag>> {
        if self.held.get(&key).is_some_and(|held| self.reaches_seen(held)) {
            return vec![Effect::Show(key)];
        }
        self.confirm(key, FetchReason::Confirm)
    }

    /// What a node held, and could not confirm, is held here too, and confirmed before it is trusted.
    fn answered_stale(&mut self, key: Key, mut record: Record<N>, asked: Asked, now: Millis) -> Vec<Effect<N::Tag>> {
        record.as_of = record.as_of.max(asked.seen);
        let newer = self.held.get(&key).is_none_or(|held| record.as_of >= held.record.as_of);
        let mut effects = vec![];
        if newer && self.judge(&record).is_fresh() {
            effects = vec![self.see(record.as_of), Effect::Persist(key.clone())];
            self.held.insert(key.clone(), Held { record, checked_at: None, restored: false, used: now });
            effects.extend(self.keep_to_budget(&key));
        }
        effects.extend(self.failed(&key, now));
        effects
    }

    fn failed(&self, key: &Key, now: Millis) -> Vec<Effect<N::Tag>> {
        let expired = self.held.get(key).is_none_or(|held| held.record.is_expired(now));
        self.unconfirmed(key).filter(|_| !expired).into_iter().collect()
    }

    /// A held answer may be shown, marked, while no server can be asked: unless it was evicted, or lies below Seen
    /// (rule 9).
    fn unconfirmed(&self, key: &Key) -> Option<Effect<N::Tag>> {
        let held = self.held.get(key).filter(|held| self.reaches_seen(held))?;
        self.judge(&held.record).is_fresh().then(|| Effect::ShowUnconfirmed(key.clone()))
    }

    fn caught_up(&mut self, caught: &CatchUp<N::Tag>, now: Clocks) -> Vec<Effect<N::Tag>> {
        let asked = self.asking.take().unwrap_or_default();
        let head = caught.head();
        self.follower.catch_up(caught);
        let mut effects = vec![self.see(head)];
        effects.extend(self.judge_all());
        for (key, as_of) in asked {
            let fresh = self.held.get(&key).is_some_and(|held| self.judge(&held.record).is_fresh());
            // Another record may have taken its place meanwhile, with tags that were not asked about.
            if fresh
                && let Some(held) = self.held.get_mut(&key)
                && held.record.as_of == as_of
            {
                // Nothing it depends on changed up to the head: it is as true there as where it was read.
                held.record.as_of = held.record.as_of.max(head);
                held.checked_at = Some(now);
            }
        }
        for (key, reason) in std::mem::take(&mut self.waiting) {
            effects.extend(self.wanted(key, reason, now));
        }
        effects
    }

    /// Everything that a judgement now refuses: marked, or gone.
    fn judge_all(&mut self) -> Vec<Effect<N::Tag>> {
        let mut effects = vec![];
        let mut gone = vec![];
        for (key, held) in &mut self.held {
            match self.follower.judge(&held.record.tags, held.record.as_of) {
                Judgement::Fresh => {}
                Judgement::Stale(_) if held.record.stored_at == Millis(0) => {}
                Judgement::Stale(_) => {
                    held.record.stored_at = Millis(0);
                    effects.push(Effect::Note(Tier::LocalStorage, Outcome::Invalidation, key.clone()));
                    effects.push(Effect::MarkOld(key.clone()));
                    effects.push(Effect::Outdated(key.clone()));
                }
                Judgement::Evicted(_) => gone.push(key.clone()),
            }
        }
        for key in gone {
            self.held.remove(&key);
            effects.push(Effect::Note(Tier::LocalStorage, Outcome::Invalidation, key.clone()));
            effects.push(Effect::Remove(key.clone()));
            effects.push(Effect::Gone(key));
        }
        effects
    }

    fn show(&mut self, key: Key, reason: FetchReason, now: Millis) -> Vec<Effect<N::Tag>> {
        let Some(held) = self.held.get_mut(&key) else { return vec![] };
        let restored = std::mem::take(&mut held.restored);
        held.used = now;
        reason.shown(key, restored)
    }

    /// Asks what became of the tags of everything held, unless that is being asked already.
    fn catch_up(&mut self) -> Vec<Effect<N::Tag>> {
        if self.asking.is_some() {
            return vec![];
        }
        let (mut since, mut tags, mut keys) = (None::<Seq>, BTreeSet::<N::Tag>::new(), BTreeMap::new());
        for (key, held) in &self.held {
            if self.judge(&held.record).is_fresh() {
                since = Some(since.map_or(held.record.as_of, |since| since.min(held.record.as_of)));
                tags.extend(held.record.tags.iter());
                keys.insert(key.clone(), held.record.as_of);
            }
        }
        self.asking = Some(keys);
        vec![Effect::CatchUp { since: since.unwrap_or_default(), tags: tags.into_iter().collect() }]
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

impl<N: Nouns> Held<N> {
    /// Whether it was confirmed within the lease.
    fn is_checked(&self, now: Clocks) -> bool {
        self.checked_at.is_some_and(|then| now.is_within(BROWSER_LEASE, then))
    }
}

#[cfg(test)]
mod tests;
