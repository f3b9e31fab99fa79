//! Thinning: which versions of a text go, as they get old.

use std::collections::BTreeSet;

use crate::{Millis, kinds::VersionKind};

const DAY: i64 = 24 * 60 * 60 * 1_000;

/// How long every version is kept, in milliseconds: 90 days.
pub const KEEP_ALL: i64 = 90 * DAY;

/// How long one of each day is kept: two years. After that it is one of each month, of 30 days.
const KEEP_DAYS: i64 = 730 * DAY;

/// A version, as far as thinning looks at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Aged {
    /// Its number.
    pub number: u32,
    /// What it is.
    pub kind: VersionKind,
    /// When it was saved.
    pub saved_at: Millis,
}

/// The versions that go: of each stretch of time all but the last. The first of all stays, and so does every text that
/// is nowhere else: the ones that were not chosen.
pub fn thinned(versions: &[Aged], now: Millis) -> Vec<u32> {
    let mut newest_first = versions.to_vec();
    newest_first.sort_by_key(|version| std::cmp::Reverse(version.number));
    newest_first.pop();
    let mut kept = BTreeSet::new();
    let goes = |version: &&Aged| match version.kind {
        VersionKind::SetAside => false,
        VersionKind::Saved | VersionKind::Typed | VersionKind::Joined | VersionKind::Kept => {
            let age = now.0 - version.saved_at.0;
            let stretch = if age < KEEP_DAYS { DAY } else { 30 * DAY };
            // The stretches of both lengths are told apart by their length.
            age >= KEEP_ALL && !kept.insert((stretch, version.saved_at.0.div_euclid(stretch)))
        }
    };
    newest_first.iter().filter(goes).map(|version| version.number).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = DAY / 24;
    /// The beginning of a day, and of a stretch of 30 days.
    const NOW: Millis = Millis(30 * DAY * 800);

    /// Versions of these ages, the oldest first and numbered from 1; which of them go.
    #[track_caller]
    fn check(ages: &[i64], expected: &[u32]) {
        let version =
            |(number, age): (u32, &i64)| Aged { number, kind: VersionKind::Saved, saved_at: Millis(NOW.0 - age) };
        let versions: Vec<_> = (1..).zip(ages).map(version).collect();
        let mut gone = thinned(&versions, NOW);
        gone.sort_unstable();
        assert_eq!(gone, expected, "{ages:?}");
    }

    #[test]
    fn what_goes_with_age() {
        check(&[], &[]);
        check(&[1_000 * DAY], &[]);
        // Nothing of the last 90 days.
        check(&[89 * DAY + 3, 89 * DAY + 2, 89 * DAY + 1, 2, 1, 0], &[]);
        // Of a day the last.
        check(&[200 * DAY, 100 * DAY - HOUR, 100 * DAY - 2 * HOUR, 100 * DAY - 3 * HOUR, 0], &[2, 3]);
        check(&[200 * DAY, 100 * DAY, 99 * DAY, 98 * DAY], &[]);
        // Of a month the last, after two years.
        check(&[2_000 * DAY, 900 * DAY - HOUR, 899 * DAY, 898 * DAY, 800 * DAY], &[2, 3]);
        // The first of all stays.
        check(&[100 * DAY - HOUR, 100 * DAY - 2 * HOUR], &[]);
    }

    #[test]
    fn what_was_not_chosen_stays() {
        let at = |number, kind| Aged { number, kind, saved_at: Millis(NOW.0 - 100 * DAY + i64::from(number)) };
        let versions = [
            at(1, VersionKind::Saved),
            at(2, VersionKind::SetAside),
            at(3, VersionKind::Typed),
            at(4, VersionKind::Joined),
            at(5, VersionKind::Kept),
        ];
        assert_eq!(thinned(&versions, NOW), [4, 3]);
    }
}
