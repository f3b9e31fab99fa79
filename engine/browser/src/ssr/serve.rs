//! What an app tells the server's half of itself.

use std::future::Future;

use abreast_core::{Nouns, Seq};
use abreast_server::Engine;

use super::{AskedKey, Visit};
use crate::{App, nouns::Viewer};

/// An app, on its server.
pub trait Serve: App {
    /// The same app, as the engine's server half knows it.
    type Server: abreast_server::App<Nouns = Self::Nouns, Error: Into<Self::Failure> + Sync>;

    /// The node that answers the current request.
    fn engine() -> Engine<Self::Server>;

    /// What a page family is called in headers.
    fn area_name(area: <Self::Nouns as Nouns>::Area) -> &'static str;

    /// The sender of the current request.
    fn asker() -> Asker<Self>;

    /// Looks for the query that a key names among all that the app has, and has it visited. Nothing if it has no such
    /// query. The app's [`crate::queries`] do it.
    fn visit<V: Visit<Self>>(
        key: &AskedKey<'_, Self>,
        visitor: &V,
    ) -> impl Future<Output = Option<Result<V::Output, Self::Failure>>> + Send;
}

/// Who asks, and what they have seen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Asker<A: App> {
    /// Who is signed in.
    pub viewer: Option<Viewer<A>>,
    /// The highest position in the log that they have seen (rule 6).
    pub seen: Seq,
}
