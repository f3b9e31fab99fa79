//! Catching up: one small question confirms all that is held (rules 6 and 7).

use std::collections::{BTreeMap, BTreeSet};

use super::{ClientCache, Effect, fetch_reason::FetchReason};
use crate::{
    clocks::Clocks,
    follower::Judgement,
    key::Key,
    nouns::Nouns,
    observe::metrics::{Outcome, Tier},
    receipt::CatchUp,
    seq::{Millis, Seq},
};

impl<N: Nouns> ClientCache<N> {
    /// It is shown once a catch-up confirmed it.
    pub(super) fn confirm(&mut self, key: Key, reason: FetchReason) -> Vec<Effect<N::Tag>> {
        // A person's question counts, whatever else waits for the same answer.
        let waits = self.waiting.entry(key).or_insert(reason);
        if reason == FetchReason::Asked {
            *waits = reason;
        }
        self.catch_up()
    }

    /// Asks what became of the tags of everything held, unless that is being asked already.
    pub(super) fn catch_up(&mut self) -> Vec<Effect<N::Tag>> {
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
        for missing in self.missing.values() {
            since = Some(since.map_or(missing.as_of, |since| since.min(missing.as_of)));
            tags.extend(missing.tags.iter());
        }
        self.asking = Some(keys);
        vec![Effect::CatchUp { since: since.unwrap_or_default(), tags: tags.into_iter().collect() }]
    }

    pub(super) fn caught_up(&mut self, caught: &CatchUp<N::Tag>, now: Clocks) -> Vec<Effect<N::Tag>> {
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
                // It is on screen with a mark that it needs no more.
                if held.marked && self.on_screen.contains(&key) {
                    effects.push(Effect::Outdated(key.clone()));
                }
                if head > as_of && held.record.keep_for > 0 {
                    effects.push(Effect::Confirmed { key, from: as_of, to: head });
                }
            }
        }
        for (key, reason) in std::mem::take(&mut self.waiting) {
            effects.extend(self.wanted(key, reason, now));
        }
        effects
    }

    /// Everything that a judgement now refuses: marked, or gone.
    pub(super) fn judge_all(&mut self) -> Vec<Effect<N::Tag>> {
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
                Judgement::Evicted(cause) => gone.push((key.clone(), cause.at())),
            }
        }
        for (key, at) in gone {
            if let Some(held) = self.held.remove(&key) {
                self.miss(&key, held.record.tags, at);
            }
            effects.push(Effect::Note(Tier::LocalStorage, Outcome::Invalidation, key.clone()));
            effects.push(Effect::Remove(key.clone()));
            effects.push(Effect::Gone(key));
        }
        effects.extend(self.look_for_missing());
        effects
    }
}
