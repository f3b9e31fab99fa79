//! Limits: two thresholds that lie apart.

/// From where on something is too much or too little, and where it is well again. The two lie apart,
/// so that a figure which hovers at the first does not flap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// More than `raise` is too much; it is well again at `clear` or less.
    Above {
        /// From beyond here on.
        raise: u64,
        /// Down to here.
        clear: u64,
    },
    /// Less than `raise` is too little; it is well again at `clear` or more.
    Below {
        /// From beyond here on.
        raise: u64,
        /// Up to here.
        clear: u64,
    },
}

impl Limit {
    /// Whether a value is beyond it.
    pub const fn is_crossed(self, value: u64) -> bool {
        match self {
            Self::Above { raise, .. } => value > raise,
            Self::Below { raise, .. } => value < raise,
        }
    }

    /// Whether a value is well again.
    pub const fn is_left(self, value: u64) -> bool {
        match self {
            Self::Above { clear, .. } => value <= clear,
            Self::Below { clear, .. } => value >= clear,
        }
    }

    /// What people are told it is.
    pub const fn threshold(self) -> u64 {
        match self {
            Self::Above { raise, .. } | Self::Below { raise, .. } => raise,
        }
    }
}
