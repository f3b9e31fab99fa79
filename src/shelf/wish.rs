//! Wishes: who wants an answer, and what is counted of it.

use super::Effect;
use crate::{
    metrics::{Outcome, Tier},
    query::Key,
};

/// How it is counted that a key is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Wish {
    /// Somebody asked: each tier that is looked into had it, or had not.
    Asked,
    /// The screen keeps itself current: what is fetched is fetched before anybody asks.
    Refreshing,
    /// Its answer was fetched, and only has to be confirmed.
    Counted,
}

impl Wish {
    /// It is shown; `restored` if localStorage had it, and the screen had not.
    pub(super) fn shown(self, key: Key, restored: bool) -> Vec<Effect> {
        let noted = match (self, restored) {
            (Self::Refreshing | Self::Counted, _) => vec![],
            (Self::Asked, false) => vec![(Tier::Signals, Outcome::Hit)],
            (Self::Asked, true) => vec![(Tier::Signals, Outcome::Miss), (Tier::LocalStorage, Outcome::Hit)],
        };
        note(noted, key, Effect::Show)
    }

    /// The server is asked.
    pub(super) fn fetched(self, key: Key) -> Vec<Effect> {
        let noted = match self {
            Self::Asked => vec![(Tier::Signals, Outcome::Miss), (Tier::LocalStorage, Outcome::Miss)],
            Self::Refreshing => vec![(Tier::Signals, Outcome::Ahead)],
            Self::Counted => vec![],
        };
        note(noted, key, Effect::Fetch)
    }
}

fn note(noted: Vec<(Tier, Outcome)>, key: Key, then: fn(Key) -> Effect) -> Vec<Effect> {
    let mut effects: Vec<Effect> =
        noted.into_iter().map(|(tier, outcome)| Effect::Note(tier, outcome, key.clone())).collect();
    effects.push(then(key));
    effects
}
