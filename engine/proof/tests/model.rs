//! Every interleaving of the small scopes, and each rule broken in them.

use proof::{
    broken::Broken,
    model::{Scope, Sight, Small, notice_at_all},
};

const THREADS: usize = 2;

#[test]
fn every_promise_is_kept() {
    let mut seen = [0; Sight::ALL.len()];
    for scope in Scope::short() {
        let small = Small::new(scope, None);
        let found = small.check(THREADS);
        assert!(found.broken.is_none(), "{}: {:#?}", small.scope.name, found.broken);
        for (count, (sight, _)) in seen.iter_mut().zip(Sight::ALL) {
            *count += small.witness.count(sight);
        }
    }
    // A promise that was kept because nothing ever happened is worth nothing.
    for ((_, name), count) in Sight::ALL.iter().zip(seen) {
        assert!(count > 0, "never seen: {name}");
    }
}

#[test]
fn every_broken_rule_is_noticed() {
    for broken in Broken::ALL.into_iter().filter(|broken| broken.is_modelled()) {
        let noticed = notice_at_all(broken, &Scope::short(), THREADS);
        assert!(noticed.is_some(), "nobody noticed: {} ({})", broken.how(), broken.rule());
    }
}
