//! Rules, broken one at a time: a check that can't fail proves nothing.
//!
//! The product has no switch for this: the rules are broken in the world around its code.

/// A way to break a rule of `docs/ARCHITECTURE.md`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Broken {
    /// 1: a fact is written down before its rows, in a transaction of its own.
    FactFirst,
    /// 1: rows are written, and the process dies before their fact is.
    NoFact,
    /// 2: a load reads the value, then the log's head.
    ValueFirst,
    /// 3: a node serves what it holds without judging it.
    Unjudged,
    /// 4: a tier takes an older entry in place of a newer.
    GoesBack,
    /// 4: a browser shows whatever arrives.
    TakesAnything,
    /// 5: the node that commits does not tell itself.
    OwnWriteUntold,
    /// 5: a browser does not apply the answer to its own write.
    OwnWriteUnheard,
    /// 6: a node does not look at Seen.
    SeenIgnored,
    /// 7: a node trusts its follower for ever.
    LeaseIgnored,
    /// 7: a lease runs by the wall clock alone.
    WallClockAlone,
    /// 7: a lease runs by the monotonic clock alone, which may not count sleep.
    MonotonicClockAlone,
    /// 7: a page in front trusts a line that is silent.
    SilentLineTrusted,
    /// 6: "not there" raises no Seen.
    NotThereUnseen,
    /// 8: a log that was set back is read as if nothing had been.
    SetBackIgnored,
    /// 8: a push moves the watermark, even over a gap.
    GapIgnored,
    /// 8: a log that does not reach back is taken for a whole one.
    FloorIgnored,
    /// 9: without a database an evicted entry is shown.
    EvictedShown,
    /// 9: without a database an entry below Seen is shown.
    BelowSeenShown,
}

impl Broken {
    /// All of them, by rule.
    pub const ALL: [Self; 19] = [
        Self::FactFirst,
        Self::NoFact,
        Self::ValueFirst,
        Self::Unjudged,
        Self::GoesBack,
        Self::TakesAnything,
        Self::OwnWriteUntold,
        Self::OwnWriteUnheard,
        Self::SeenIgnored,
        Self::NotThereUnseen,
        Self::LeaseIgnored,
        Self::WallClockAlone,
        Self::MonotonicClockAlone,
        Self::SilentLineTrusted,
        Self::GapIgnored,
        Self::FloorIgnored,
        Self::SetBackIgnored,
        Self::EvictedShown,
        Self::BelowSeenShown,
    ];

    /// Whether the model can notice it: it has no live line.
    pub const fn is_modelled(self) -> bool {
        !matches!(self, Self::SilentLineTrusted)
    }

    /// The rule it breaks.
    pub const fn rule(self) -> &'static str {
        match self {
            Self::FactFirst | Self::NoFact => "1 append in the same transaction",
            Self::ValueFirst => "2 position before value",
            Self::Unjudged => "3 one judgement",
            Self::GoesBack | Self::TakesAnything => "4 never back",
            Self::OwnWriteUntold | Self::OwnWriteUnheard => "5 own writes first",
            Self::SeenIgnored | Self::NotThereUnseen => "6 Seen travels",
            Self::LeaseIgnored => "7 a blind node doesn't guess",
            Self::WallClockAlone | Self::MonotonicClockAlone => "7 both clocks must agree",
            Self::SilentLineTrusted => "7 a line counts while it speaks",
            Self::GapIgnored | Self::FloorIgnored => "8 losing a message is harmless",
            Self::SetBackIgnored => "8 a log is never set back",
            Self::EvictedShown | Self::BelowSeenShown => "9 falling back is honest",
        }
    }

    /// How, in words.
    pub const fn how(self) -> &'static str {
        match self {
            Self::FactFirst => "the fact is committed before its rows",
            Self::NoFact => "rows are committed without their fact",
            Self::ValueFirst => "the head is read after the value",
            Self::Unjudged => "a node serves without judging",
            Self::GoesBack => "memory takes an older entry",
            Self::TakesAnything => "a browser shows whatever arrives",
            Self::OwnWriteUntold => "the node that commits does not tell itself",
            Self::OwnWriteUnheard => "a browser ignores what its write made old",
            Self::SeenIgnored => "a node does not look at Seen",
            Self::NotThereUnseen => "\"not there\" has no position",
            Self::LeaseIgnored => "a node trusts its follower for ever",
            Self::WallClockAlone => "a lease runs by the wall clock alone",
            Self::MonotonicClockAlone => "a lease runs by a clock that doesn't count sleep",
            Self::SilentLineTrusted => "a page in front trusts a silent line",
            Self::GapIgnored => "a push moves the watermark over a gap",
            Self::FloorIgnored => "a trimmed log is taken for a whole one",
            Self::SetBackIgnored => "an older database is read as if nothing were",
            Self::EvictedShown => "something evicted is shown",
            Self::BelowSeenShown => "something older than Seen is shown",
        }
    }
}
