//! The words for a moment.

use domain::{
    Millis,
    date::{MONTHS, civil},
};

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// Two clocks that differ by less than this are taken to be the same.
const APART: i64 = 2 * MINUTE;

/// How a moment is said.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Says {
    /// With its hour and minute.
    #[default]
    Exact,
    /// As its distance from now for a week, then as its day.
    Ago,
    /// As its day.
    Day,
}

/// As the server says it, which knows no zone of the reader's.
pub fn in_utc(at: Millis, says: Says) -> String {
    match says {
        Says::Exact | Says::Ago => format!("{} UTC", exact(at)),
        Says::Day => day(at),
    }
}

/// As a reader says it whose clocks are before UTC by an offset in milliseconds.
pub(super) fn local(at: Millis, now: Millis, says: Says, offset: impl Fn(Millis) -> i64) -> String {
    let there = Millis(at.0 + offset(at));
    match says {
        Says::Exact => exact(there),
        Says::Day => day(there),
        Says::Ago => ago(now.0 - at.0).unwrap_or_else(|| day(there)),
    }
}

/// The distance to a moment that was so many milliseconds ago; `None` if its day says more.
fn ago(passed: i64) -> Option<String> {
    let (number, unit) = match passed {
        ..MINUTE if passed > -APART => return Some("just now".to_owned()),
        MINUTE..HOUR => (passed / MINUTE, "minute"),
        HOUR..DAY => (passed / HOUR, "hour"),
        DAY.. if passed < 7 * DAY => (passed / DAY, "day"),
        _ => return None,
    };
    Some(format!("{number} {unit}{} ago", if number == 1 { "" } else { "s" }))
}

fn exact(at: Millis) -> String {
    let (_, (hour, minute, _)) = civil(at);
    format!("{}, {hour:02}:{minute:02}", day(at))
}

fn day(at: Millis) -> String {
    let ((year, month, day), _) = civil(at);
    format!("{day} {} {year}", MONTHS[month - 1])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 22 November 2026, 10:42 UTC.
    const AT: Millis = Millis(1_795_344_120_000);

    #[test]
    fn on_the_server() {
        assert_eq!(in_utc(AT, Says::Exact), "22 November 2026, 10:42 UTC");
        assert_eq!(in_utc(AT, Says::Ago), "22 November 2026, 10:42 UTC");
        assert_eq!(in_utc(AT, Says::Day), "22 November 2026");
    }

    #[test]
    fn in_the_readers_own_time() {
        for (says, passed, offset, expected) in [
            (Says::Exact, 0, 0, "22 November 2026, 10:42"),
            (Says::Exact, 0, HOUR, "22 November 2026, 11:42"),
            (Says::Exact, 0, 14 * HOUR, "23 November 2026, 00:42"),
            (Says::Exact, 0, -11 * HOUR, "21 November 2026, 23:42"),
            (Says::Day, 0, 14 * HOUR, "23 November 2026"),
            (Says::Ago, 0, HOUR, "just now"),
            (Says::Ago, MINUTE - 1, 0, "just now"),
            (Says::Ago, MINUTE, 0, "1 minute ago"),
            (Says::Ago, 59 * MINUTE, 0, "59 minutes ago"),
            (Says::Ago, HOUR, 0, "1 hour ago"),
            (Says::Ago, DAY - 1, 0, "23 hours ago"),
            (Says::Ago, DAY, 0, "1 day ago"),
            (Says::Ago, 7 * DAY - 1, 0, "6 days ago"),
            (Says::Ago, 7 * DAY, 14 * HOUR, "23 November 2026"),
            // The server's clock is before the browser's, by little and by much.
            (Says::Ago, -MINUTE, 0, "just now"),
            (Says::Ago, -HOUR, 0, "22 November 2026"),
        ] {
            assert_eq!(local(AT, Millis(AT.0 + passed), says, |_| offset), expected, "{says:?} {passed} {offset}");
        }
    }
}
