//! What is promised to users, and what holds inside for that to be so.

/// A promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Promise {
    /// Nobody is shown less than what they wrote.
    ReadYourWrites,
    /// Nobody is shown less than what they were shown before.
    MonotonicReads,
    /// What was evicted is not shown to whoever has seen that, nor to anybody once Δ has passed.
    EvictedStaysGone,
    /// Nobody is shown, unmarked, what was changed more than Δ ago.
    Staleness,
    /// A node shows everybody all that it committed itself: one node alone has no staleness.
    OneNodeIsCurrent,
    /// An entry says as of when it is true, in every tier.
    HonestEntries,
    /// What a follower judges fresh is what the rows were at its watermark.
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
