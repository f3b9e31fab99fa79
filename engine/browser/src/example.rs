//! An app, its server and its browser, for this package's own tests. All of a test runs on one thread.

mod host;
mod server;

use std::fmt;

use abreast_core::{LogId, Nouns, Policy, Query, Seq, Tags, observe::sample::ClientSample};
use serde::{Deserialize, Serialize};

pub(crate) use self::{host::TestHost, server::TestServer};
use crate::{
    AnyQuery, App, Failed, Fetch,
    nouns::{CatchUp, Checked, Shown},
};

/// The app and its nouns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Example {}

/// A tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) enum Tag {
    Page(u64),
    Session(u64),
    Area,
}

/// A page family.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) enum Area {
    Reading,
}

/// A page's text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Page {
    pub(crate) number: u64,
}

impl Query for Page {
    type Nouns = Example;
    type Output = String;

    const NAME: &'static str = "page";
    const AREA: Area = Area::Reading;

    fn viewer(&self) -> Option<u64> {
        None
    }

    fn tags(&self, _: &String) -> Tags<Tag> {
        Tags::of(Tag::Page(self.number), [])
    }
}

impl Fetch<Example> for Page {
    const ENDPOINT: &'static str = "page";

    #[cfg(feature = "ssr")]
    async fn answer(self) -> Result<crate::AnswerTo<Example, Self>, Failed> {
        // The tests' tabs ask over the line.
        Err(Failed::Unavailable)
    }
}

impl App for Example {
    type Nouns = Self;
    type Failure = Failed;

    const NAME: &'static str = "example";
    const LIVE: &'static str = "/live";

    fn queries_at(address: &str, _: Option<u64>) -> Vec<AnyQuery<Self>> {
        address.strip_prefix("/pages/").and_then(|number| number.parse().ok()).map(page).into_iter().collect()
    }

    async fn fetch_changes(_: LogId, since: Seq, tags: Vec<Tag>) -> Result<CatchUp<Self>, Failed> {
        TestServer::changes(since, &tags)
    }

    async fn check_answer(_: LogId, _: Shown<Self>, _: ClientSample) -> Result<Option<Checked<Self>>, Failed> {
        Ok(None)
    }

    async fn fetch_session() -> Result<Option<Tag>, Failed> {
        Ok(TestServer::session())
    }
}

fn page(number: u64) -> AnyQuery<Example> {
    AnyQuery::of(&Page { number })
}

impl Nouns for Example {
    type Tag = Tag;
    type Area = Area;
    type Viewer = u64;

    fn area_tag(area: Area) -> Tag {
        match area {
            Area::Reading => Tag::Area,
        }
    }

    fn policy_of(area: Area) -> Policy {
        match area {
            Area::Reading => Policy::minutes(30),
        }
    }
}

impl abreast_core::Tag for Tag {}

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self:?}")
    }
}
