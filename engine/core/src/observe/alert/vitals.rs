//! Vitals: the plain numbers that alerts are judged by.

use serde::{Deserialize, Serialize};

use super::{Counts, Minute};
use crate::{
    nouns::Noun,
    observe::metrics::{Histogram, Recorder, Tally, Tier},
    observe::sample::Samples,
    seq::Millis,
};

/// The numbers of one evaluation, of a node or of a tab. What a place doesn't have is 0 or nothing: a
/// tab has no breaker, a node no localStorage.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vitals {
    /// Questions that caches were asked in the last minute.
    pub asked: u64,
    /// How many of those a cache answered, whichever.
    pub hits: u64,
    /// Times in the last minute that a directive could not be carried out or passed on.
    pub invalidation_errors: u64,
    /// Answers given in the last minute, from wherever.
    pub answers: u64,
    /// What 99 of 100 of those took at most, in milliseconds.
    pub p99_ms: u64,
    /// Times in the last minute that localStorage would not take a record, or gave back another.
    pub quota_errors: u64,
    /// Milliseconds since the follower was last known to be at the log's head; nothing for one that
    /// is not asked to keep up.
    pub lag_ms: Option<u64>,
    /// Whether the circuit breaker for Redis is open.
    pub is_breaker_open: bool,
    /// Answers that were older than is promised, since counting began. Not of the last minute: each must stay until a
    /// manager has seen it.
    pub violations: u64,
    /// How often the database was found to be older than it was, since the node started.
    pub set_backs: u64,
}

impl Vitals {
    /// A tab's, and what a node found when it looked again at what the tab had shown.
    pub fn of_tab(recorder: &Recorder, samples: &Samples<impl Noun>, now: Millis) -> Self {
        Self { violations: samples.reported(), ..Self::of(|tier| recorder.tally_within(tier, now, Minute::MILLIS)) }
    }

    /// A node's, whose tiers did this within the last minute, which counted these, and whose slowest
    /// answer took so many microseconds. The rest is for the node to say.
    pub fn of_node(tallies: &[Tally; Tier::ALL.len()], counted: &Counts, slowest: u64) -> Self {
        Self {
            invalidation_errors: counted.invalidation_errors,
            answers: counted.answers.count(),
            p99_ms: p99(&counted.answers, slowest) / 1_000,
            ..Self::of(|tier| tallies[tier as usize])
        }
    }

    /// What the tiers say. A place has either the first two or the others.
    fn of(tally: impl Fn(Tier) -> Tally) -> Self {
        let [signals, storage] = [Tier::Signals, Tier::LocalStorage].map(&tally);
        let [page, memory, redis, database] = [Tier::Page, Tier::Memory, Tier::Redis, Tier::Database].map(&tally);
        let shown = signals.hits + storage.hits;
        // What the screen had not, localStorage was asked for.
        let fetched = storage.misses;
        // A page that isn't kept asks memory. Many may miss there and wait for one load; and what does not
        // exist is loaded each time, whatever caches do.
        let missed = memory.misses.saturating_sub(redis.hits + database.misses).min(database.hits);
        let asked = (page.hits + memory.asked()).saturating_sub(database.misses);
        Self {
            asked: shown + fetched + asked,
            hits: shown + asked.saturating_sub(missed),
            quota_errors: storage.errors,
            ..Self::default()
        }
    }
}

/// What 99 of 100 took at most, in microseconds. Beyond the last bound nothing is known but the slowest.
fn p99(answers: &Histogram, slowest: u64) -> u64 {
    let within: u64 = answers.buckets().filter_map(|(bound, count)| bound.map(|_| count)).sum();
    if within * 100 < answers.count() * 99 { slowest } else { answers.permille(990).unwrap_or_default() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        example::Tag,
        key::Key,
        observe::sample::{Finding, Shown, Violation},
        seq::Seq,
        tag::Tags,
    };

    type Tallies<'a> = &'a [(Tier, u64, u64)];

    /// Hits and misses of tiers, and what that makes of questions and answers from a cache.
    #[track_caller]
    fn check(tallies: Tallies, expected: (u64, u64)) {
        let vitals = Vitals::of(|tier| {
            let found = tallies.iter().find(|(of, ..)| *of == tier);
            found.map_or_else(Tally::default, |&(_, hits, misses)| Tally { hits, misses, ..Tally::default() })
        });
        assert_eq!((vitals.asked, vitals.hits), expected, "{tallies:?}");
    }

    #[test]
    fn questions_and_answers_from_a_cache() {
        use Tier::{Database, LocalStorage, Memory, Page, Redis, Signals};
        check(&[], (0, 0));
        check(&[(Signals, 90, 15), (LocalStorage, 5, 10)], (105, 95));
        // A tab that has just been opened, and finds all it wants in localStorage.
        check(&[(Signals, 0, 100), (LocalStorage, 100, 0)], (100, 100));
        check(&[(Memory, 90, 10), (Database, 10, 0)], (100, 90));
        check(&[(Memory, 90, 10), (Redis, 6, 4), (Database, 4, 0)], (100, 96));
        check(&[(Page, 900, 100), (Memory, 90, 10), (Database, 10, 0)], (1_000, 990));
        // A hundred wait for one load.
        check(&[(Memory, 0, 100), (Database, 1, 0)], (100, 99));
        // A client tries addresses that lead nowhere.
        check(&[(Memory, 90, 1_010), (Database, 10, 1_000)], (100, 90));
        // Areas that are off are loaded each time, and no cache was asked.
        check(&[(Memory, 90, 10), (Database, 5_000, 0)], (100, 90));
    }

    #[test]
    fn a_tabs_violations_are_those_of_its_own_tiers() {
        let mut samples = Samples::default();
        for tier in [Tier::Signals, Tier::LocalStorage, Tier::LocalStorage, Tier::Memory] {
            let (tags, seq) = (Tags::of(Tag::List, []), Seq(1));
            let (watermark, seen) = (seq, seq);
            let shown =
                Shown { key: Key::from_text("feed.1?"), tier, tags, as_of: seq, watermark, seen, marked: false };
            samples.record(Millis(1), shown, Finding::Violated(Violation::BelowSeen(Tag::List, Seq(2))));
        }
        let vitals = Vitals::of_tab(&Recorder::default(), &samples, Millis(2));
        assert_eq!(vitals, Vitals { violations: 3, ..Vitals::default() });
    }

    #[test]
    fn the_slowest_hundredth() {
        for (quick, slow, expected) in [(0, 0, 0), (99, 1, 50), (98, 2, 7_000_000), (0, 3, 7_000_000), (5, 0, 50)] {
            let mut answers = Histogram::default();
            (0..quick).for_each(|_| answers.add(50));
            (0..slow).for_each(|_| answers.add(7_000_000));
            assert_eq!(p99(&answers, 7_000_000), expected, "{quick} and {slow}");
        }
    }
}
