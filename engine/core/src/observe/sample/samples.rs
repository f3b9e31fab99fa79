//! What the sampler found so far.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use super::{Finding, Shown, Violation};
use crate::{
    key::Key,
    nouns::Noun,
    observe::metrics::{Histogram, Tier},
    seq::Millis,
};

/// What the sampler found so far.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound = "")]
pub struct Samples<T: Noun> {
    tiers: [Sampled; Tier::ALL.len()],
    skipped: u64,
    dropped: u64,
    caught: VecDeque<Caught<T>>,
}

/// What was found about the answers of one tier.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sampled {
    /// Answers that were as new as can be.
    pub current: u64,
    /// Answers that said of themselves that they may be old.
    pub marked: u64,
    /// Answers that should not have been given.
    pub violations: u64,
    /// Answers that lacked something, as they may for Δ: for how long at most.
    pub staleness: Histogram,
}

/// An answer that should not have been given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound = "")]
pub struct Caught<T: Noun> {
    /// When it was found out.
    pub at: Millis,
    /// The answer.
    pub shown: Shown<T>,
    /// Which promise it broke.
    pub violation: Violation<T>,
}

impl Sampled {
    /// How many answers were looked at again.
    pub fn checked(&self) -> u64 {
        self.current + self.marked + self.violations + self.staleness.count()
    }
}

impl<T: Noun> Default for Samples<T> {
    fn default() -> Self {
        Self { tiers: Default::default(), skipped: 0, dropped: 0, caught: VecDeque::new() }
    }
}

impl<T: Noun> Samples<T> {
    /// How many violations are kept with their details: so many of the node's own, and so many again of browsers'. So a
    /// browser's claims, which can't be verified, push no violation of the node's out.
    pub const CAUGHT: usize = 20;

    /// Counts what was found; the oldest violation makes room.
    pub fn record(&mut self, at: Millis, shown: Shown<T>, finding: Finding<T>) {
        let tier = &mut self.tiers[shown.tier as usize];
        match finding {
            Finding::Current => tier.current += 1,
            Finding::Marked => tier.marked += 1,
            Finding::Stale(millis) => tier.staleness.add(millis.unsigned_abs() * 1_000),
            Finding::Violated(violation) => {
                tier.violations += 1;
                self.caught.push_back(Caught { at, shown, violation });
                self.make_room();
            }
        }
    }

    /// Counts an answer that nothing can be said of: the database was away, or the log does not reach
    /// back to it.
    pub const fn skip(&mut self) {
        self.skipped += 1;
    }

    /// Counts answers that were not looked at, because too many waited already.
    pub const fn drop_some(&mut self, many: u64) {
        self.dropped += many;
    }

    /// Forgets the violations whose keys are not told. Their counts stay.
    pub fn retain_caught(&mut self, is_told: impl Fn(&Key) -> bool) {
        self.caught.retain(|caught| is_told(&caught.shown.key));
    }

    /// What was found about a tier.
    pub const fn tier(&self, tier: Tier) -> &Sampled {
        &self.tiers[tier as usize]
    }

    /// How many answers were judged.
    pub fn checked(&self) -> u64 {
        self.tiers.iter().map(Sampled::checked).sum()
    }

    /// How many answers nothing could be said of.
    pub const fn skipped(&self) -> u64 {
        self.skipped
    }

    /// How many answers were not looked at, because too many waited already.
    pub const fn dropped(&self) -> u64 {
        self.dropped
    }

    /// Violations that a node found among its own answers.
    pub fn violations(&self) -> u64 {
        self.count(|tier| !tier.is_in_browser())
    }

    /// Violations that browsers report. A node has only their word for it, and any client can send anything: they are
    /// worth a look, and raise no alert.
    pub fn reported(&self) -> u64 {
        self.count(Tier::is_in_browser)
    }

    /// The last violations, newest first.
    pub fn caught(&self) -> impl Iterator<Item = &Caught<T>> {
        self.caught.iter().rev()
    }

    /// Adds what was found elsewhere.
    pub fn merge(&mut self, other: Self) {
        for (own, other) in self.tiers.iter_mut().zip(other.tiers) {
            own.current += other.current;
            own.marked += other.marked;
            own.violations += other.violations;
            own.staleness.merge(&other.staleness);
        }
        self.skipped += other.skipped;
        self.dropped += other.dropped;
        self.caught.extend(other.caught);
        self.caught.make_contiguous().sort_by_key(|caught| caught.at);
        self.make_room();
    }

    fn make_room(&mut self) {
        for in_browser in [false, true] {
            let is_one = |caught: &Caught<T>| caught.shown.tier.is_in_browser() == in_browser;
            let mut surplus = self.caught.iter().filter(|caught| is_one(caught)).count().saturating_sub(Self::CAUGHT);
            self.caught.retain(|caught| {
                let goes = surplus > 0 && is_one(caught);
                surplus -= usize::from(goes);
                !goes
            });
        }
    }

    fn count(&self, of: impl Fn(Tier) -> bool) -> u64 {
        Tier::ALL.into_iter().filter(|tier| of(*tier)).map(|tier| self.tier(tier).violations).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{example::Tag, key::Key, seq::Seq, tag::Tags};

    fn shown(tier: Tier) -> Shown<Tag> {
        Shown {
            key: Key::from_text("feed.1?"),
            tier,
            tags: Tags::of(Tag::List, []),
            as_of: Seq(1),
            watermark: Seq(1),
            seen: Seq(1),
            marked: false,
        }
    }

    #[test]
    fn findings_are_counted_by_tier_and_the_last_violations_kept() {
        let mut samples = Samples::default();
        samples.record(Millis(1), shown(Tier::Memory), Finding::Current);
        samples.record(Millis(1), shown(Tier::Memory), Finding::Stale(7));
        samples.record(Millis(1), shown(Tier::Redis), Finding::Marked);
        for at in 0..90 {
            let tier = if at % 3 == 0 { Tier::Signals } else { Tier::Memory };
            samples.record(Millis(at), shown(tier), Finding::Violated(Violation::BelowSeen(Tag::List, Seq(2))));
        }
        samples.skip();
        samples.drop_some(2);
        assert_eq!((samples.checked(), samples.skipped(), samples.dropped()), (93, 1, 2));
        assert_eq!((samples.violations(), samples.reported()), (60, 30));
        let memory = samples.tier(Tier::Memory);
        assert_eq!((memory.current, memory.checked(), memory.staleness.sum()), (1, 62, 7_000));
        let of_browsers = |caught: &&Caught<Tag>| caught.shown.tier.is_in_browser();
        let theirs: Vec<i64> = samples.caught().filter(of_browsers).map(|caught| caught.at.0).collect();
        assert_eq!(theirs, (30..90).rev().filter(|at| at % 3 == 0).collect::<Vec<_>>());
        assert_eq!((samples.caught().count(), samples.caught().next().map(|caught| caught.at)), (40, Some(Millis(89))));
    }

    #[test]
    fn two_add_up() {
        let (mut one, mut other) = (Samples::default(), Samples::default());
        let violated = || Finding::Violated(Violation::BelowSeen(Tag::List, Seq(2)));
        for at in 0..15 {
            one.record(Millis(2 * at), shown(Tier::Memory), violated());
            other.record(Millis(2 * at + 1), shown(Tier::Page), violated());
        }
        one.merge(other);
        assert_eq!((one.violations(), one.caught().count()), (30, 20));
        assert_eq!(one.caught().next().map(|caught| caught.at), Some(Millis(29)));
    }
}
