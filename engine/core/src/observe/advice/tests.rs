//! Advice as tables: the evidence, and the words.

use super::*;

const MINUTE: i64 = 60_000;
const HALF_AN_HOUR: Policy = Policy { keep_for: 30 * MINUTE };

/// What was seen of a query: hits, first questions, changes, expired at these minutes, and so many lives
/// that were used until these minutes.
fn seen(first: u64, changed: u64, expired: &[(u64, i64)], ended: &[(u64, i64)]) -> QueryAges {
    let mut seen = QueryAges::default();
    let mut missed = |count, why| (0..count).for_each(|_| seen.missed(why));
    missed(first, Missed::NeverHeld);
    missed(changed, Missed::Invalidated);
    for (count, minutes) in expired {
        missed(*count, Missed::Expired { age: minutes * MINUTE });
    }
    for (count, minutes) in ended {
        let life = Life { lived: 30 * MINUTE, used_until: minutes * MINUTE, bytes: 10_240 };
        (0..*count).for_each(|_| seen.ended(life));
    }
    seen
}

fn check(seen: QueryAges, expected: &str) {
    assert_eq!(advise("list-page", HALF_AN_HOUR, &seen).to_string(), expected, "{seen:?}");
}

#[test]
fn too_short() {
    check(
        seen(100, 98, &[(92, 50), (10, 200)], &[]),
        "keep `list-page` 60 min instead of 30 min: 34 % of its misses were entries that had only expired and were \
         still true, and 90 % of those would have been hits",
    );
    let mut often = seen(100, 100, &[(200, 31)], &[]);
    often.hit(600);
    check(
        often,
        "keep `list-page` 45 min instead of 30 min: 50 % of its misses were entries that had only expired and were \
         still true, and 100 % of those would have been hits (60 % of all questions were, 80 % would be)",
    );
    check(
        seen(0, 0, &[(100, 50), (100, 700)], &[]),
        "keep `list-page` 12 h instead of 30 min: 100 % of its misses were entries that had only expired and were \
         still true, and 100 % of those would have been hits",
    );
}

#[test]
fn too_long() {
    check(
        seen(0, 0, &[], &[(150, 1), (147, 3), (3, 30)]),
        "keep `list-page` 3 min instead of 30 min: 99 % of its answers were not asked for at a greater age, and 92 % \
         of the room they took, over time, was held for nothing",
    );
    check(
        seen(500, 0, &[], &[(200, 0)]),
        "keep `list-page` 10 s instead of 30 min: 100 % of its answers were not asked for at a greater age, and \
         100 % of the room they took, over time, was held for nothing",
    );
}

#[test]
fn right() {
    let right = "`list-page`: 30 min is right, as far as was seen";
    // Changes and first questions are no fault of the lifetime.
    check(seen(300, 300, &[], &[]), right);
    // Nine in a hundred are not worth it, and those after a day are beyond help.
    check(seen(182, 0, &[(18, 40)], &[]), right);
    check(seen(0, 0, &[(300, 2_000)], &[]), right);
    // Used until near the end, or by more than a few.
    check(seen(0, 0, &[], &[(300, 16)]), right);
    check(seen(0, 0, &[], &[(290, 1), (10, 29)]), right);
}

#[test]
fn not_enough_seen_yet() {
    check(seen(0, 0, &[], &[]), "`list-page` (30 min): not enough seen yet, 0 misses and 0 answers that ended, of 200");
    check(
        seen(99, 0, &[(100, 40)], &[(199, 1)]),
        "`list-page` (30 min): not enough seen yet, 199 misses and 199 answers that ended, of 200",
    );
    // Many lives say nothing of misses, nor the other way.
    assert_eq!(advise("q", HALF_AN_HOUR, &seen(0, 0, &[(199, 40)], &[(200, 29)])).verdict, Verdict::Right);
}

/// Who follows the advice is not told the contrary the next day: the same answers, used the same, judged
/// anew with the lifetime that was proposed, in minutes.
#[test]
fn advice_does_not_see_saw() {
    // Each answer is asked for once more, at one of these ages.
    type Course = (&'static [(u64, i64)], &'static [i64]);
    let courses: [Course; 5] = [
        (&[(990, 2), (10, 100)], &[2]),
        (&[(900, 1), (100, 50)], &[1]),
        (&[(870, 1), (130, 50)], &[60]),
        (&[(500, 20), (500, 300)], &[360]),
        (&[(1_000, 1)], &[1]),
    ];
    for (course, expected) in courses {
        let mut policy = HALF_AN_HOUR;
        let mut said = vec![];
        for _ in 0..4 {
            let mut seen = QueryAges::default();
            for &(count, minutes) in course {
                let age = minutes * MINUTE;
                let reached = age <= policy.keep_for;
                for _ in 0..count {
                    seen.missed(Missed::NeverHeld);
                    if !reached {
                        seen.missed(Missed::Expired { age });
                    }
                    let used_until = if reached { age } else { 0 };
                    seen.ended(Life { lived: policy.keep_for, used_until, bytes: 1_024 });
                }
            }
            match advise("q", policy, &seen).verdict {
                Verdict::TooShort { keep_for, .. } | Verdict::TooLong { keep_for, .. } => {
                    said.push(keep_for / MINUTE);
                    policy.keep_for = keep_for;
                }
                Verdict::Right | Verdict::NotEnoughSeen { .. } => break,
            }
        }
        assert_eq!(said, expected, "{course:?}");
    }
}

#[test]
fn ages_of_two_nodes_add_up() {
    let (mut here, there) = (seen(1, 2, &[(3, 40)], &[(4, 5)]), seen(10, 20, &[(30, 40)], &[(40, 5)]));
    here.add(&there);
    assert_eq!(here, seen(11, 22, &[(33, 40)], &[(44, 5)]));
}
