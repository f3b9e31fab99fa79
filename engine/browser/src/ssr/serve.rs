//! What an app tells the server's half of itself.

use std::future::Future;

use abreast_core::{Nouns, Seq};
use abreast_server::{Engine, http::Site};
use http::request::Parts;
use leptos::prelude::{expect_context, use_context};

use super::{AskedKey, Visit};
use crate::{App, nouns::Viewer};

/// An app, on its server.
pub trait Serve: App {
    /// The same app, as the engine's server half knows it.
    type Server: abreast_server::App<Nouns = Self::Nouns, Error: Into<Self::Failure> + Sync>;

    /// The node that answers the current request. The one that the request's context names, unless the app says
    /// otherwise.
    fn engine() -> Engine<Self::Server> {
        expect_context()
    }

    /// What a page family is called in headers.
    fn area_name(area: <Self::Nouns as Nouns>::Area) -> &'static str;

    /// The sender of the current request. A stranger, in an app without accounts; the context names the request and
    /// its [`Site`].
    fn asker() -> Asker<Self> {
        let asked = use_context::<Parts>().zip(use_context::<Site<Self::Server>>());
        Asker { viewer: None, seen: asked.map_or(Seq::ZERO, |(request, site)| site.seen(&request.headers)) }
    }

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
