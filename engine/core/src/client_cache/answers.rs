//! What the server said, and what storage kept: what of it is held.

use super::{Asked, ClientCache, Effect, Record, fetch_reason::FetchReason, held::Held};
use crate::{
    key::Key,
    nouns::Nouns,
    seq::{Millis, Seq},
};

impl<N: Nouns> ClientCache<N> {
    pub(super) fn restored(&mut self, key: Key, record: Record<N>) -> Vec<Effect<N::Tag>> {
        // Another viewer's answers never survive a sign-out, however the browser was closed.
        if record.viewer.is_some() && record.viewer != self.viewer {
            return vec![Effect::Remove(key)];
        }
        if self.held.get(&key).is_none_or(|held| record.as_of > held.record.as_of) {
            self.held.insert(key, Held { record, checked_at: None, restored: true, marked: false, used: Millis(0) });
        }
        vec![]
    }

    pub(super) fn answered(&mut self, key: Key, record: Record<N>, asked: Asked) -> Vec<Effect<N::Tag>> {
        // Dropped, and asked again.
        let Some(mut effects) = self.keep(&key, record, asked) else { return vec![Effect::Fetch(key)] };
        effects.extend(self.arrived(key));
        effects
    }

    /// Keeps an answer, unless it lies below the last known change of one of its tags (rule 4).
    pub(super) fn keep(&mut self, key: &Key, mut record: Record<N>, asked: Asked) -> Option<Vec<Effect<N::Tag>>> {
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
        self.missing.remove(key);
        self.held.insert(key.clone(), Held { record, checked_at: asked.at, restored: false, marked: false, used });
        effects.extend(self.keep_to_budget(Some(key)));
        Some(effects)
    }

    /// "Not there" is an answer: what was there before is not shown again, and what has been seen since is not
    /// denied (rule 4).
    pub(super) fn not_there(&mut self, key: Key, as_of: Seq) -> Vec<Effect<N::Tag>> {
        if as_of < self.seen {
            return vec![Effect::Fetch(key)];
        }
        let mut effects = vec![self.see(as_of)];
        if let Some(missing) = self.missing.get_mut(&key) {
            missing.is_missing_at(as_of);
        } else if let Some(held) = self.held.get(&key) {
            let tags = held.record.tags.clone();
            self.miss(&key, tags, as_of);
        }
        effects.extend(self.drop_held(key));
        effects
    }

    pub(super) fn drop_held(&mut self, key: Key) -> Vec<Effect<N::Tag>> {
        match self.held.remove(&key) {
            Some(_) => vec![Effect::Remove(key)],
            None => vec![],
        }
    }

    /// Shown, whenever it was asked for; unless more has been seen since.
    pub(super) fn arrived(&mut self, key: Key) -> Vec<Effect<N::Tag>> {
        if self.held.get(&key).is_some_and(|held| self.reaches_seen(held)) {
            return vec![Effect::Show(key)];
        }
        self.confirm(key, FetchReason::Confirm)
    }

    /// What a node held, and could not confirm, is held here too, and confirmed before it is trusted.
    pub(super) fn answered_stale(
        &mut self,
        key: Key,
        mut record: Record<N>,
        asked: Asked,
        now: Millis,
    ) -> Vec<Effect<N::Tag>> {
        record.as_of = record.as_of.max(asked.seen);
        let newer = self.held.get(&key).is_none_or(|held| record.as_of >= held.record.as_of);
        let mut effects = vec![];
        if newer && self.judge(&record).is_fresh() {
            effects = vec![self.see(record.as_of), Effect::Persist(key.clone())];
            self.held.insert(key.clone(), Held { record, checked_at: None, restored: false, marked: false, used: now });
            effects.extend(self.keep_to_budget(Some(&key)));
        }
        effects.extend(self.failed(&key, now));
        effects
    }

    pub(super) fn failed(&mut self, key: &Key, now: Millis) -> Vec<Effect<N::Tag>> {
        if self.held.get(key).is_none_or(|held| held.record.is_expired(now)) {
            return vec![];
        }
        self.unconfirmed(key).into_iter().collect()
    }

    /// A held answer may be shown, marked, while no server can be asked: unless it was evicted, or lies below Seen
    /// (rule 9).
    pub(super) fn unconfirmed(&mut self, key: &Key) -> Option<Effect<N::Tag>> {
        if !self.may_be_unconfirmed(self.held.get(key)?) {
            return None;
        }
        self.held.get_mut(key)?.marked = true;
        Some(Effect::ShowUnconfirmed(key.clone()))
    }

    pub(super) fn may_be_unconfirmed(&self, held: &Held<N>) -> bool {
        self.reaches_seen(held) && self.judge(&held.record).is_fresh()
    }
}
