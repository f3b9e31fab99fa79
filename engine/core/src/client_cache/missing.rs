//! What is missing: it was on screen, and is not there any more. It may come back, from the trash or by another
//! publication, and a page that goes on saying that there is no such thing would show the past. So its last answer's tags
//! are followed as long as it is on screen: what brings it back makes one of them old.

use super::{ClientCache, Effect};
use crate::{
    follower::{Follower, Judgement},
    key::Key,
    nouns::{Noun, Nouns},
    seq::Seq,
    tag::Tags,
};

/// What is not there at a position.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Missing<T: Noun> {
    /// What its last answer depended on.
    pub(super) tags: Tags<T>,
    /// It is missing up to here.
    pub(super) as_of: Seq,
}

impl<T: Noun> Missing<T> {
    /// Its tags, each with the position up to which it is known.
    pub(super) fn known(&self) -> impl Iterator<Item = (T, Seq)> + '_ {
        self.tags.iter().map(|tag| (tag, self.as_of))
    }

    pub(super) fn is_missing_at(&mut self, as_of: Seq) {
        self.as_of = self.as_of.max(as_of);
    }

    /// Whether something happened to it since, which is known from now on.
    fn has_moved(&mut self, follower: &Follower<T>) -> bool {
        let mut has_moved = false;
        loop {
            match follower.judge(&self.tags, self.as_of) {
                Judgement::Fresh => return has_moved,
                Judgement::Stale(cause) | Judgement::Evicted(cause) => {
                    (self.as_of, has_moved) = (cause.at(), true);
                }
            }
        }
    }
}

impl<N: Nouns> ClientCache<N> {
    /// It is not there at this position: it is looked for while it is on screen.
    pub(super) fn miss(&mut self, key: &Key, tags: Tags<N::Tag>, as_of: Seq) {
        if self.on_screen.contains(key) {
            self.missing.insert(key.clone(), Missing { tags, as_of });
        }
    }

    /// What may be back is asked for again.
    pub(super) fn look_for_missing(&mut self) -> Vec<Effect<N::Tag>> {
        let mut effects = vec![];
        for (key, missing) in &mut self.missing {
            if missing.has_moved(&self.follower) {
                effects.push(Effect::Outdated(key.clone()));
            }
        }
        effects
    }
}
