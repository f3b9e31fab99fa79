//! A record that a client cache holds, and what it knows of it.

use super::Record;
use crate::{clocks::Clocks, lease::BROWSER_LEASE, nouns::Nouns, seq::Millis};

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Held<N: Nouns> {
    pub(super) record: Record<N>,
    /// When it was last known to be current, by the clocks of this page's life; `None` if it must be
    /// confirmed before it is trusted.
    pub(super) checked_at: Option<Clocks>,
    /// Whether it was read back from localStorage and not yet shown.
    pub(super) restored: bool,
    /// Whether it is on screen with a mark, because no server could be asked.
    pub(super) marked: bool,
    /// When it was last used.
    pub(super) used: Millis,
}

impl<N: Nouns> Held<N> {
    /// Whether it was confirmed within the lease.
    pub(super) fn is_checked(&self, now: Clocks) -> bool {
        self.checked_at.is_some_and(|then| now.is_within(BROWSER_LEASE, then))
    }
}
