//! This machine's clock, beside another.

use std::time::{SystemTime, UNIX_EPOCH};

use super::Finding;

/// By how much two clocks may differ, in milliseconds: more than a question and its answer take.
const TOLERANCE: i64 = 2_000;

const WHY: &str = "Times are shown wrong, and sessions and links end too early or too late.";
const MEND: &str = "Have every machine set its clock by NTP, as in `timedatectl set-ntp true`.";

/// Milliseconds since 1970.
pub(super) fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

/// This clock and that of a server.
pub(super) fn compare(ours: i64, theirs: i64, server: &str) -> Option<Finding> {
    let ahead = ours - theirs;
    let seconds = ahead.abs() / 1_000;
    let which = if ahead > 0 { "ahead of" } else { "behind" };
    (ahead.abs() > TOLERANCE)
        .then(|| Finding::new(format!("This machine's clock is {seconds} s {which} that of {server}."), WHY, MEND))
}

/// This clock and the time of the last commit, which is in the past if the clocks are right.
pub(super) fn compare_with_commit(ours: i64, commit: i64) -> Option<Finding> {
    let seconds = (commit - ours) / 1_000;
    (commit - ours > TOLERANCE).then(|| {
        Finding::new(format!("The last commit is {seconds} s in the future, by this machine's clock."), WHY, MEND)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clocks_that_differ_are_named() {
        let check = |theirs, expected: Option<&str>| {
            let found = compare(100_000, theirs, "PostgreSQL").map(|finding| finding.what);
            assert_eq!(found.as_deref(), expected, "{theirs}");
        };
        check(100_000, None);
        check(98_001, None);
        check(97_000, Some("This machine's clock is 3 s ahead of that of PostgreSQL."));
        check(160_000, Some("This machine's clock is 60 s behind that of PostgreSQL."));
    }

    #[test]
    fn a_commit_from_the_future_is_named() {
        for (commit, is_found) in [(0, false), (100_000, false), (101_000, false), (200_000, true)] {
            assert_eq!(compare_with_commit(100_000, commit).is_some(), is_found, "{commit}");
        }
    }
}
