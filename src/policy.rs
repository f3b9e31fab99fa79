//! Policies: how long an answer may be kept, and where.

use serde::Serialize;

use crate::{fnv::fnv, kinds::Area, query::Key};

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
    /// What everybody may read: 30 minutes.
    pub const PUBLISHED: Self = Self { keep_for: 30 * 60_000 };
    /// What an author is working on: 3 minutes.
    pub const DRAFT: Self = Self { keep_for: 3 * 60_000 };
    /// What a community says: 10 minutes.
    pub const TALK: Self = Self { keep_for: 10 * 60_000 };

    /// What an area's answers are kept by, where a query doesn't choose.
    pub const fn of(area: Area) -> Self {
        match area {
            Area::Writing | Area::Publish => Self::DRAFT,
            Area::Reading => Self::PUBLISHED,
            Area::Community | Area::Analytics => Self::TALK,
        }
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
        check(Policy::PUBLISHED, "home.1?", 1_695_721);
        check(Policy::PUBLISHED, "reading-page.1?story=0000000000001&chapter=0000000000002", 1_722_316);
        check(Policy::TALK, "feed.1?page=0", 582_548);
        check(Policy::DRAFT, "scene-draft.1?viewer=0000000000001&scene=0000000000002", 168_981);
        check(Policy { keep_for: 9 }, "home.1?", 9);
        check(Policy { keep_for: 0 }, "home.1?", 0);
    }

    /// Of ten thousand pages that are loaded at once, as many go in each tenth of the time in which they go.
    #[test]
    fn no_moment_is_that_of_many() {
        let mut going = [0; 10];
        for number in 0..10_000 {
            let key = Key::from_text(&format!("reading-page.1?story=0000000000001&chapter={number:013}"));
            let early = Policy::PUBLISHED.keep_for - Policy::PUBLISHED.lifetime(&key);
            going[usize::try_from(early / 18_001).expect("never later")] += 1;
        }
        assert!(going.iter().all(|going| (850..1_150).contains(going)), "{going:?}");
    }
}
