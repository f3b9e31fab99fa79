//! Metrics: what each tier did, counted and remembered. The same types in server and browser.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use crate::{query::Key, seq::Millis};

/// Where an answer can come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Tier {
    /// What is on screen.
    Signals,
    /// The shelf's persisted half.
    LocalStorage,
    /// The node's memory.
    Memory,
    /// What the nodes share.
    Redis,
    /// The truth.
    Database,
}

/// What happened in a tier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// It had the answer.
    Hit,
    /// It had not, or not a valid one.
    Miss,
    /// An answer became old.
    Invalidation,
    /// It could not do its work.
    Error,
}

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CacheEvent {
    /// When.
    pub at: Millis,
    /// Where.
    pub tier: Tier,
    /// What.
    pub outcome: Outcome,
    /// To which answer, or by which tag.
    pub key: Key,
    /// How long it took, in microseconds, where that was measured.
    pub micros: Option<u64>,
}

/// Counts of one tier.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Answers it had.
    pub hits: u64,
    /// Answers it had not.
    pub misses: u64,
    /// Answers that became old.
    pub invalidations: u64,
    /// Times it could not do its work.
    pub errors: u64,
}

impl Tally {
    /// Hits among hits and misses, from 0 to 1; `None` before the first.
    #[expect(clippy::cast_precision_loss, reason = "a rate for people, from counts far below 2^52")]
    pub fn hit_rate(self) -> Option<f64> {
        let asked = self.hits + self.misses;
        (asked > 0).then(|| self.hits as f64 / asked as f64)
    }

    const fn add(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Hit => self.hits += 1,
            Outcome::Miss => self.misses += 1,
            Outcome::Invalidation => self.invalidations += 1,
            Outcome::Error => self.errors += 1,
        }
    }
}

impl Tier {
    /// All of them, from the screen to the truth.
    pub const ALL: [Self; 5] = [Self::Signals, Self::LocalStorage, Self::Memory, Self::Redis, Self::Database];

    /// Its name on screen.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Signals => "signals",
            Self::LocalStorage => "localStorage",
            Self::Memory => "memory",
            Self::Redis => "Redis",
            Self::Database => "database",
        }
    }
}

impl Outcome {
    /// Its name on screen.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Hit => "hit",
            Self::Miss => "miss",
            Self::Invalidation => "invalidation",
            Self::Error => "error",
        }
    }
}

/// Counts since the start, and the last events.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recorder {
    tallies: [Tally; Tier::ALL.len()],
    events: VecDeque<CacheEvent>,
}

impl Recorder {
    /// How many events are remembered.
    pub const EVENTS: usize = 1_000;

    /// Counts an event and remembers it; the oldest makes room.
    pub fn record(&mut self, event: CacheEvent) {
        self.tallies[event.tier as usize].add(event.outcome);
        if self.events.len() == Self::EVENTS {
            self.events.pop_front();
        }
        self.events.push_back(event);
    }

    /// The counts of a tier.
    pub const fn tally(&self, tier: Tier) -> Tally {
        self.tallies[tier as usize]
    }

    /// The last events, newest first.
    pub fn events(&self) -> impl Iterator<Item = &CacheEvent> {
        self.events.iter().rev()
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        *self = Self::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_event_makes_room_and_counts_stay() {
        let mut recorder = Recorder::default();
        for at in 0..1_500 {
            let outcome = if at % 3 == 0 { Outcome::Miss } else { Outcome::Hit };
            recorder.record(CacheEvent {
                at: Millis(at),
                tier: Tier::Memory,
                outcome,
                key: Key::from_text("k"),
                micros: None,
            });
        }
        assert_eq!(recorder.events().count(), 1_000);
        assert_eq!(recorder.events().next().map(|event| event.at), Some(Millis(1_499)));
        assert_eq!(recorder.tally(Tier::Memory), Tally { hits: 1_000, misses: 500, ..Tally::default() });
        assert_eq!(recorder.tally(Tier::Signals).hit_rate(), None);
    }
}
