//! An app's node, as its requests meet it.

use abreast_core::{LogId, SeenCookie, Seq};
use axum::http::HeaderMap;

use super::cookies::cookies;
use crate::{App, Engine};

/// A node, with the few things that its app says of its own requests. Cheap to clone.
#[derive(Clone)]
pub struct Site<A: App> {
    pub(super) engine: Engine<A>,
    pub(super) cookie: SeenCookie,
    pub(super) functions: &'static str,
}

impl<A: App> Site<A> {
    /// The app's cookies have these names, and the paths of what its scripts call begin with `functions`, as in
    /// `/api/`.
    pub fn new(engine: Engine<A>, cookie: SeenCookie, functions: &'static str) -> Self {
        Self { engine, cookie, functions }
    }

    /// The highest position that a request's browser has seen (rule 6).
    pub fn seen(&self, request: &HeaderMap) -> Seq {
        self.find(request, SeenCookie::is).map(|value| SeenCookie::parse(value, self.log())).unwrap_or_default()
    }

    /// The position that the browser claims to prove, and the signature.
    pub(super) fn proof<'r>(&self, request: &'r HeaderMap) -> Option<(Seq, &'r str)> {
        SeenCookie::parse_proof(self.find(request, SeenCookie::is_proof)?, self.log())
    }

    /// Of several with one name, the last: as for the app's other cookies.
    fn find<'r>(&self, request: &'r HeaderMap, is: fn(SeenCookie, &str) -> bool) -> Option<&'r str> {
        cookies(request).filter(|(name, _)| is(self.cookie, name)).last().map(|(_, value)| value)
    }

    fn log(&self) -> LogId {
        self.engine.log_id()
    }
}
