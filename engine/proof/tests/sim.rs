//! Ten thousand schedules, and each rule broken in as many.

use proof::{broken::Broken, sim};

const SCHEDULES: u64 = 10_000;
const THREADS: u64 = 2;

#[test]
fn every_promise_is_kept() {
    let played = sim::play(SCHEDULES, 0, None, THREADS);
    assert_eq!(played.broken, None, "`cargo xtask sim --seed` with this seed shows how");
    assert!(played.shown > SCHEDULES && played.marked > 0 && played.not_there > 0 && played.set_back > 0);
    assert!(played.looked > SCHEDULES && played.unsure > 0);
}

#[test]
fn every_broken_rule_is_noticed() {
    for broken in Broken::ALL {
        let noticed = sim::play(SCHEDULES, 0, Some(broken), THREADS).broken;
        assert!(noticed.is_some(), "nobody noticed: {} ({})", broken.how(), broken.rule());
    }
}

#[test]
fn a_seed_is_the_same_schedule_for_ever() {
    let broken = Some(Broken::OwnWriteUnheard);
    let (seed, noticed) = sim::play(SCHEDULES, 0, broken, THREADS).broken.expect("a schedule that notices");
    let (trace, promise) = sim::replay(seed, broken);
    assert!(promise == Some(noticed) && !trace.is_empty());
    assert_eq!((trace, promise), sim::replay(seed, broken));
}
