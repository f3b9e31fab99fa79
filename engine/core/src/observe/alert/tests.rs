//! Alerts as tables: what was measured for how many seconds, and what came of it.

use super::{AlertEvent::*, *};

/// A quiet place where all is well.
const WELL: Vitals = Vitals {
    asked: 1_000,
    hits: 950,
    invalidation_errors: 0,
    answers: 1_000,
    p99_ms: 20,
    quota_errors: 0,
    lag_ms: Some(250),
    is_breaker_open: false,
    violations: 0,
    set_backs: 0,
};

/// Nothing was asked.
const EMPTY: Vitals = Vitals { asked: 0, hits: 0, answers: 0, p99_ms: 0, ..WELL };

fn hits(percent: u64) -> Vitals {
    Vitals { hits: percent * 10, ..WELL }
}

/// Seconds of each of these, one evaluation a second; the seconds at which the rule's alert was raised (+)
/// and cleared (-). No other rule may say anything.
fn check(rule: Rule, course: &[(i64, Vitals)], expected: &str) {
    let mut alerts = Alerts::default();
    let vitals = course.iter().flat_map(|(seconds, vitals)| (0..*seconds).map(move |_| vitals));
    let mut happened = vec![];
    for (second, vitals) in (0..).zip(vitals) {
        for event in alerts.evaluate(Millis(second * 1_000), vitals) {
            assert_eq!(event.alert().rule, rule, "{course:?}");
            happened.push(match event {
                Raised(_) => format!("+{second}"),
                Cleared(_) => format!("-{second}"),
            });
        }
    }
    assert_eq!(happened.join(" "), expected, "{rule}: {course:?}");
}

#[test]
fn every_rule_fires_and_clears() {
    let errors = |invalidation_errors| Vitals { invalidation_errors, ..WELL };
    let slow = |p99_ms| Vitals { p99_ms, ..WELL };
    let lag = |lag_ms| Vitals { lag_ms: Some(lag_ms), ..WELL };
    let full = Vitals { quota_errors: 1, ..WELL };
    let open = Vitals { is_breaker_open: true, ..WELL };
    for (rule, bad, raised, cleared) in [
        (Rule::HitRate, hits(59), 60, 160),
        (Rule::InvalidationErrors, errors(6), 10, 160),
        (Rule::SlowAnswers, slow(1_001), 10, 160),
        (Rule::StorageQuota, full, 0, 160),
        (Rule::FollowerLag, lag(1_001), 2, 130),
        (Rule::RedisBreakerOpen, open, 5, 130),
    ] {
        check(rule, &[(100, bad), (100, WELL)], &format!("+{raised} -{cleared}"));
    }
    let violated = Vitals { violations: 1, ..WELL };
    check(Rule::FreshnessViolation, &[(1, WELL), (500, violated)], "+1");
    check(Rule::SetBack, &[(1, WELL), (500, Vitals { set_backs: 1, ..WELL })], "+1");
}

#[test]
fn what_is_at_the_limit_is_well() {
    for (rule, vitals) in [
        (Rule::HitRate, hits(60)),
        (Rule::InvalidationErrors, Vitals { invalidation_errors: 5, ..WELL }),
        (Rule::SlowAnswers, Vitals { p99_ms: 1_000, ..WELL }),
        (Rule::FollowerLag, Vitals { lag_ms: Some(1_000), ..WELL }),
    ] {
        check(rule, &[(300, vitals)], "");
    }
}

#[test]
fn nothing_flaps() {
    let (bad, between, well) = (hits(59), hits(62), hits(65));
    // Never for long enough.
    check(Rule::HitRate, &[(59, bad), (1, well), (59, bad), (1, between), (59, bad)], "");
    // Between the limits what was raised stays, and what was away begins anew.
    check(Rule::HitRate, &[(61, bad), (600, between)], "+60");
    check(Rule::HitRate, &[(61, bad), (60, well), (1, between), (60, well), (1, well)], "+60 -182");
    // Each second the other way.
    let hovering: Vec<_> = (0..200).flat_map(|_| [(1, bad), (1, well)]).collect();
    check(Rule::HitRate, &hovering, "");
    // Redis fails, is tried, and fails again.
    let open = Vitals { is_breaker_open: true, ..WELL };
    let trying: Vec<_> = (0..20).flat_map(|_| [(10, open), (10, WELL)]).chain([(21, WELL)]).collect();
    check(Rule::RedisBreakerOpen, &trying, "+5 -420");
}

#[test]
fn an_empty_window_raises_nothing_and_ends_what_was() {
    check(Rule::HitRate, &[(600, EMPTY)], "");
    check(Rule::HitRate, &[(600, Vitals { asked: 99, hits: 0, ..WELL })], "");
    check(Rule::HitRate, &[(61, Vitals { asked: 100, hits: 0, ..WELL }), (61, EMPTY)], "+60 -121");
    check(Rule::SlowAnswers, &[(600, Vitals { answers: 19, p99_ms: 9_000, ..WELL })], "");
    check(Rule::FollowerLag, &[(600, Vitals { lag_ms: None, ..WELL })], "");
    check(Rule::HitRate, &[(600, Vitals::default())], "");
}

#[test]
fn a_violation_stays_until_it_is_acknowledged() {
    let violated = |violations| Vitals { violations, ..WELL };
    let mut alerts = Alerts::default();
    let mut now = 0;
    let mut step = |alerts: &mut Alerts, violations| {
        now += 1_000;
        let events = alerts.evaluate(Millis(now), &violated(violations));
        events.into_iter().map(|event| (matches!(event, Raised(_)), event.alert().value)).collect::<Vec<_>>()
    };
    assert_eq!(step(&mut alerts, 2), [(true, 2)]);
    assert_eq!(step(&mut alerts, 3), []);
    // The metrics were cleared, and count from 0: that acknowledges nothing.
    assert_eq!(step(&mut alerts, 0), []);
    assert_eq!(alerts.active().first().map(|alert| alert.value), Some(3));
    alerts.acknowledge(Rule::FreshnessViolation);
    assert_eq!(step(&mut alerts, 0), [(false, 3)]);
    assert_eq!(step(&mut alerts, 1), [(true, 1)]);
    // One that happens while another is acknowledged is raised by itself.
    alerts.acknowledge(Rule::FreshnessViolation);
    assert_eq!(step(&mut alerts, 2), [(true, 1)]);
    alerts.acknowledge(Rule::FreshnessViolation);
    alerts.acknowledge(Rule::FreshnessViolation);
    assert_eq!(step(&mut alerts, 2), [(false, 1)]);
    assert_eq!(step(&mut alerts, 3), [(true, 1)]);
}

#[test]
fn who_acknowledges_hears_of_it_again_only_if_it_comes_again() {
    let mut alerts = Alerts::default();
    let full = Vitals { quota_errors: 1, ..WELL };
    assert_eq!(alerts.evaluate(Millis(0), &full).len(), 1);
    alerts.acknowledge(Rule::StorageQuota);
    alerts.acknowledge(Rule::HitRate);
    assert_eq!(alerts.evaluate(Millis(1_000), &full), []);
    assert!(alerts.active().iter().all(|alert| alert.acknowledged));
    assert_eq!(alerts.evaluate(Millis(2_000), &WELL), []);
    assert_eq!(alerts.evaluate(Millis(62_000), &WELL).len(), 1);
    assert_eq!(alerts.active(), []);
    alerts.evaluate(Millis(63_000), &full);
    assert!(alerts.active().iter().all(|alert| !alert.acknowledged));
}

/// A clock that is set back holds nothing up for longer than the hold time.
#[test]
fn a_clock_may_go_backwards() {
    let mut alerts = Alerts::default();
    let open = Vitals { is_breaker_open: true, ..WELL };
    assert_eq!(alerts.evaluate(Millis(9_000_000), &open), []);
    assert_eq!(alerts.evaluate(Millis(1_000), &open), []);
    let events = alerts.evaluate(Millis(6_000), &open);
    assert_eq!(events.first().map(|event| event.alert().since), Some(Millis(1_000)));
}

#[test]
fn the_worst_comes_first_and_says_what_it_is() {
    let mut alerts = Alerts::default();
    alerts.evaluate(Millis(0), &Vitals { quota_errors: 3, violations: 1, ..WELL });
    let lines: Vec<String> = alerts.active().iter().map(ToString::to_string).collect();
    assert_eq!(lines, ["freshness violation: 1, limit 0", "localStorage errors: 3 a minute, limit 0 a minute"]);
}

#[test]
fn places_and_names_agree() {
    for (place, rule) in Rule::ALL.into_iter().enumerate() {
        assert_eq!(rule as usize, place);
        assert_eq!(serde_json::to_value(rule).expect("JSON"), rule.slug());
    }
}

#[test]
fn an_event_as_json() {
    let alert = Alerts::default().evaluate(Millis(7), &Vitals { violations: 1, ..WELL });
    assert_eq!(
        serde_json::to_string(&alert).expect("JSON"),
        r#"[{"event":"raised","alert":{"rule":"freshness-violation","level":"critical","since":7,"value":1,"threshold":0,"acknowledged":false}}]"#
    );
}
