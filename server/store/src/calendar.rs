//! Which moment is meant by a time that clocks show somewhere.

use domain::{LocalTime, Millis, NotPublished, Wanted, Which};
use jiff::{
    civil::DateTime,
    tz::{AmbiguousOffset, TimeZone},
};

/// The moment at which clocks there show the time. Refused where they never do, and where they do twice and it is not
/// said which is meant.
pub(crate) fn moment(wanted: &Wanted) -> Result<Millis, NotPublished> {
    let zone = TimeZone::get(wanted.zone.as_str()).map_err(|_| NotPublished::UnknownZone)?;
    let there = zone.to_ambiguous_timestamp(day(wanted.local)?);
    let found = match (there.offset(), wanted.which) {
        (AmbiguousOffset::Unambiguous { .. }, _) => there.unambiguous(),
        (AmbiguousOffset::Gap { .. }, _) => return Err(NotPublished::Skipped),
        (AmbiguousOffset::Fold { .. }, None) => return Err(NotPublished::Twice),
        (AmbiguousOffset::Fold { .. }, Some(Which::Earlier)) => there.earlier(),
        (AmbiguousOffset::Fold { .. }, Some(Which::Later)) => there.later(),
    };
    found.map(|moment| Millis(moment.as_millisecond())).map_err(|_| NotPublished::NoSuchDay)
}

fn day(LocalTime { year, month, day, hour, minute }: LocalTime) -> Result<DateTime, NotPublished> {
    let year = i16::try_from(year).map_err(|_| NotPublished::NoSuchDay)?;
    let small = |number: u8| i8::try_from(number).map_err(|_| NotPublished::NoSuchDay);
    let time = DateTime::new(year, small(month)?, small(day)?, small(hour)?, small(minute)?, 0, 0);
    time.map_err(|_| NotPublished::NoSuchDay)
}

#[cfg(test)]
mod tests {
    use domain::date::iso8601;

    use super::*;

    #[track_caller]
    fn check(local: &str, zone: &str, which: Option<Which>, expected: Result<&str, NotPublished>) {
        let (local, zone) = (local.parse().expect("a time"), zone.to_owned().try_into().expect("a name"));
        let told = moment(&Wanted { local, zone, which }).map(iso8601);
        assert_eq!(told.as_deref().map_err(|why| *why), expected, "{local:?} {which:?}");
    }

    #[test]
    fn the_moment_of_a_time() {
        check("2026-12-01T09:30", "Europe/Berlin", None, Ok("2026-12-01T08:30:00.000Z"));
        check("2026-07-01T09:30", "Europe/Berlin", None, Ok("2026-07-01T07:30:00.000Z"));
        check("2026-12-01T09:30", "America/New_York", None, Ok("2026-12-01T14:30:00.000Z"));
        check("2026-12-01T09:30", "Asia/Kathmandu", None, Ok("2026-12-01T03:45:00.000Z"));
        check("2026-12-01T09:30", "UTC", None, Ok("2026-12-01T09:30:00.000Z"));
        // No night of a switch is the same everywhere.
        check("2027-03-28T02:30", "Europe/Berlin", None, Err(NotPublished::Skipped));
        check("2027-03-28T02:30", "Europe/Berlin", Some(Which::Later), Err(NotPublished::Skipped));
        check("2027-03-28T02:30", "America/New_York", None, Ok("2027-03-28T06:30:00.000Z"));
        check("2027-10-31T02:30", "Europe/Berlin", None, Err(NotPublished::Twice));
        check("2027-10-31T02:30", "Europe/Berlin", Some(Which::Earlier), Ok("2027-10-31T00:30:00.000Z"));
        check("2027-10-31T02:30", "Europe/Berlin", Some(Which::Later), Ok("2027-10-31T01:30:00.000Z"));
        check("2027-10-31T03:30", "Europe/Berlin", Some(Which::Earlier), Ok("2027-10-31T02:30:00.000Z"));
        check("2027-02-29T09:30", "Europe/Berlin", None, Err(NotPublished::NoSuchDay));
        check("2027-02-28T09:30", "Europe/Atlantis", None, Err(NotPublished::UnknownZone));
    }
}
