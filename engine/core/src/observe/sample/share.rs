//! Which share of the answers is looked at again.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// A share of something, from 0 to 1, as in `0.01`: in millionths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Share(u32);

/// The text is no share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("A share is a number from 0 to 1, such as 0.01.")]
pub struct NotAShare;

impl Share {
    /// None of it.
    pub const NONE: Self = Self(0);
    /// One in a hundred.
    pub const PERCENT: Self = Self(10_000);
    /// All of it.
    pub const ALL: Self = Self(1_000_000);

    /// As a number from 0 to 1.
    pub fn as_f64(self) -> f64 {
        f64::from(self.0) / 1e6
    }
}

impl FromStr for Share {
    type Err = NotAShare;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and a million")]
    fn from_str(text: &str) -> Result<Self, NotAShare> {
        let number: f64 = text.trim().parse().map_err(|_| NotAShare)?;
        if (0.0..=1.0).contains(&number) { Ok(Self((number * 1e6).round() as u32)) } else { Err(NotAShare) }
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_f64().fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_operator_may_write() {
        for (text, expected) in [
            ("0.01", Some("0.01")),
            ("0", Some("0")),
            ("1", Some("1")),
            (" 1e-6 ", Some("0.000001")),
            ("1.1", None),
            ("-0.1", None),
            ("NaN", None),
            ("1%", None),
            ("", None),
        ] {
            let share = text.parse::<Share>().ok();
            assert_eq!(share.map(|share| share.to_string()).as_deref(), expected, "{text:?}");
        }
        assert_eq!("0.01".parse(), Ok(Share::PERCENT));
    }
}
