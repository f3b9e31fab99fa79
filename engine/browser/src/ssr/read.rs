//! The last line of a server function that reads.

use abreast_core::{Answer, Query};
use abreast_server::{Load, http::Basis};
use http::request::Parts;
use leptos::prelude::use_context;

use super::{Serve, headers};
use crate::{Failure, nouns};

/// Answers a query for the asker: through the tiers, never below their Seen.
///
/// # Errors
///
/// The app's: of another person's answer, of what is not there, of a database that can't be asked.
pub async fn read<A, Q>(query: Q) -> Result<nouns::Answer<Q::Output, A>, A::Failure>
where
    A: Serve,
    Q: Query<Nouns = A::Nouns>,
    A::Server: Load<Q>,
{
    let asker = A::asker();
    // A personal answer is for its viewer alone: the key names them, and so must the session.
    if query.viewer().is_some_and(|owner| asker.viewer != Some(owner)) {
        return Err(A::Failure::signed_out()).inspect_err(headers::set_status);
    }
    let basis = basis::<A>();
    // A body for all members has places for the answers that are one member's.
    if basis.as_ref().zip(query.viewer()).is_some_and(|(basis, owner)| basis.leaves_out(owner)) {
        return Err(A::Failure::signed_out());
    }
    match A::engine().fetch(&query, asker.seen).await {
        Ok(fetched) => {
            headers::shows(fetched.entry.as_of);
            let may_be_kept = !fetched.stale && fetched.keep;
            if may_be_kept && query.viewer().is_none() {
                headers::describe(&fetched.entry);
            }
            let is_of = |basis: &Basis<A::Server>| query.viewer().is_none_or(|owner| basis.is_of(owner));
            match basis {
                Some(basis) if may_be_kept && is_of(&basis) => basis.add(&fetched.entry, Q::policy(), Q::AREA),
                Some(basis) => basis.spoil(),
                None => {}
            }
            Ok(Answer { entry: (*fetched.entry).clone(), stale: fetched.stale, keep: fetched.keep })
        }
        Err(error) => {
            if let Some(basis) = basis {
                basis.spoil();
            }
            let failure: A::Failure = error.into();
            if let Some(as_of) = failure.not_there() {
                headers::shows(as_of);
            }
            headers::set_status(&failure);
            Err(failure)
        }
    }
}

/// The basis of the page that is being made, if it may be kept.
fn basis<A: Serve>() -> Option<Basis<A::Server>> {
    use_context::<Parts>()?.extensions.get::<Basis<A::Server>>().cloned()
}
