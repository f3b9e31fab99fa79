//! What the engine's two halves ask of the site: its queries by address and by key, and who asks.

use abreast_browser::App;
#[cfg(feature = "ssr")]
use abreast_browser::ssr::{AskedKey, Asker, Serve, Visit};
use domain::{CatchUp, Checked, ClientSample, LogId, Quire, Seq, Shown, Tag, UserId};
#[cfg(feature = "ssr")]
use leptos::prelude::expect_context;

#[cfg(feature = "ssr")]
use crate::api::queries;
use crate::{
    AppError,
    api::{accounts, caches},
    boot::Boot,
    cache::{AnyQuery, Website},
    destination::Destination,
};

impl App for Website {
    type Nouns = Quire;
    type Failure = AppError;

    const NAME: &'static str = "quire";
    const LIVE: &'static str = "/api/live";

    fn queries_at(address: &str, viewer: Option<UserId>) -> Vec<AnyQuery> {
        Destination::of(address).map(|destination| destination.queries(viewer)).unwrap_or_default()
    }

    async fn fetch_changes(log: LogId, since: Seq, tags: Vec<Tag>) -> Result<CatchUp, AppError> {
        caches::fetch_changes(log, since, tags).await
    }

    async fn check_answer(log: LogId, shown: Shown, sample: ClientSample) -> Result<Option<Checked>, AppError> {
        caches::check_answer(log, shown, sample).await
    }

    async fn fetch_session() -> Result<Option<Tag>, AppError> {
        Ok(accounts::fetch_session().await?.map(Tag::Session))
    }
}

#[cfg(feature = "ssr")]
impl Serve for Website {
    type Server = store::Library;

    fn engine() -> abreast_server::Engine<store::Library> {
        abreast_server::Engine::clone(&expect_context::<store::Store>())
    }

    fn area_name(area: domain::Area) -> &'static str {
        area.slug()
    }

    fn asker() -> Asker<Self> {
        let asker = crate::asker::Asker::current();
        Asker { viewer: asker.viewer.map(|viewer| viewer.user), seen: asker.seen }
    }

    async fn visit<V: Visit<Self>>(key: &AskedKey<'_, Self>, visitor: &V) -> Option<Result<V::Output, AppError>> {
        queries::visit(key, visitor).await
    }
}

impl From<&Boot> for abreast_browser::Boot<Website> {
    fn from(boot: &Boot) -> Self {
        Self {
            viewer: boot.viewer.as_ref().map(|viewer| viewer.user),
            session: boot.session.map(Tag::Session),
            log: boot.log,
            seen: boot.seen,
            sample: boot.sample,
        }
    }
}
