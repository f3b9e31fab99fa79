//! Room: what goes when there is not enough of it, the least used first. What is on screen never goes: a record that is
//! not held follows no log, and the screen would keep what is old.

use super::{ClientCache, Effect};
use crate::{
    key::Key,
    nouns::Nouns,
    observe::metrics::{Outcome, Tier},
};

impl<N: Nouns> ClientCache<N> {
    /// There is room for the newest as long as others can go.
    pub(super) fn keep_to_budget(&mut self, newest: Option<&Key>) -> Vec<Effect<N::Tag>> {
        let mut bytes: usize = self.held.iter().map(|(key, held)| key.as_str().len() + held.record.bytes()).sum();
        let mut effects = vec![];
        while bytes > self.budget
            && let Some(oldest) = self.least_used(newest)
            && let Some(held) = self.held.remove(&oldest)
        {
            bytes -= oldest.as_str().len() + held.record.bytes();
            effects.push(Effect::Remove(oldest));
        }
        effects
    }

    /// localStorage is full, of our records or of others': the least used half of ours goes, and the record is tried
    /// again.
    pub(super) fn make_room(&mut self, key: &Key) -> Vec<Effect<N::Tag>> {
        let mut effects = vec![Effect::Note(Tier::LocalStorage, Outcome::Error, key.clone())];
        let half = (self.held.len().saturating_sub(1)).div_ceil(2);
        let mut is_room_made = false;
        for _ in 0..half {
            let Some(oldest) = self.least_used(Some(key)) else { break };
            self.held.remove(&oldest);
            effects.push(Effect::Remove(oldest));
            is_room_made = true;
        }
        if is_room_made && self.held.contains_key(key) {
            effects.push(Effect::Persist(key.clone()));
        }
        effects
    }

    fn least_used(&self, except: Option<&Key>) -> Option<Key> {
        let may_go = |key: &Key| Some(key) != except && !self.on_screen.contains(key);
        let others = self.held.iter().filter(|(key, _)| may_go(key));
        others.min_by_key(|(_, held)| held.used).map(|(key, _)| key.clone())
    }
}
