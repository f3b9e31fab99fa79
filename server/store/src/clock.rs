//! The two things that are not pure: what time it is, and chance.

use std::{
    sync::atomic::{AtomicI64, Ordering},
    time::{SystemTime, UNIX_EPOCH},
};

use domain::Millis;

/// Now.
pub(crate) fn now() -> Millis {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

/// Now, and later than every moment given out before: for what is listed by its time.
pub(crate) fn tick() -> Millis {
    static LAST: AtomicI64 = AtomicI64::new(0);
    let now = now().0;
    let next = |last: i64| now.max(last + 1);
    let last = LAST.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |last| Some(next(last)));
    Millis(last.map_or(now, next))
}

/// Bits for a new id, as in `StoryId::from_bits(new_bits())`. The primary key refuses the one
/// collision in 2^64.
pub(crate) fn new_bits() -> u64 {
    rand::random()
}
