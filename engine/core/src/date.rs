//! A moment as a date, in UTC.

use crate::Millis;

const DAY: i64 = 24 * 60 * 60 * 1_000;

/// The months, by name.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// As in `2026-11-22T10:42:00.000Z`: what `Date.prototype.toISOString` makes of it.
pub fn iso8601(at: Millis) -> String {
    let ((year, month, day), (hour, minute, second)) = civil(at);
    let millis = at.0.rem_euclid(1_000);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{millis:03}Z")
}

/// Year, month, day and hour, minute, second. A date in the proleptic Gregorian calendar, after
/// <https://howardhinnant.github.io/date_algorithms.html#civil_from_days>: months are counted from
/// March, so that the leap day is the last of its year.
pub fn civil(at: Millis) -> ((i64, usize, i64), (i64, i64, i64)) {
    let day = at.0.div_euclid(DAY) + 719_468;
    let (era, of_era) = (day.div_euclid(146_097), day.rem_euclid(146_097));
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    let second = at.0.rem_euclid(DAY) / 1_000;
    ((year, usize::try_from(month).unwrap_or(1), day), (second / 3_600, second / 60 % 60, second % 60))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(millis: i64, expected: &str) {
        assert_eq!(iso8601(Millis(millis)), expected, "{millis}");
    }

    #[test]
    fn dates() {
        check(0, "1970-01-01T00:00:00.000Z");
        check(-1, "1969-12-31T23:59:59.999Z");
        check(951_782_400_000, "2000-02-29T00:00:00.000Z");
        check(1_709_251_199_999, "2024-02-29T23:59:59.999Z");
        check(4_107_542_400_000, "2100-03-01T00:00:00.000Z");
        check(1_795_344_120_000, "2026-11-22T10:42:00.000Z");
    }
}
