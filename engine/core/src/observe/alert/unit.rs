//! The units of the rules' values.

use serde::{Deserialize, Serialize};

/// A value's unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// Of 100, rounded down.
    Percent,
    /// Times in the last minute.
    PerMinute,
    /// Milliseconds.
    Millis,
    /// Times.
    Times,
    /// 1 is yes, 0 is no.
    Switch,
}

impl Unit {
    /// A value, for people.
    pub fn show(self, value: u64) -> String {
        match self {
            Self::Percent => format!("{value} %"),
            Self::PerMinute => format!("{value} a minute"),
            Self::Millis => format!("{value} ms"),
            Self::Times => value.to_string(),
            Self::Switch => if value == 0 { "no" } else { "yes" }.to_owned(),
        }
    }
}
