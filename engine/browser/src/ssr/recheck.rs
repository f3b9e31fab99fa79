//! What a browser says that it showed, looked at again.

use abreast_core::{LogId, Query, observe::sample::ClientSample};
use abreast_server::{Engine, Load};

use super::{Serve, Visit, visit::visit};
use crate::{
    Failure,
    nouns::{Checked, Shown, Viewer},
};

/// The most tags that an answer has, and some.
const MAX_TAGS: usize = 1_000;

/// An answer that was shown longer ago, in milliseconds, is of no interest: the tab slept meanwhile.
const LONGEST_AGO: i64 = 60_000;

/// Looks again at an answer of this log that a browser says it showed. Nothing if nothing can be said.
///
/// # Errors
///
/// The app's, of a sample that no tab of the app makes, and of a database that can't be asked.
pub async fn recheck<A: Serve>(
    log: LogId,
    shown: Shown<A>,
    sample: ClientSample,
) -> Result<Option<Checked<A>>, A::Failure> {
    if !shown.tier.is_in_browser() {
        return Err(A::Failure::unreadable("What other tiers answer is not for a browser to tell."));
    }
    if !(0..=LONGEST_AGO).contains(&sample.ago) {
        return Err(A::Failure::unreadable("That was not shown within the last minute."));
    }
    if shown.tags.iter().count() > MAX_TAGS {
        return Err(A::Failure::too_large());
    }
    let engine = A::engine();
    // Positions of another log mean nothing.
    if log != engine.log_id() {
        return Ok(None);
    }
    let viewer = A::asker().viewer;
    let key = shown.key.clone();
    let recheck = Recheck::<A> { engine: &engine, shown, sample, viewer };
    visit(&key, viewer, &recheck).await?
}

struct Recheck<'a, A: Serve> {
    engine: &'a Engine<A::Server>,
    shown: Shown<A>,
    sample: ClientSample,
    viewer: Option<Viewer<A>>,
}

impl<A: Serve> Visit<A> for Recheck<'_, A> {
    type Output = Result<Option<Checked<A>>, A::Failure>;

    async fn visit<Q>(&self, query: &Q) -> Self::Output
    where
        Q: Query<Nouns = A::Nouns>,
        A::Server: Load<Q>,
    {
        let checked = self.engine.check_shown(query, self.shown.clone(), self.sample.clone(), self.viewer).await;
        checked.map_err(Into::into)
    }
}
