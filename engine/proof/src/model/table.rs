//! Rule by rule: broken, and the scope that notices.

use super::{Found, Scope, Small};
use crate::broken::Broken;

/// A broken rule was noticed.
#[derive(Debug)]
pub struct Noticed {
    /// The scope in which it was noticed.
    pub scope: &'static str,
    /// The promise, and the steps to the state that breaks it.
    pub found: Found,
}

/// Breaks a rule, and visits scope by scope until a promise to users is broken; or, if none is, until
/// something fails to hold inside.
pub fn notice(broken: Broken, scopes: &[Scope], threads: usize) -> Option<Noticed> {
    [true, false].into_iter().find_map(|users_only| first(broken, scopes, users_only, threads))
}

/// The same, by any property: sooner, because nothing is visited twice. The scope that is known to notice comes first:
/// to visit the others whole before it was most of that test's minutes.
pub fn notice_at_all(broken: Broken, scopes: &[Scope], threads: usize) -> Option<Noticed> {
    let (likely, others): (Vec<_>, Vec<_>) =
        scopes.iter().cloned().partition(|scope| scope.name == likely_scope(broken));
    first(broken, &[likely, others].concat(), false, threads)
}

/// The scope that noticed when this was written. Only time is lost if another does.
const fn likely_scope(broken: Broken) -> &'static str {
    match broken {
        Broken::FactFirst
        | Broken::NoFact
        | Broken::ValueFirst
        | Broken::Unjudged
        | Broken::GoesBack
        | Broken::TakesAnything
        | Broken::OwnWriteUntold
        | Broken::OwnWriteUnheard
        | Broken::SeenIgnored
        | Broken::SilentLineTrusted => "restart",
        Broken::GapIgnored | Broken::FloorIgnored => "trimmed log",
        Broken::LeaseIgnored => "lease",
        Broken::NotThereUnseen => "not there",
        Broken::WallClockAlone | Broken::MonotonicClockAlone => "clocks",
        Broken::SetBackIgnored => "older database",
        Broken::EvictedShown | Broken::BelowSeenShown => "failures",
    }
}

fn first(broken: Broken, scopes: &[Scope], users_only: bool, threads: usize) -> Option<Noticed> {
    scopes.iter().find_map(|scope| {
        let small = Small { users_only, ..Small::new(scope.clone(), Some(broken)) };
        let found = small.check(threads);
        found.broken.is_some().then_some(Noticed { scope: scope.name, found })
    })
}
