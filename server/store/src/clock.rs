//! The two things that are not pure: what time it is, and chance.

use std::time::{SystemTime, UNIX_EPOCH};

use domain::Millis;

/// Now.
pub(crate) fn now() -> Millis {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

/// Bits for a new id, as in `StoryId::from_bits(new_bits())`. The primary key refuses the one
/// collision in 2^64.
pub(crate) fn new_bits() -> u64 {
    rand::random()
}
