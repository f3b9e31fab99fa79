//! A moment in words: absolute and in UTC, so that server and browser say the same.

use domain::Millis;
use leptos::prelude::*;

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
const DAY: i64 = 24 * 60 * 60 * 1_000;

/// A moment, for people and for machines.
#[component]
pub fn Time(#[prop(into)] at: Signal<Millis>, #[prop(optional)] class: &'static str) -> impl IntoView {
    view! { <time class=(!class.is_empty()).then_some(class) datetime=move || machine(at.get())>{move || human(at.get())}</time> }
}

/// As in `22 November 2026, 10:42 UTC`.
pub fn human(at: Millis) -> String {
    let ((year, month, day), (hour, minute, _)) = split(at);
    format!("{day} {} {year}, {hour:02}:{minute:02} UTC", MONTHS[month - 1])
}

/// As in `2026-11-22T10:42:00Z`.
fn machine(at: Millis) -> String {
    let ((year, month, day), (hour, minute, second)) = split(at);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

/// Year, month, day and hour, minute, second. A date in the proleptic Gregorian calendar, after
/// <https://howardhinnant.github.io/date_algorithms.html#civil_from_days>: months are counted from
/// March, so that the leap day is the last of its year.
fn split(at: Millis) -> ((i64, usize, i64), (i64, i64, i64)) {
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
        assert_eq!(machine(Millis(millis)), expected, "{millis}");
    }

    #[test]
    fn dates() {
        check(0, "1970-01-01T00:00:00Z");
        check(-1, "1969-12-31T23:59:59Z");
        check(951_782_400_000, "2000-02-29T00:00:00Z");
        check(1_709_251_199_999, "2024-02-29T23:59:59Z");
        check(4_107_542_400_000, "2100-03-01T00:00:00Z");
        check(1_795_344_120_000, "2026-11-22T10:42:00Z");
        assert_eq!(human(Millis(1_795_344_120_000)), "22 November 2026, 10:42 UTC");
    }
}
