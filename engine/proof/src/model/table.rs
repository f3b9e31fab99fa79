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

/// The same, by any property: sooner, because nothing is visited twice.
pub fn notice_at_all(broken: Broken, scopes: &[Scope], threads: usize) -> Option<Noticed> {
    first(broken, scopes, false, threads)
}

fn first(broken: Broken, scopes: &[Scope], users_only: bool, threads: usize) -> Option<Noticed> {
    scopes.iter().find_map(|scope| {
        let small = Small { users_only, ..Small::new(scope.clone(), Some(broken)) };
        let found = small.check(threads);
        found.broken.is_some().then_some(Noticed { scope: scope.name, found })
    })
}
