//! An app for the engine's own tests: pages, and how many changes there were.

use std::{fmt, path::Path, sync::LazyLock};

use abreast_core::{Audience, Key, Policy, Query};
use include_dir::include_dir;
use serde::{Deserialize, Serialize};
use sqlx::migrate::Migrator;

use crate::{
    Address, Ahead, App, Engine, Error, Load, Reader, Result, RowRules, Settings, TouchedRow, WarmUp, Writer,
    migrations,
};

static MIGRATIONS: LazyLock<Migrator> = LazyLock::new(|| migrations(include_dir!("$CARGO_MANIFEST_DIR/migrations")));

/// The app, its nouns, its rules and its pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Example {}

/// A tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(crate) enum Tag {
    Page(u64),
    List,
    Area(Area),
    Person(u64),
}

/// A page family.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(crate) enum Area {
    Reading,
    Writing,
}

/// A fact.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) enum Change {
    Saved(u64),
    SetBack,
}

/// How many changes there were.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Changes {}

/// A node of the app, with its database in this file.
pub(crate) async fn open(file: &Path, settings: Settings) -> (Engine<Example>, Writer<Example>) {
    Engine::open(&Address::Sqlite(file.into()), settings).await.expect("a node")
}

impl App for Example {
    type Nouns = Self;
    type Change = Change;
    type Error = Error;
    type Rows = Self;
    type WarmUp = Self;

    const NAME: &'static str = "example";
    const VERSION: &'static str = "1";

    fn migrations() -> &'static Migrator {
        &MIGRATIONS
    }

    fn directives(change: &Change) -> Vec<abreast_core::Directive<Tag>> {
        use abreast_core::Directive::{Evict, Refresh};
        match change {
            Change::Saved(page) => vec![Refresh(Tag::Page(*page)), Refresh(Tag::List)],
            Change::SetBack => vec![Evict(Tag::Area(Area::Reading)), Evict(Tag::Area(Area::Writing))],
        }
    }

    fn areas(_: &Change) -> Vec<Area> {
        vec![Area::Reading]
    }

    fn audience(_: &Change) -> Audience<u64> {
        Audience::Everyone
    }

    fn rights_of(tag: Tag) -> Option<u64> {
        match tag {
            Tag::Person(person) => Some(person),
            Tag::Page(_) | Tag::List | Tag::Area(_) => None,
        }
    }

    fn set_back() -> Change {
        Change::SetBack
    }

    fn place_of(area: Area) -> u32 {
        area as u32
    }
}

impl Query for Changes {
    type Nouns = Example;
    type Output = i64;

    const NAME: &'static str = "changes";
    const AREA: Area = Area::Reading;

    fn viewer(&self) -> Option<u64> {
        None
    }

    fn tags(&self, _: &i64) -> abreast_core::Tags<Tag> {
        abreast_core::Tags::of(Tag::List, [])
    }
}

impl Load<Changes> for Example {
    async fn load(_: &Changes, reader: &mut Reader) -> Result<i64> {
        Ok(sqlx::query_scalar("select count(*) from log").fetch_one(&mut **reader).await?)
    }
}

/// It has no rows of its own.
impl RowRules<Self> for Example {
    const TABLES: &'static [crate::WatchedTable] = &[];

    fn must_say(_: &Change, _: TouchedRow<'_>) -> Result<Vec<Vec<Tag>>> {
        Ok(vec![])
    }
}

impl WarmUp<Self> for Example {
    type Page = ();

    async fn first(_: &mut Reader) -> Result<Vec<()>> {
        Ok(vec![()])
    }

    fn touched(_: &[abreast_core::Directive<Tag>]) -> Vec<()> {
        vec![()]
    }

    fn signed_in(_: u64) -> Vec<()> {
        vec![()]
    }

    fn key((): &()) -> Key {
        Changes {}.key()
    }

    async fn load((): (), ahead: &Ahead<'_, Self>) -> Vec<()> {
        ahead.load(&Changes {}).await;
        vec![]
    }
}

impl abreast_core::Nouns for Example {
    type Tag = Tag;
    type Area = Area;
    type Viewer = u64;

    fn area_tag(area: Area) -> Tag {
        Tag::Area(area)
    }

    fn policy_of(area: Area) -> Policy {
        match area {
            Area::Reading | Area::Writing => Policy::minutes(10),
        }
    }
}

impl abreast_core::Tag for Tag {}

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self:?}")
    }
}
