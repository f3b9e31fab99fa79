//! Policies: how long an answer may be kept, and where.

use serde::Serialize;

use crate::{fnv::fnv, key::Key};

/// How long an answer may be kept. Nothing here makes an answer right, only [`crate::Follower`]
/// does: lifetimes bound memory, and what may be shown when the database can't be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Policy {
    /// Milliseconds after which an Entry is dropped from every tier, at the latest.
    pub keep_for: i64,
}

/// One part in so many of a lifetime may be missing. What a start loads within a second or two is loaded anew
/// over three minutes of thirty, and not all at once.
const SPREAD: u64 = 10;

impl Policy {
    /// This many minutes.
    pub const fn minutes(minutes: i64) -> Self {
        Self { keep_for: minutes * 60_000 }
    }

    /// This many days.
    pub const fn days(days: i64) -> Self {
        Self::minutes(days * 24 * 60)
    }

    /// For how many milliseconds a node, and Redis, keep the answer to this very question: up to a tenth less
    /// than the policy allows, by its key, and so the same wherever and whenever it is loaded.
    pub fn lifetime(self, of: &Key) -> i64 {
        let most = self.keep_for.unsigned_abs() / SPREAD;
        self.keep_for - (fnv(of.as_str()) % (most + 1)).cast_signed()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(policy: Policy, key: &str, expected: i64) {
        assert_eq!(policy.lifetime(&Key::from_text(key)), expected, "{key}");
    }

    #[test]
    fn lifetimes_lie_apart_and_are_always_the_same() {
        check(Policy::minutes(30), "list.1?", 1_761_877);
        check(Policy::minutes(30), "page.1?book=0000000000001&page=0000000000002", 1_679_532);
        check(Policy::minutes(10), "list.1?page=0", 571_661);
        check(Policy::minutes(3), "draft.1?viewer=0000000000001", 174_979);
        check(Policy { keep_for: 9 }, "list.1?", 9);
        check(Policy { keep_for: 0 }, "list.1?", 0);
    }

    /// Of ten thousand pages that are loaded at once, as many go in each tenth of the time in which they go.
    #[test]
    fn no_moment_is_that_of_many() {
        let mut going = [0; 10];
        for number in 0..10_000 {
            let key = Key::from_text(&format!("page.1?number={number:013}"));
            let early = Policy::minutes(30).keep_for - Policy::minutes(30).lifetime(&key);
            going[usize::try_from(early / 18_001).expect("never later")] += 1;
        }
        assert!(going.iter().all(|going| (850..1_150).contains(going)), "{going:?}");
    }
}
