//! The promises to users, and the properties inside that keep them.

/// A promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Promise {
    /// A client is never shown less than it wrote.
    ReadYourWrites,
    /// A client is never shown less than it was shown before.
    MonotonicReads,
    /// An evicted answer is not shown to a client that has seen the eviction, nor to any client once Δ has passed.
    EvictedStaysGone,
    /// No client is shown an unmarked answer that lacks a change from more than Δ ago.
    Staleness,
    /// A node shows every client all of its own commits: one node alone has no staleness.
    OneNodeIsCurrent,
    /// An entry says as of when it is true, in every tier.
    HonestEntries,
    /// An entry that a follower judges fresh equals the rows at its watermark.
    FreshIsCurrent,
    /// No tier replaces an entry by an older one.
    NeverBack,
    /// A page in front is told within five seconds, or says that it may not be.
    LookersAreTold,
}

impl Promise {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::ReadYourWrites,
        Self::MonotonicReads,
        Self::EvictedStaysGone,
        Self::Staleness,
        Self::OneNodeIsCurrent,
        Self::HonestEntries,
        Self::FreshIsCurrent,
        Self::NeverBack,
        Self::LookersAreTold,
    ];

    /// Its name in tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::ReadYourWrites => "read your writes",
            Self::MonotonicReads => "monotonic reads",
            Self::EvictedStaysGone => "evicted stays gone",
            Self::Staleness => "staleness within the lease",
            Self::OneNodeIsCurrent => "one node is current",
            Self::HonestEntries => "an entry is what it says",
            Self::FreshIsCurrent => "valid after catching up means current",
            Self::NeverBack => "no tier goes back",
            Self::LookersAreTold => "a page in front is told, or says so",
        }
    }
}
