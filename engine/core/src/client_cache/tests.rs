//! The client cache's rules, as courses of events and effects.

use super::{Asked, Need};
use crate::{
    clocks::Clocks,
    directive::Directive::{Evict, Refresh},
    example::{Area, Directive, Example, Tag, Tags},
    key::Key,
    lease::BROWSER_LEASE,
    observe::metrics::{Outcome, Tier},
    seq::{Millis, Seq},
};

type Cache = super::ClientCache<Example>;
type Record = super::Record<Example>;
type Event = super::Event<Example>;
type Effect = super::Effect<Tag>;
type CatchUp = crate::CatchUp<Tag>;

const BOOK: Tag = Tag::Page(1);
const PAGE: Tag = Tag::Page(2);
const ME: u64 = 7;

fn key(name: &str) -> Key {
    Key::from_text(name)
}

fn record(as_of: u64, tag: Tag) -> Record {
    Record {
        body: format!("\"as of {as_of}\""),
        tags: Tags::of(tag, []),
        as_of: Seq(as_of),
        stored_at: Millis(1_000),
        keep_for: 60_000,
        area: Area::Reading,
        viewer: None,
    }
}

/// Two clocks that agree.
fn clocks(moment: i64) -> Clocks {
    Clocks { wall: Millis(moment), monotonic: Millis(moment) }
}

/// Asked at that moment by a client that had seen nothing.
fn at(moment: i64) -> Asked {
    Asked { at: Some(clocks(moment)), seen: Seq::ZERO }
}

fn cache() -> Cache {
    Cache::new(None, 10_000)
}

/// The effects without those that only count, or note a position.
fn deeds(effects: Vec<Effect>) -> Vec<Effect> {
    let counts = |effect: &Effect| matches!(effect, Effect::Note(..) | Effect::Seen(_) | Effect::Confirmed { .. });
    effects.into_iter().filter(|effect| !counts(effect)).collect()
}

fn changed(seq: u64, directive: Directive) -> Event {
    Event::Changed(Seq(seq), vec![directive])
}

#[test]
fn an_unknown_key_is_fetched_shown_and_persisted() {
    let mut cache = cache();
    assert_eq!(deeds(cache.handle(Event::Wanted(key("a"), clocks(0)))), [Effect::Fetch(key("a"))]);
    assert_eq!(
        deeds(cache.handle(Event::Answered(key("a"), record(5, BOOK), at(1_000)))),
        [Effect::Persist(key("a")), Effect::Show(key("a"))]
    );
    assert_eq!(deeds(cache.handle(Event::Wanted(key("a"), clocks(1_500)))), [Effect::Show(key("a"))]);
}

#[test]
fn a_blind_cache_asks_before_it_shows() {
    let mut cache = cache();
    cache.handle(Event::Answered(key("a"), record(5, BOOK), at(1_000)));
    let effects = deeds(cache.handle(Event::Wanted(key("a"), clocks(1_000 + BROWSER_LEASE + 1))));
    assert_eq!(effects, [Effect::CatchUp { since: Seq(5), tags: vec![BOOK] }]);
    let nothing_new = CatchUp::Changes { head: Seq(9), log: vec![] };
    assert_eq!(deeds(cache.handle(Event::CaughtUp(nothing_new, clocks(2_100)))), [Effect::Show(key("a"))]);
    assert_eq!(cache.record(&key("a")).map(|record| record.as_of), Some(Seq(9)));
}

/// Rule 7: whatever the wall clock does, it does not make a lease run longer.
#[test]
fn a_clock_that_is_set_does_not_make_a_lease_run() {
    fn check(wall: i64, monotonic: i64, shown: bool) {
        let mut cache = cache();
        let held = Record { stored_at: Millis(100_000), ..record(5, BOOK) };
        cache.handle(Event::Answered(key("a"), held, at(100_000)));
        let now = Clocks { wall: Millis(100_000 + wall), monotonic: Millis(100_000 + monotonic) };
        let ask = Effect::CatchUp { since: Seq(5), tags: vec![BOOK] };
        let expected = if shown { Effect::Show(key("a")) } else { ask };
        assert_eq!(deeds(cache.handle(Event::Wanted(key("a"), now))), [expected], "{wall} {monotonic}");
        if !shown {
            // Once it was asked it is shown, by the same clocks, and trusted as long as they agree.
            let nothing_new = CatchUp::Changes { head: Seq(9), log: vec![] };
            assert_eq!(deeds(cache.handle(Event::CaughtUp(nothing_new, now))), [Effect::Show(key("a"))]);
            assert_eq!(cache.needs(&key("a"), now), Need::Nothing);
        }
    }
    check(BROWSER_LEASE, BROWSER_LEASE, true);
    check(-30_000, BROWSER_LEASE + 1, false);
    check(-30_000, 10, false);
    check(10, BROWSER_LEASE + 1, false);
    check(BROWSER_LEASE + 1, 10, false);
}

#[test]
fn what_changed_meanwhile_is_fetched_instead() {
    let mut cache = cache();
    cache.handle(Event::Answered(key("a"), record(5, BOOK), at(1_000)));
    cache.handle(Event::Wanted(key("a"), clocks(9_000)));
    let news = CatchUp::Changes { head: Seq(9), log: vec![(Seq(8), vec![Refresh(BOOK)])] };
    assert_eq!(
        deeds(cache.handle(Event::CaughtUp(news, clocks(9_100)))),
        [Effect::MarkOld(key("a")), Effect::Outdated(key("a")), Effect::Fetch(key("a"))]
    );
}

#[test]
fn offline_shows_what_is_held_and_says_so() {
    let mut cache = cache();
    cache.handle(Event::Answered(key("a"), record(5, BOOK), at(1_000)));
    cache.handle(Event::Wanted(key("a"), clocks(9_000)));
    assert_eq!(deeds(cache.handle(Event::CatchUpFailed)), [Effect::ShowUnconfirmed(key("a"))]);
    // What was evicted is not shown, server or no server.
    cache.handle(changed(6, Evict(BOOK)));
    assert_eq!(deeds(cache.handle(Event::Failed(key("a"), Millis(9_000)))), []);
}

#[test]
fn a_mutation_marks_what_it_made_old_and_only_that() {
    let mut cache = cache();
    cache.handle(Event::Answered(key("a"), record(5, BOOK), at(1_000)));
    cache.handle(Event::Answered(key("b"), record(5, PAGE), at(1_000)));
    assert_eq!(deeds(cache.handle(changed(6, Refresh(BOOK)))), [Effect::MarkOld(key("a")), Effect::Outdated(key("a"))]);
    assert_eq!(cache.record(&key("a")).map(|record| record.stored_at), Some(Millis(0)));
    assert_eq!(deeds(cache.handle(changed(7, Evict(PAGE)))), [Effect::Remove(key("b")), Effect::Gone(key("b"))]);
    assert_eq!(cache.record(&key("b")), None);
}

#[test]
fn an_answer_older_than_what_is_known_is_asked_again() {
    let mut cache = cache();
    cache.handle(changed(6, Refresh(BOOK)));
    assert_eq!(deeds(cache.handle(Event::Answered(key("a"), record(5, BOOK), at(1_000)))), [Effect::Fetch(key("a"))]);
    assert_eq!(cache.record(&key("a")), None, "what was refused is not kept");
}

#[test]
fn a_late_answer_does_not_replace_a_newer_one() {
    let mut cache = cache();
    cache.handle(Event::Answered(key("a"), record(8, BOOK), at(1_000)));
    cache.handle(Event::Answered(key("a"), record(5, BOOK), at(1_000)));
    assert_eq!(cache.record(&key("a")).map(|record| record.as_of), Some(Seq(8)));
}

#[test]
fn a_catch_up_confirms_only_what_it_asked_about() {
    let mut cache = cache();
    cache.handle(Event::Answered(key("a"), record(5, BOOK), at(1_000)));
    cache.handle(Event::Wanted(key("a"), clocks(9_000)));
    // This one arrives while the question is under way, which did not name its tag.
    cache.handle(Event::Answered(key("b"), record(5, PAGE), at(9_050)));
    cache.handle(Event::CaughtUp(CatchUp::Changes { head: Seq(9), log: vec![] }, clocks(9_100)));
    assert_eq!(cache.record(&key("b")).map(|record| record.as_of), Some(Seq(5)));
}

#[test]
fn a_lost_log_drops_everything_older() {
    let mut cache = cache();
    cache.handle(Event::Answered(key("a"), record(5, BOOK), at(1_000)));
    cache.handle(Event::Wanted(key("a"), clocks(9_000)));
    assert_eq!(
        deeds(cache.handle(Event::CaughtUp(CatchUp::Lost { head: Seq(9) }, clocks(9_100)))),
        [Effect::Remove(key("a")), Effect::Gone(key("a")), Effect::Fetch(key("a"))]
    );
}

#[test]
fn the_least_used_makes_room() {
    let mut cache = Cache::new(None, 300);
    for (moment, name) in (1_000..).step_by(10).zip(["a", "b", "c", "d"]) {
        cache.handle(Event::Answered(key(name), Record { stored_at: Millis(moment), ..record(5, BOOK) }, at(moment)));
        cache.handle(Event::Wanted(key("a"), clocks(moment + 1)));
    }
    let effects = deeds(cache.handle(Event::Answered(
        key("e"),
        Record { stored_at: Millis(1_040), ..record(5, BOOK) },
        at(1_040),
    )));
    assert_eq!(effects, [Effect::Persist(key("e")), Effect::Remove(key("b")), Effect::Show(key("e"))]);
}

/// A record that is larger than the budget takes the place of all others; but what is on screen goes on to follow the log.
#[test]
fn what_is_on_screen_makes_no_room() {
    let mut cache = Cache::new(None, 300);
    for (moment, name) in (1_000..).step_by(10).zip(["a", "b"]) {
        cache.handle(Event::Answered(key(name), Record { stored_at: Millis(moment), ..record(5, BOOK) }, at(moment)));
    }
    cache.handle(Event::OnScreen(key("a")));
    cache.handle(Event::OnScreen(key("c")));
    let large = Record { body: "x".repeat(500), stored_at: Millis(1_020), ..record(5, PAGE) };
    let effects = deeds(cache.handle(Event::Answered(key("c"), large, at(1_020))));
    assert_eq!(effects, [Effect::Persist(key("c")), Effect::Remove(key("b")), Effect::Show(key("c"))]);
    let effects = deeds(cache.handle(changed(6, Refresh(BOOK))));
    assert_eq!(effects, [Effect::MarkOld(key("a")), Effect::Outdated(key("a"))]);
    // No longer on screen, it goes like others.
    assert_eq!(deeds(cache.handle(Event::OffScreen(key("a")))), [Effect::Remove(key("a"))]);
    // And where nothing may go, a full storage is not asked again and again.
    cache.handle(Event::OnScreen(key("d")));
    cache.handle(Event::Answered(key("d"), record(6, PAGE), at(1_030)));
    assert_eq!(deeds(cache.handle(Event::StorageFull(key("c")))), []);
}

#[test]
fn a_full_storage_costs_the_least_used_half_and_is_counted() {
    let mut cache = cache();
    for name in ["a", "b", "c"] {
        cache.handle(Event::Answered(key(name), record(5, BOOK), at(1_000)));
    }
    assert_eq!(
        cache.handle(Event::StorageFull(key("c"))),
        [
            Effect::Note(Tier::LocalStorage, Outcome::Error, key("c")),
            Effect::Remove(key("a")),
            Effect::Persist(key("c"))
        ]
    );
    cache.handle(Event::StorageFull(key("c")));
    let last = cache.handle(Event::StorageFull(key("c")));
    assert_eq!(last, [Effect::Note(Tier::LocalStorage, Outcome::Error, key("c"))], "it gives up quietly");
}

#[test]
fn another_viewers_records_never_survive() {
    let mut theirs = Cache::new(Some(ME), 10_000);
    let mine = Record { viewer: Some(ME), ..record(5, BOOK) };
    let somebodys = Record { viewer: Some(8), ..record(5, BOOK) };
    assert_eq!(theirs.handle(Event::Restored(key("a"), mine.clone())), []);
    assert_eq!(theirs.handle(Event::Restored(key("b"), somebodys)), [Effect::Remove(key("b"))]);
    assert_eq!(cache().handle(Event::Restored(key("a"), mine)), [Effect::Remove(key("a"))], "signed out");
}

#[test]
fn an_expired_record_is_fetched() {
    let mut cache = cache();
    cache.handle(Event::Answered(key("a"), record(5, BOOK), at(1_000)));
    assert_eq!(deeds(cache.handle(Event::Wanted(key("a"), clocks(62_000)))), [Effect::Fetch(key("a"))]);
}

#[test]
fn what_the_server_refuses_is_forgotten() {
    let mut cache = cache();
    cache.handle(Event::Answered(key("a"), record(5, BOOK), at(1_000)));
    assert_eq!(cache.handle(Event::Refused(key("a"))), [Effect::Remove(key("a"))]);
    assert_eq!(cache.record(&key("a")), None);
}

/// "Not there" is an answer like any other: an older answer is not shown after it, a newer one is.
#[test]
fn not_there_has_a_position() {
    let asked = |seen| Asked { at: Some(clocks(1_000)), seen: Seq(seen) };
    for (as_of, seen, expected) in [
        (6, 0, vec![Effect::Seen(Seq(6)), Effect::Remove(key("a"))]),
        (5, 0, vec![Effect::Seen(Seq(5)), Effect::Remove(key("a"))]),
        (4, 5, vec![Effect::Seen(Seq(5)), Effect::Remove(key("a"))]),
        (4, 0, vec![Effect::Fetch(key("a"))]),
    ] {
        let mut cache = cache();
        cache.handle(Event::Answered(key("a"), record(5, BOOK), at(1_000)));
        assert_eq!(cache.handle(Event::NotThere(key("a"), Seq(as_of), asked(seen))), expected, "{as_of}, {seen}");
    }
    // What another node still has is asked about again before it is shown.
    let mut cache = cache();
    cache.handle(Event::NotThere(key("a"), Seq(6), asked(0)));
    let effects = cache.handle(Event::Answered(key("a"), record(5, BOOK), asked(0)));
    assert!(!effects.contains(&Effect::Show(key("a"))), "{effects:?}");
}

/// From the trash, or by another publication: a page that goes on saying that there is no such thing shows the past.
#[test]
fn what_is_missing_on_screen_is_looked_for() {
    let gone = || {
        let mut cache = cache();
        cache.handle(Event::OnScreen(key("a")));
        cache.handle(Event::Answered(key("a"), record(5, BOOK), at(1_000)));
        let effects = deeds(cache.handle(changed(6, Evict(BOOK))));
        assert_eq!(effects, [Effect::Remove(key("a")), Effect::Gone(key("a"))]);
        assert_eq!(deeds(cache.handle(Event::NotThere(key("a"), Seq(6), at(1_010)))), []);
        assert_eq!(cache.tags(), [(BOOK, Seq(6))], "its line goes on to tell");
        cache
    };
    let outdated = [Effect::Outdated(key("a"))];
    let mut cache = gone();
    assert_eq!(deeds(cache.handle(changed(7, Refresh(PAGE)))), []);
    assert_eq!(deeds(cache.handle(changed(8, Refresh(BOOK)))), outdated);
    assert_eq!(deeds(cache.handle(changed(9, Refresh(PAGE)))), [], "it is asked for once");
    cache.handle(Event::Answered(key("a"), record(9, BOOK), at(1_020)));
    assert_eq!(cache.missing.len(), 0);
    // A tab that was away asks about it, too.
    let mut cache = gone();
    assert_eq!(cache.handle(Event::Returned), [Effect::CatchUp { since: Seq(6), tags: vec![BOOK] }]);
    let caught = CatchUp::Changes { head: Seq(8), log: vec![(Seq(8), vec![Refresh(BOOK)])] };
    assert_eq!(deeds(cache.handle(Event::CaughtUp(caught, clocks(2_000)))), outdated);
    // What the server refuses without a word in the log is missing, too; and what left the screen is not looked for.
    let mut cache = gone();
    cache.handle(Event::OffScreen(key("a")));
    assert_eq!(deeds(cache.handle(changed(8, Refresh(BOOK)))), []);
    cache.handle(Event::OnScreen(key("b")));
    cache.handle(Event::Answered(key("b"), record(8, PAGE), at(2_000)));
    cache.handle(Event::NotThere(key("b"), Seq(8), at(2_010)));
    assert_eq!(deeds(cache.handle(changed(9, Refresh(PAGE)))), [Effect::Outdated(key("b"))]);
}

#[test]
fn a_tab_that_returns_asks_what_it_missed() {
    let mut cache = cache();
    assert_eq!(cache.handle(Event::Returned), [], "nothing held, nothing to ask");
    cache.handle(Event::Answered(key("a"), record(5, BOOK), at(1_000)));
    assert_eq!(cache.handle(Event::Returned), [Effect::CatchUp { since: Seq(5), tags: vec![BOOK] }]);
}

/// The tags of an answer depend on the answer: another record under the same key was not asked about.
#[test]
fn a_catch_up_does_not_confirm_what_came_meanwhile() {
    let mut cache = cache();
    cache.handle(Event::Answered(key("a"), record(5, BOOK), at(1_000)));
    cache.handle(Event::Wanted(key("a"), clocks(9_000)));
    cache.handle(Event::Answered(key("a"), record(7, PAGE), at(9_050)));
    cache.handle(Event::CaughtUp(CatchUp::Changes { head: Seq(9), log: vec![] }, clocks(9_000)));
    assert_eq!(cache.record(&key("a")).map(|record| record.as_of), Some(Seq(7)), "of PAGE nothing was asked");
}

/// What was under way for long may be old when it arrives: it is shown, and not trusted any longer.
#[test]
fn a_lease_begins_when_the_question_was_sent() {
    let mut cache = cache();
    let late = Record { stored_at: Millis(5_000), ..record(5, BOOK) };
    let shown = deeds(cache.handle(Event::Answered(key("a"), late, at(1_000))));
    assert_eq!(shown, [Effect::Persist(key("a")), Effect::Show(key("a"))]);
    let ask = [Effect::CatchUp { since: Seq(5), tags: vec![BOOK] }];
    assert_eq!(deeds(cache.handle(Event::Wanted(key("a"), clocks(5_001)))), ask);
    let nothing_new = CatchUp::Changes { head: Seq(5), log: vec![] };
    assert_eq!(deeds(cache.handle(Event::CaughtUp(nothing_new, clocks(5_001)))), [Effect::Show(key("a"))]);
    assert_eq!(deeds(cache.handle(Event::Wanted(key("a"), clocks(9_000)))), ask, "nor is a catch-up");
}

/// Rule 9, in a browser: nothing below Seen, marked or not, and nothing beyond its lifetime.
#[test]
fn without_a_server_nothing_below_seen_is_shown() {
    let failed = || Event::Failed(key("a"), Millis(9_000));
    let mut wrote = cache();
    wrote.handle(Event::Answered(key("a"), record(5, BOOK), at(1_000)));
    wrote.handle(changed(6, Refresh(BOOK)));
    assert_eq!(deeds(wrote.handle(failed())), [], "less than what this tab wrote");

    let mut saw = cache();
    saw.handle(Event::Answered(key("a"), record(5, BOOK), at(1_000)));
    assert_eq!(deeds(saw.handle(failed())), [Effect::ShowUnconfirmed(key("a"))]);
    assert_eq!(deeds(saw.handle(Event::Failed(key("a"), Millis(62_000)))), [], "beyond its lifetime");
    saw.handle(Event::Seen(Seq(6)));
    assert_eq!(deeds(saw.handle(failed())), [], "less than what another tab has seen");
    saw.handle(Event::Wanted(key("a"), clocks(9_000)));
    assert_eq!(deeds(saw.handle(Event::CatchUpFailed)), [Effect::Fetch(key("a"))]);
}

#[test]
fn what_another_tab_has_seen_is_asked_about_within_the_lease() {
    let mut cache = cache();
    cache.handle(Event::Answered(key("a"), record(5, BOOK), at(1_000)));
    cache.handle(Event::Seen(Seq(6)));
    let ask = Effect::CatchUp { since: Seq(5), tags: vec![BOOK] };
    assert_eq!(deeds(cache.handle(Event::Wanted(key("a"), clocks(1_001)))), [ask]);
}

/// An answer that was asked for before another tab saw something newer is confirmed before it is shown.
#[test]
fn what_another_tab_saw_meanwhile_is_asked_about() {
    let mut cache = cache();
    cache.handle(Event::Seen(Seq(6)));
    let ask = Effect::CatchUp { since: Seq(5), tags: vec![BOOK] };
    let answered = deeds(cache.handle(Event::Answered(key("a"), record(5, BOOK), at(1_000))));
    assert_eq!(answered, [Effect::Persist(key("a")), ask]);
    // A client that sent its Seen with the question has an answer that is as new as that.
    let asked = Asked { at: Some(clocks(1_000)), seen: Seq(6) };
    let answered = deeds(cache.handle(Event::Answered(key("b"), record(5, PAGE), asked)));
    assert_eq!(answered, [Effect::Persist(key("b")), Effect::Show(key("b"))]);
}

/// What a node could not confirm is shown with its mark, and asked about the next time.
#[test]
fn a_stale_answer_is_marked_and_not_trusted() {
    let mut cache = cache();
    let answered = Event::AnsweredStale(key("a"), record(5, BOOK), at(1_000), Millis(1_000));
    assert_eq!(deeds(cache.handle(answered)), [Effect::Persist(key("a")), Effect::ShowUnconfirmed(key("a"))]);
    let ask = Effect::CatchUp { since: Seq(5), tags: vec![BOOK] };
    assert_eq!(deeds(cache.handle(Event::Wanted(key("a"), clocks(1_001)))), [ask]);
    cache.handle(changed(6, Evict(BOOK)));
    let answered = Event::AnsweredStale(key("a"), record(5, BOOK), at(1_000), Millis(1_002));
    assert_eq!(deeds(cache.handle(answered)), []);
}

/// An answer that was fetched ahead is there when it is wanted, and no miss was counted.
#[test]
fn what_was_fetched_ahead_is_a_hit() {
    let mut cache = cache();
    assert_eq!(cache.needs(&key("a"), clocks(1_000)), Need::Fetching);
    let came = cache.handle(Event::CameAhead(key("a"), record(5, BOOK), at(1_000)));
    assert_eq!(came, [Effect::Seen(Seq(5)), Effect::Persist(key("a"))], "and nothing is counted");
    assert_eq!(cache.needs(&key("a"), clocks(1_100)), Need::Nothing);
    let hit = Effect::Note(Tier::Signals, Outcome::Hit, key("a"));
    assert_eq!(cache.handle(Event::Wanted(key("a"), clocks(1_100))), [hit, Effect::Show(key("a"))]);
    assert_eq!(cache.needs(&key("a"), clocks(1_000 + BROWSER_LEASE + 1)), Need::Confirming);
    cache.handle(Event::Seen(Seq(6)));
    assert_eq!(cache.needs(&key("a"), clocks(1_100)), Need::Confirming, "another tab has seen more");
    assert_eq!(cache.needs(&key("a"), clocks(62_000)), Need::Fetching, "beyond its lifetime");
}

/// Each tier that a person's question reaches counts a hit or a miss; a refresh of the screen counts as neither.
#[test]
fn what_is_wanted_is_counted_once() {
    fn check(before: &[Event], wanted: fn(Key, Clocks) -> Event, counted: &[(Tier, Outcome)]) {
        let mut cache = cache();
        for event in before {
            cache.handle(event.clone());
        }
        let notes = |effects: Vec<Effect>| {
            effects.into_iter().filter_map(|effect| match effect {
                Effect::Note(tier, outcome, _) => Some((tier, outcome)),
                _ => None,
            })
        };
        let mut found: Vec<_> = notes(cache.handle(wanted(key("a"), clocks(1_000)))).collect();
        // A question that waits for a catch-up is counted when that is answered, and not before.
        let caught = CatchUp::Changes { head: Seq(9), log: vec![] };
        found.extend(notes(cache.handle(Event::CaughtUp(caught, clocks(1_000)))));
        assert_eq!(found, counted, "{before:?}");
    }
    let (signals, storage) = (Tier::Signals, Tier::LocalStorage);
    let held = || Event::Answered(key("a"), record(5, BOOK), at(1_000));
    let restored = || Event::Restored(key("a"), record(5, BOOK));
    let old = || changed(6, Directive::Refresh(BOOK));
    let missed = [(signals, Outcome::Miss), (storage, Outcome::Miss)];
    check(&[], Event::Wanted, &missed);
    check(&[], Event::WantedAgain, &[(signals, Outcome::Ahead)]);
    check(&[held()], Event::Wanted, &[(signals, Outcome::Hit)]);
    check(&[held()], Event::WantedAgain, &[]);
    check(&[held(), Event::Seen(Seq(7))], Event::Wanted, &[(signals, Outcome::Hit)]);
    check(&[restored()], Event::Wanted, &[(signals, Outcome::Miss), (storage, Outcome::Hit)]);
    check(&[held(), old()], Event::Wanted, &missed);
    check(&[held(), old()], Event::WantedAgain, &[(signals, Outcome::Ahead)]);
    check(&[restored(), old()], Event::Wanted, &missed);
}

/// The bug of other stacks: an invalidation that lands during a prefetch is lost, and a click shows
/// the old answer as fresh.
#[test]
fn an_invalidation_overtakes_what_is_fetched_ahead() {
    for (directive, reacts) in [
        (Refresh(BOOK), vec![Effect::MarkOld(key("a")), Effect::Outdated(key("a"))]),
        (Evict(BOOK), vec![Effect::Remove(key("a")), Effect::Gone(key("a"))]),
    ] {
        // While it is under way: told of it, the tab refuses the answer and keeps nothing.
        let mut told = cache();
        told.handle(changed(6, directive));
        assert_eq!(told.handle(Event::CameAhead(key("a"), record(5, BOOK), at(1_000))), []);
        assert_eq!(told.record(&key("a")), None);
        assert_eq!(deeds(told.handle(Event::Wanted(key("a"), clocks(1_100)))), [Effect::Fetch(key("a"))]);

        // While it lies there, unseen.
        let mut held = cache();
        held.handle(Event::CameAhead(key("a"), record(5, BOOK), at(1_000)));
        assert_eq!(deeds(held.handle(changed(6, directive))), reacts);
        assert_eq!(held.needs(&key("a"), clocks(1_100)), Need::Fetching);
        let wanted = deeds(held.handle(Event::Wanted(key("a"), clocks(1_100))));
        assert_eq!(wanted, [Effect::Fetch(key("a"))]);

        // Without a message: within the lease it may be shown, beyond the lease it is asked about first (rule 7).
        let mut blind = cache();
        blind.handle(Event::CameAhead(key("a"), record(5, BOOK), at(1_000)));
        let wanted = deeds(blind.handle(Event::Wanted(key("a"), clocks(1_000 + BROWSER_LEASE + 1))));
        assert_eq!(wanted, [Effect::CatchUp { since: Seq(5), tags: vec![BOOK] }]);
        let news = CatchUp::Changes { head: Seq(6), log: vec![(Seq(6), vec![directive])] };
        let caught = deeds(blind.handle(Event::CaughtUp(news, clocks(2_000))));
        assert!(caught.contains(&Effect::Fetch(key("a"))) && !caught.contains(&Effect::Show(key("a"))), "{caught:?}");
    }
}

/// Rule 4 holds for answers that were fetched ahead.
#[test]
fn what_comes_ahead_takes_nothing_back() {
    let mut cache = cache();
    cache.handle(Event::Answered(key("a"), record(8, BOOK), at(1_000)));
    assert_eq!(cache.handle(Event::CameAhead(key("a"), record(5, BOOK), at(1_000))), []);
    assert_eq!(cache.record(&key("a")).map(|record| record.as_of), Some(Seq(8)));
}

#[test]
fn what_is_confirmed_is_noted_beside_its_record() {
    let mut cache = cache();
    cache.handle(Event::Answered(key("kept"), record(5, BOOK), at(0)));
    cache.handle(Event::Answered(key("shown only"), Record { keep_for: 0, ..record(5, PAGE) }, at(0)));
    cache.handle(Event::Returned);
    let caught = CatchUp::Changes { head: Seq(9), log: vec![] };
    let noted = |effects: Vec<Effect>| -> Vec<Effect> {
        effects.into_iter().filter(|effect| matches!(effect, Effect::Confirmed { .. })).collect()
    };
    let confirmed = Effect::Confirmed { key: key("kept"), from: Seq(5), to: Seq(9) };
    assert_eq!(noted(cache.handle(Event::CaughtUp(caught.clone(), clocks(0)))), [confirmed]);
    cache.handle(Event::Returned);
    assert_eq!(noted(cache.handle(Event::CaughtUp(caught, clocks(0)))), [], "that is known");

    // The record in storage may be another tab's.
    for (as_of, expected) in [(4, 4), (5, 9), (7, 9), (9, 9), (10, 10)] {
        assert_eq!(Seq(as_of).confirmed(Seq(5), Seq(9)), Seq(expected), "read at {as_of}");
    }
}

#[test]
fn what_was_seen_since_must_be_confirmed() {
    let mut cache = cache();
    cache.handle(Event::Answered(key("a"), record(5, BOOK), at(0)));
    assert!(!cache.lags());
    cache.handle(Event::Seen(Seq(6)));
    assert!(cache.lags());
    cache.handle(Event::Returned);
    cache.handle(Event::CaughtUp(CatchUp::Changes { head: Seq(6), log: vec![] }, clocks(0)));
    assert!(!cache.lags());
    // What is known to be old is asked for anew, not confirmed.
    cache.handle(changed(7, Refresh(BOOK)));
    assert!(!cache.lags());
}

#[test]
fn a_mark_goes_once_what_is_shown_is_confirmed() {
    let mut cache = cache();
    cache.handle(Event::OnScreen(key("a")));
    for name in ["a", "elsewhere"] {
        cache.handle(Event::Answered(key(name), record(5, BOOK), at(0)));
        cache.handle(Event::Wanted(key(name), clocks(30_000)));
        assert_eq!(deeds(cache.handle(Event::CatchUpFailed)), [Effect::ShowUnconfirmed(key(name))]);
    }
    let caught_up = || Event::CaughtUp(CatchUp::Changes { head: Seq(5), log: vec![] }, clocks(30_000));
    assert!(cache.shows_marked());
    cache.handle(Event::Returned);
    assert_eq!(deeds(cache.handle(caught_up())), [Effect::Outdated(key("a"))], "it is on screen");
    assert_eq!(deeds(cache.handle(Event::WantedAgain(key("a"), clocks(30_000)))), [Effect::Show(key("a"))]);
    assert!(!cache.shows_marked());
    cache.handle(Event::Returned);
    assert_eq!(deeds(cache.handle(caught_up())), []);
    // Past its lifetime it is not shown, and so has none.
    assert_eq!(deeds(cache.handle(Event::Failed(key("a"), Millis(100_000)))), []);
    assert!(!cache.shows_marked());
}
