//! What an app tells the engine's browser half of itself.

use std::fmt::Debug;

use abreast_core::{LogId, Nouns, SeenCookie, Seq, observe::sample::ClientSample};

use crate::{
    AnyQuery, Failure,
    nouns::{CatchUp, Checked, Shown, Tag, Viewer},
};

/// An app, as one type that is never made: an empty enum with derives.
///
/// Its futures are answered by the server: they call server functions of the app's.
pub trait App: Debug + Copy + Send + Sync + 'static {
    /// Its tags, page families and viewers.
    type Nouns: Nouns;
    /// What its server functions fail with.
    type Failure: Failure;

    /// What names in the browser begin with: of cookies, values in storage, channels, locks.
    const NAME: &'static str;
    /// The cookies about Seen.
    const SEEN: SeenCookie = SeenCookie::with_prefix(Self::NAME);
    /// The paths of its server functions begin with this.
    const FUNCTIONS: &'static str = "/api/";
    /// Where the server listens for the live connection.
    const LIVE: &'static str;

    /// What the page at an address of this site asks first, what it is about before all else. Empty for a page that
    /// is not worth prefetching, and for other sites.
    fn queries_at(_address: &str, _viewer: Option<Viewer<Self>>) -> Vec<AnyQuery<Self>> {
        vec![]
    }

    /// What became of these tags of this log since then.
    fn fetch_changes(
        log: LogId,
        since: Seq,
        tags: Vec<Tag<Self>>,
    ) -> impl Future<Output = Result<CatchUp<Self>, Self::Failure>> + Send;

    /// Looks again at an answer of this log that a tab showed. Nothing if nothing can be said, as in an app that doesn't
    /// sample.
    fn check_answer(
        _log: LogId,
        _shown: Shown<Self>,
        _sample: ClientSample,
    ) -> impl Future<Output = Result<Option<Checked<Self>>, Self::Failure>> + Send {
        async { Ok(None) }
    }

    /// The tag of the session with which this is asked, if there is one. Never, in an app without sessions.
    fn fetch_session() -> impl Future<Output = Result<Option<Tag<Self>>, Self::Failure>> + Send {
        async { Ok(None) }
    }
}
