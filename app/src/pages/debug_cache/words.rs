//! Sizes, durations and moments, as people read them.

use domain::Millis;

use crate::components::count::grouped;

/// An unknown value.
pub const NONE: &str = "–";

/// A count.
pub fn number(count: u64) -> String {
    grouped(u32::try_from(count).unwrap_or(u32::MAX))
}

/// Bytes.
pub fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{} kB", bytes / 1_000),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes / 100_000 % 10),
    }
}

/// A duration in microseconds.
pub fn micros(micros: u64) -> String {
    match micros {
        0..1_000 => format!("{micros} µs"),
        1_000..10_000 => format!("{}.{} ms", micros / 1_000, micros / 100 % 10),
        10_000..1_000_000 => format!("{} ms", micros / 1_000),
        _ => format!("{}.{} s", micros / 1_000_000, micros / 100_000 % 10),
    }
}

/// A duration in milliseconds.
pub fn millis(millis: i64) -> String {
    let seconds = millis / 1_000;
    match millis {
        ..1_000 => format!("{} ms", millis.max(0)),
        1_000..10_000 => format!("{seconds}.{} s", millis / 100 % 10),
        10_000..120_000 => format!("{seconds} s"),
        120_000..7_200_000 => format!("{} min", seconds / 60),
        _ => format!("{} h", seconds / 3_600),
    }
}

/// A part of a whole, both counts, in percent. 100 % is all of it, and nothing less.
pub fn percent(part: u64, whole: u64) -> Option<String> {
    (whole > 0).then(|| match part * 1_000 / whole {
        1_000 => "100 %".to_owned(),
        permille => format!("{}.{} %", permille / 10, permille % 10),
    })
}

/// Hours, minutes and seconds by this browser's clock. In the browser only.
pub fn clock(at: Millis) -> String {
    #[expect(clippy::cast_precision_loss, reason = "milliseconds, far below 2^53")]
    let date = js_sys::Date::new(&(at.0 as f64).into());
    format!("{:02}:{:02}:{:02}", date.get_hours(), date.get_minutes(), date.get_seconds())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_words() {
        assert_eq!([0, 999, 1_000, 2_500_000].map(size), ["0 B", "999 B", "1 kB", "2.5 MB"]);
        assert_eq!([7, 1_250, 25_000, 1_500_000].map(micros), ["7 µs", "1.2 ms", "25 ms", "1.5 s"]);
        let spans = [-5, 12, 1_234, 45_000, 150_000, 7_200_000];
        assert_eq!(spans.map(millis), ["0 ms", "12 ms", "1.2 s", "45 s", "2 min", "2 h"]);
        assert_eq!(percent(1, 0), None);
        assert_eq!(percent(3, 3).as_deref(), Some("100 %"));
        assert_eq!(percent(9_999, 10_000).as_deref(), Some("99.9 %"));
    }
}
