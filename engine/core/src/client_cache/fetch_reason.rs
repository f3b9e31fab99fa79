//! Reasons to fetch: who wants an answer, and how that is counted.

use super::Effect;
use crate::{
    key::Key,
    observe::metrics::{Outcome, Tier},
};

/// How it is counted that a key is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum FetchReason {
    /// A person asked: each tier on the way counts a hit or a miss.
    Asked,
    /// The screen keeps itself current: the fetch comes before any question.
    Refreshing,
    /// Its answer was fetched, and only has to be confirmed.
    Confirm,
}

impl FetchReason {
    /// It is shown; `restored` if localStorage had it, and the screen had not.
    pub(super) fn shown<T>(self, key: Key, restored: bool) -> Vec<Effect<T>> {
        let noted = match (self, restored) {
            (Self::Refreshing | Self::Confirm, _) => vec![],
            (Self::Asked, false) => vec![(Tier::Signals, Outcome::Hit)],
            (Self::Asked, true) => vec![(Tier::Signals, Outcome::Miss), (Tier::LocalStorage, Outcome::Hit)],
        };
        note(noted, key, Effect::Show)
    }

    /// The server is asked.
    pub(super) fn fetched<T>(self, key: Key) -> Vec<Effect<T>> {
        let noted = match self {
            Self::Asked => vec![(Tier::Signals, Outcome::Miss), (Tier::LocalStorage, Outcome::Miss)],
            Self::Refreshing => vec![(Tier::Signals, Outcome::Ahead)],
            Self::Confirm => vec![],
        };
        note(noted, key, Effect::Fetch)
    }
}

fn note<T>(noted: Vec<(Tier, Outcome)>, key: Key, then: fn(Key) -> Effect<T>) -> Vec<Effect<T>> {
    let mut effects: Vec<Effect<T>> =
        noted.into_iter().map(|(tier, outcome)| Effect::Note(tier, outcome, key.clone())).collect();
    effects.push(then(key));
    effects
}
