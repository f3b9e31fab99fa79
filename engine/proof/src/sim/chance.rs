//! Chance, by seed: the same seed is the same schedule, for ever.

use fastrand::Rng;

use crate::rows::Question;

/// What decides a schedule.
#[derive(Debug)]
pub(super) struct Chance(Rng);

impl Chance {
    /// The schedule of this seed.
    pub(super) fn of(seed: u64) -> Self {
        Self(Rng::with_seed(seed))
    }

    /// Whether something happens that happens so many times in a hundred.
    pub(super) fn percent(&mut self, percent: u32) -> bool {
        self.0.u32(0..100) < percent
    }

    /// A number below.
    pub(super) fn below(&mut self, end: usize) -> usize {
        self.0.usize(0..end)
    }

    /// Milliseconds in this range.
    pub(super) fn millis(&mut self, from: i64, to: i64) -> i64 {
        self.0.i64(from..to)
    }

    /// How long a message takes: a little, or now and then far too long.
    pub(super) fn latency(&mut self) -> i64 {
        if self.percent(6) { self.millis(300, 2_500) } else { self.millis(1, 40) }
    }
}

/// How many rows there are.
pub(super) const ROWS: usize = 6;

/// The questions: pages that share rows, and two whose rows depend on their own answers.
pub(super) fn questions() -> Vec<Question> {
    vec![
        Question::about("page", &[0], None),
        Question::about("book", &[0, 1], None),
        Question::about("list", &[1, 2, 3], None),
        Question::about("feed", &[4], Some([0, 5])),
        Question::about("desk", &[2], Some([4, 1])),
        Question::about("title page", &[1], None).that_vanishes(),
    ]
}
