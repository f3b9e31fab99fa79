//! A time as clocks show it somewhere, to the minute: `2026-12-01T09:30`.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::date::MONTHS;

/// A time as clocks show it somewhere, to the minute. Whether that day exists, and whether clocks show the time on it,
/// only a calendar of the place can tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct LocalTime {
    /// From 1 to 9999.
    pub year: u16,
    /// From 1 to 12.
    pub month: u8,
    /// From 1 to 31.
    pub day: u8,
    /// From 0 to 23.
    pub hour: u8,
    /// From 0 to 59.
    pub minute: u8,
}

/// The text is no such time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("Please give a day and a time, as in 2026-12-01T09:30.")]
pub struct NotALocalTime;

impl FromStr for LocalTime {
    type Err = NotALocalTime;

    fn from_str(text: &str) -> Result<Self, NotALocalTime> {
        let (day, time) = text.split_once('T').ok_or(NotALocalTime)?;
        let mut day = day.split('-');
        let mut time = time.split(':');
        let read = Self {
            year: digits(day.next(), 4)?,
            month: small(day.next())?,
            day: small(day.next())?,
            hour: small(time.next())?,
            minute: small(time.next())?,
        };
        // Browsers may add seconds, which are zero.
        let rest = time.next().is_none_or(|seconds| seconds == "00" || seconds == "00.000");
        let fits = (1..=9999).contains(&read.year)
            && (1..=12).contains(&read.month)
            && (1..=31).contains(&read.day)
            && read.hour < 24
            && read.minute < 60;
        if rest && fits && day.next().is_none() && time.next().is_none() { Ok(read) } else { Err(NotALocalTime) }
    }
}

fn small(text: Option<&str>) -> Result<u8, NotALocalTime> {
    u8::try_from(digits(text, 2)?).map_err(|_| NotALocalTime)
}

/// A number of so many digits.
fn digits(text: Option<&str>, count: usize) -> Result<u16, NotALocalTime> {
    let text = text.filter(|text| text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit()));
    text.and_then(|text| text.parse().ok()).ok_or(NotALocalTime)
}

/// As a form's field has it.
impl fmt::Display for LocalTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { year, month, day, hour, minute } = self;
        write!(f, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}")
    }
}

impl LocalTime {
    /// As in `1 December 2026, 09:30`.
    pub fn human(self) -> String {
        let month = MONTHS[usize::from(self.month).saturating_sub(1) % MONTHS.len()];
        format!("{} {month} {}, {:02}:{:02}", self.day, self.year, self.hour, self.minute)
    }
}

impl TryFrom<String> for LocalTime {
    type Error = NotALocalTime;
    fn try_from(text: String) -> Result<Self, NotALocalTime> {
        text.parse()
    }
}

impl From<LocalTime> for String {
    fn from(time: LocalTime) -> Self {
        time.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        assert_eq!(text.parse::<LocalTime>().ok().map(LocalTime::human).as_deref(), expected, "{text:?}");
    }

    #[test]
    fn what_a_form_sends() {
        check("2026-12-01T09:30", Some("1 December 2026, 09:30"));
        check("2026-12-01T09:30:00", Some("1 December 2026, 09:30"));
        check("2026-02-31T00:00", Some("31 February 2026, 00:00"));
        for broken in [
            "",
            "2026-12-01",
            "2026-12-01 09:30",
            "2026-12-01T09:30Z",
            "2026-12-01T09:30:30",
            "2026-12-01T24:00",
            "2026-12-01T09:60",
            "2026-13-01T09:30",
            "2026-00-01T09:30",
            "0000-12-01T09:30",
            "+026-12-01T09:30",
            "2026-12-01-01T09:30",
            "12026-12-01T09:30",
        ] {
            check(broken, None);
        }
        let time: LocalTime = "2026-12-01T09:30".parse().expect("a time");
        assert_eq!(time.to_string().parse(), Ok(time));
    }
}
