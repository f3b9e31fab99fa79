//! What a browser says that it showed, looked at again.

use domain::{Checked, Claim, LogId, Shown};
use store::{Load, Store};

use crate::{
    AppError,
    asker::Asker,
    question::{Question, Visit},
    respond::store,
};

/// The most tags that an answer has, and some.
const MOST_TAGS: usize = 1_000;

/// An answer that was shown longer ago, in milliseconds, is of no interest: the tab slept meanwhile.
const LONGEST_AGO: i64 = 60_000;

/// Looks again at what a browser says that it showed. `None` if nothing can be said.
pub(crate) async fn check(log: LogId, shown: Shown, claim: Claim) -> Result<Option<Checked>, AppError> {
    if !shown.tier.is_in_browser() {
        return Err(AppError::Invalid("What other tiers answer is not for a browser to tell.".to_owned()));
    }
    if !(0..=LONGEST_AGO).contains(&claim.ago) {
        return Err(AppError::Invalid("That was not shown within the last minute.".to_owned()));
    }
    if shown.tags.iter().count() > MOST_TAGS {
        return Err(AppError::TooLarge);
    }
    let store = store();
    // Positions of another log mean nothing.
    if log != store.log_id() {
        return Ok(None);
    }
    let viewer = Asker::current().viewer.map(|viewer| viewer.user);
    let key = shown.key.clone();
    let again = Again { store: &store, shown, claim, viewer };
    Question::new(&key, viewer).visit(&again).await?.map_err(AppError::from)
}

struct Again<'a> {
    store: &'a Store,
    shown: Shown,
    claim: Claim,
    viewer: Option<domain::UserId>,
}

impl Visit for Again<'_> {
    type Output = store::Result<Option<Checked>>;

    async fn visit<Q: Load>(&self, query: &Q) -> store::Result<Option<Checked>> {
        self.store.check_shown(query, self.shown.clone(), self.claim.clone(), self.viewer).await
    }
}
