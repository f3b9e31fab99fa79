//! When a chapter goes out by itself.

mod local_time;
mod zone_name;

use serde::{Deserialize, Serialize};

pub use self::{
    local_time::{LocalTime, NotALocalTime},
    zone_name::{NotAZoneName, ZoneName},
};
use crate::Millis;

/// When a chapter goes out by itself: a moment, and how its author wrote it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schedule {
    /// The moment.
    pub at: Millis,
    /// What clocks show then.
    pub local: LocalTime,
    /// Where those clocks are.
    pub zone: ZoneName,
}

/// A time as an author writes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wanted {
    /// What clocks show then.
    pub local: LocalTime,
    /// Where those clocks are.
    pub zone: ZoneName,
    /// Which of two, on the night when clocks are set back and show each time of an hour twice.
    pub which: Option<Which>,
}

/// One of two moments at which clocks show the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Which {
    /// Before the clocks are set back.
    Earlier,
    /// After that.
    Later,
}
