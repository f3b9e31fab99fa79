//! What the viewer wrote of late, and means to write a day.

use serde::{Deserialize, Serialize};

use super::Query;
use crate::{Millis, Quire, Tags, ids::UserId, kinds::Area, tag::Tag, word_goal::WordGoal};

/// How many words the viewer wrote in the last days, in all their stories, and their goal for a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MyProgress {
    /// Who.
    pub viewer: UserId,
}

/// What they wrote. An import is not writing, nor is what goes into the trash or comes back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// What they mean to write a day.
    pub day_goal: WordGoal,
    /// Each quarter of an hour in which they wrote, the newest first.
    pub written: Vec<Written>,
}

/// What was written in a quarter of an hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// Which, from 1970 on.
    pub quarter: i64,
    /// How many words there were more at its end; less, if that is below 0.
    pub words: i64,
}

/// A quarter of an hour, in milliseconds.
const QUARTER: i64 = 15 * 60 * 1_000;

impl Written {
    /// Which quarter a moment is in.
    pub const fn quarter_of(at: Millis) -> i64 {
        at.0.div_euclid(QUARTER)
    }
}

impl Progress {
    /// How many words were written on the day that `now` is in. `offset` says by how much a moment's clocks are before
    /// UTC, in milliseconds.
    pub fn words_on_day(&self, now: Millis, offset: impl Fn(Millis) -> i64) -> i64 {
        let day = |at: Millis| (at.0 + offset(at)).div_euclid(96 * QUARTER);
        let today = day(now);
        let on_day = self.written.iter().filter(|written| day(Millis(written.quarter * QUARTER)) == today);
        on_day.map(|written| written.words).sum()
    }
}

impl Query for MyProgress {
    type Nouns = Quire;
    type Output = Progress;
    const NAME: &'static str = "my-progress";
    const AREA: Area = Area::Writing;

    fn viewer(&self) -> Option<UserId> {
        Some(self.viewer)
    }

    fn tags(&self, _: &Progress) -> Tags {
        Tags::of(Tag::Progress(self.viewer), [])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 60 * 60 * 1_000;

    /// Two o'clock at night on 2026-03-29: in Berlin the clocks are put forward an hour before, at one.
    const NIGHT: i64 = 1_774_749_600_000;

    fn berlin(at: Millis) -> i64 {
        if at.0 < NIGHT - HOUR { HOUR } else { 2 * HOUR }
    }

    #[track_caller]
    fn check(now: i64, words: i64) {
        // A word more each hour than in the one before, from four hours before to three after.
        let written = (-4..4)
            .zip(1..)
            .map(|(hour, words)| Written { quarter: Written::quarter_of(Millis(NIGHT + hour * HOUR)), words });
        let progress = Progress { day_goal: WordGoal::default(), written: written.collect() };
        assert_eq!(progress.words_on_day(Millis(NIGHT + now * HOUR), berlin), words, "{now}");
    }

    #[test]
    fn a_day_begins_at_midnight_where_the_author_is() {
        // 23:00 in Berlin is 22:00 UTC, four hours before.
        check(-4, 1);
        check(-3, 2 + 3 + 4 + 5 + 6 + 7 + 8);
        check(3, 2 + 3 + 4 + 5 + 6 + 7 + 8);
        check(24, 0);
    }

    #[test]
    fn a_quarter_is_known_before_1970_too() {
        for (at, quarter) in [(0, 0), (899_999, 0), (900_000, 1), (-1, -1)] {
            assert_eq!(Written::quarter_of(Millis(at)), quarter);
        }
    }
}
