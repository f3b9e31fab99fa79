use super::*;
use crate::{
    directive::Directive::{self, Evict, Refresh},
    example::Tag,
    key::Key,
    observe::metrics::Tier,
    observe::sample::Between,
    tag::Tags,
};

const PAGE: Tag = Tag::Page(1);
const ROW: Tag = Tag::Row(2);
const OTHER: Tag = Tag::Page(3);

/// A page read at 5, given by who knew of 7 to who had seen 6.
fn shown() -> Shown<Tag> {
    Shown {
        key: Key::from_text("reading-page.1?"),
        tier: Tier::Memory,
        tags: Tags::of(PAGE, [ROW]),
        as_of: Seq(5),
        watermark: Seq(7),
        seen: Seq(6),
        marked: false,
    }
}

/// A row that came so many milliseconds before the answer was given.
fn row(seq: u64, directive: Directive<Tag>, age: i64) -> Between<Tag> {
    Between { seq: Seq(seq), directives: vec![Refresh(OTHER), directive], age, ..Between::default() }
}

#[track_caller]
fn check(shown: &Shown<Tag>, same: Option<bool>, rows: &[Between<Tag>], expected: Finding<Tag>) {
    let evidence = Evidence { as_of: Seq(20), same, rows: rows.to_vec() };
    assert_eq!(Finding::of(shown, &evidence), expected, "{evidence:?}");
}

#[test]
fn what_is_as_it_should_be() {
    check(&shown(), Some(true), &[], Finding::Current);
    check(&shown(), Some(true), &[row(6, Refresh(OTHER), 900)], Finding::Current);
    // Changed after it was given.
    check(&shown(), Some(false), &[row(8, Refresh(PAGE), -3)], Finding::Current);
    check(&shown(), Some(false), &[row(8, Evict(PAGE), 0)], Finding::Current);
    // Changed before, and this node had not heard of it.
    check(&shown(), Some(false), &[row(8, Refresh(PAGE), 3), row(9, Refresh(PAGE), 1)], Finding::Stale(3));
    check(&shown(), Some(false), &[row(8, Evict(PAGE), 3)], Finding::Stale(3));
    // A page is not compared with itself.
    check(&shown(), None, &[row(8, Refresh(PAGE), 3)], Finding::Stale(3));
    // An answer that reads the same was old to no reader.
    check(&shown(), Some(true), &[row(8, Refresh(PAGE), 3)], Finding::Current);
}

#[test]
fn what_was_known_is_obeyed() {
    let violated = |violation| Finding::Violated(violation);
    for same in [Some(true), Some(false), None] {
        let below_seen = violated(Violation::BelowSeen(PAGE, Seq(6)));
        check(&shown(), same, &[row(6, Refresh(PAGE), 3)], below_seen);
        let below_watermark = violated(Violation::BelowWatermark(ROW, Seq(7)));
        check(&shown(), same, &[row(7, Refresh(ROW), 3), row(8, Refresh(PAGE), 1)], below_watermark);
        let evicted = violated(Violation::Evicted(PAGE, Seq(7)));
        check(&shown(), same, &[row(6, Refresh(PAGE), 3), row(7, Evict(PAGE), 2)], evicted);
    }
}

/// A cookie can claim anything: a Seen above the log's head is no violation of the node's.
#[test]
fn nobody_had_seen_what_was_not_there() {
    let forged = Shown { seen: Seq(u64::MAX), ..shown() };
    let violated = |violation| Finding::Violated(violation);
    for directive in [Refresh(PAGE), Evict(PAGE)] {
        check(&forged, Some(false), &[row(8, directive, -3)], Finding::Current);
    }
    let was_there = |directive| [Between { known_for: 1, ..row(8, directive, 3) }];
    check(&forged, Some(false), &was_there(Refresh(PAGE)), violated(Violation::BelowSeen(PAGE, Seq(8))));
    check(&forged, Some(false), &was_there(Evict(PAGE)), violated(Violation::Evicted(PAGE, Seq(8))));
    // What a browser says of itself is taken at its word, and is no alarm.
    let of_browser = Shown { tier: Tier::Signals, ..forged };
    let below_seen = violated(Violation::BelowSeen(PAGE, Seq(8)));
    check(&of_browser, Some(false), &[row(8, Refresh(PAGE), -3)], below_seen);
}

#[test]
fn what_is_marked_may_be_old_but_not_gone_nor_below_seen() {
    let marked = Shown { marked: true, ..shown() };
    check(&marked, Some(false), &[row(7, Refresh(PAGE), 90_000)], Finding::Marked);
    check(&marked, Some(true), &[], Finding::Marked);
    let evicted = Violation::Evicted(PAGE, Seq(7));
    check(&marked, Some(false), &[row(7, Evict(PAGE), 3)], Finding::Violated(evicted));
    let below_seen = Violation::BelowSeen(PAGE, Seq(6));
    check(&marked, Some(false), &[row(6, Refresh(PAGE), 3)], Finding::Violated(below_seen));
}

#[test]
fn older_than_delta_is_what_was_there_to_be_read_for_longer() {
    let known_for = |known_for| [Between { known_for, ..row(8, Refresh(PAGE), 5_000) }];
    // A commit that took long looks old by its time.
    check(&shown(), Some(false), &known_for(DELTA), Finding::Stale(5_000));
    let too_old = Finding::Violated(Violation::TooOld(PAGE, Seq(8), DELTA + 1));
    check(&shown(), Some(false), &known_for(DELTA + 1), too_old.clone());
    check(&shown(), None, &known_for(DELTA + 1), too_old);
    check(&shown(), Some(true), &known_for(DELTA + 1), Finding::Current);
    check(&Shown { marked: true, ..shown() }, Some(false), &known_for(DELTA + 1), Finding::Marked);
}

#[test]
fn a_directive_that_is_missing_is_named() {
    let missed = |missing: &[Tag], rows: &[u64]| {
        let rows = rows.iter().copied().map(Seq).collect();
        Finding::Violated(Violation::MissedDirective { missing: missing.to_vec(), rows })
    };
    let silent = row(6, Refresh(OTHER), 3);
    // This program would have said it.
    let owed = Between { owed: vec![Refresh(OTHER), Refresh(PAGE)], ..silent.clone() };
    check(&shown(), Some(false), &[owed], missed(&[PAGE], &[6]));
    // It would not either, but the row's Change is about it.
    let about = |change: &str| Between { change: change.to_owned(), owed: vec![Refresh(OTHER)], ..silent.clone() };
    check(&shown(), Some(false), &[about(r#"{"page":"0000000000001"}"#)], missed(&[PAGE], &[6]));
    check(&shown(), Some(false), &[about(r#"{"row":"0000000000002"}"#)], missed(&[ROW], &[6]));
    check(&shown(), Some(false), &[about(r#"{"row":"0000000000009"}"#)], missed(&[], &[6]));
    // The library changed, and the log says nothing at all.
    check(&shown(), Some(false), &[], missed(&[], &[]));
    // Also while it says of itself that it may be old.
    check(&Shown { marked: true, ..shown() }, Some(false), &[], missed(&[], &[]));
    // Whether a page reads otherwise is not known.
    check(&shown(), None, &[silent], Finding::Current);
}
