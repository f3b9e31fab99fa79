//! What a browser missed.

use abreast_core::{LogId, Seq};

use super::{Serve, headers};
use crate::{
    Failure,
    nouns::{CatchUp, Tag},
};

/// The most tags a browser may ask about at once.
const MAX_TAGS: usize = 10_000;

/// What became of these tags of this log since then.
///
/// # Errors
///
/// The app's, of too many tags, and of a database that can't be asked.
pub async fn catch_up<A: Serve>(log: LogId, since: Seq, tags: Vec<Tag<A>>) -> Result<CatchUp<A>, A::Failure> {
    if tags.len() > MAX_TAGS {
        return Err(A::Failure::too_large());
    }
    let caught = A::engine().catch_up(log, since, &tags, A::asker().viewer).await.map_err(Into::into)?;
    headers::tells(caught.head());
    Ok(caught)
}
