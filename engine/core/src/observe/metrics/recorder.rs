//! Counts since the start, the last minutes, and the last events.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use super::{CacheEvent, Histogram, Tally, Tier, Timeline};
use crate::{key::Key, seq::Millis};

/// Counts since the start, the last minutes, and the last events.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recorder {
    tallies: [Tally; Tier::ALL.len()],
    bytes: [u64; Tier::ALL.len()],
    durations: [Histogram; Tier::ALL.len()],
    /// Whole requests.
    answers: Histogram,
    timeline: Timeline,
    events: VecDeque<CacheEvent>,
}

impl Recorder {
    /// How many events are remembered.
    pub const EVENTS: usize = 1_000;
    /// How many bytes of a key are remembered. Our own keys are shorter. A page's key is its address, and a visitor can
    /// ask for an address of any length.
    const LONGEST: usize = 500;

    /// Counts an event and remembers it; the oldest makes room.
    pub fn record(&mut self, mut event: CacheEvent) {
        let tier = event.tier as usize;
        self.tallies[tier].add(event.outcome);
        self.bytes[tier] += event.bytes.unwrap_or(0);
        if let Some(micros) = event.micros {
            self.durations[tier].add(micros);
        }
        self.timeline.add(event.at, event.tier, event.outcome);
        if self.events.len() == Self::EVENTS {
            self.events.pop_front();
        }
        let key = event.key.as_str();
        if key.len() > Self::LONGEST {
            event.key = Key::from_text(&key[..key.floor_char_boundary(Self::LONGEST)]);
        }
        self.events.push_back(event);
    }

    /// Counts a request that was answered, and how long it took in microseconds.
    pub fn answered(&mut self, at: Millis, micros: u64) {
        self.answers.add(micros);
        self.timeline.answered(at, micros);
    }

    /// The counts of a tier.
    pub const fn tally(&self, tier: Tier) -> Tally {
        self.tallies[tier as usize]
    }

    /// How many bytes a tier answered, as far as they are known.
    pub const fn bytes(&self, tier: Tier) -> u64 {
        self.bytes[tier as usize]
    }

    /// How long a tier took, where that was measured.
    pub const fn durations(&self, tier: Tier) -> &Histogram {
        &self.durations[tier as usize]
    }

    /// How long whole requests took.
    pub const fn answers(&self) -> &Histogram {
        &self.answers
    }

    /// The last minutes.
    pub const fn timeline(&self) -> &Timeline {
        &self.timeline
    }

    /// The counts of a tier within the last `window` milliseconds.
    pub fn tally_within(&self, tier: Tier, now: Millis, window: i64) -> Tally {
        let mut tally = Tally::default();
        self.timeline.since(Millis(now.0 - window)).for_each(|moment| tally.merge(moment.tally(tier)));
        tally
    }

    /// The last events, newest first.
    pub fn events(&self) -> impl Iterator<Item = &CacheEvent> {
        self.events.iter().rev()
    }

    /// Forgets the events whose keys are not told. Their counts stay.
    pub fn retain_events(&mut self, is_told: impl Fn(&Key) -> bool) {
        self.events.retain(|event| is_told(&event.key));
    }

    /// Adds what another recorded, at the same time elsewhere.
    pub fn merge(&mut self, other: Self) {
        for tier in Tier::ALL.map(|tier| tier as usize) {
            self.tallies[tier].merge(other.tallies[tier]);
            self.bytes[tier] += other.bytes[tier];
            self.durations[tier].merge(&other.durations[tier]);
        }
        self.answers.merge(&other.answers);
        self.timeline.merge(&other.timeline);
        self.events.extend(other.events);
        self.events.make_contiguous().sort_by_key(|event| event.at);
        let surplus = self.events.len().saturating_sub(Self::EVENTS);
        self.events.drain(..surplus);
    }

    /// The same without all but its last events: what goes to a page each second.
    pub fn keep_events(&mut self, most: usize) {
        let surplus = self.events.len().saturating_sub(most);
        self.events.drain(..surplus);
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        *self = Self::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::observe::metrics::Outcome;

    fn event(at: i64, outcome: Outcome) -> CacheEvent {
        CacheEvent {
            at: Millis(at),
            tier: Tier::Memory,
            outcome,
            key: Key::from_text("k"),
            micros: Some(3),
            bytes: Some(10),
        }
    }

    #[test]
    fn the_oldest_event_makes_room_and_counts_stay() {
        let mut recorder = Recorder::default();
        for at in 0..1_500 {
            recorder.record(event(at, if at % 3 == 0 { Outcome::Miss } else { Outcome::Hit }));
        }
        assert_eq!(recorder.events().count(), 1_000);
        assert_eq!(recorder.events().next().map(|event| event.at), Some(Millis(1_499)));
        assert_eq!(recorder.tally(Tier::Memory), Tally { hits: 1_000, misses: 500, ..Tally::default() });
        assert_eq!((recorder.bytes(Tier::Memory), recorder.durations(Tier::Memory).count()), (15_000, 1_500));
        assert_eq!(recorder.tally(Tier::Signals).hit_rate(), None);
    }

    /// An address may have 64 kB, and any client can ask for a thousand of them.
    #[test]
    fn what_somebody_made_up_takes_no_more_room() {
        let mut recorder = Recorder::default();
        for (key, expected) in [("k".repeat(500), 500), ("k".repeat(60_000), 500), ("ü".repeat(30_000), 500)] {
            recorder.record(CacheEvent { key: Key::from_text(&key), ..event(1, Outcome::Miss) });
            assert_eq!(recorder.events().next().map(|event| event.key.as_str().len()), Some(expected));
        }
        recorder.record(CacheEvent { key: Key::from_text(&"€".repeat(200)), ..event(1, Outcome::Miss) });
        assert_eq!(recorder.events().next().map(|event| event.key.as_str().len()), Some(498), "whole letters");
    }

    #[test]
    fn two_add_up_and_keep_the_last_of_both() {
        let (mut one, mut other) = (Recorder::default(), Recorder::default());
        for at in 0..800 {
            one.record(event(2 * at, Outcome::Hit));
            other.record(event(2 * at + 1, Outcome::Miss));
        }
        one.merge(other);
        assert_eq!(one.tally(Tier::Memory), Tally { hits: 800, misses: 800, ..Tally::default() });
        let last: Vec<i64> = one.events().map(|event| event.at.0).collect();
        assert_eq!(last, (600..1_600).rev().collect::<Vec<_>>());
        assert_eq!(one.tally_within(Tier::Memory, Millis(1_600), 60_000).asked(), 1_600);
    }
}
