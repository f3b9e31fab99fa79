//! What an app tells the engine of itself: its changes, its questions, its tables, and what is worth warming.

use std::{convert::Infallible, fmt::Debug};

use abreast_core::{Audience, Directive, Key, Nouns, Query};
use serde::{Serialize, de::DeserializeOwned};
use sqlx::migrate::Migrator;

use crate::{
    Error, Reader,
    nouns::{Area, Tag, Viewer},
    warm::Ahead,
};

/// An app, as one type that is never made: an empty enum with derives.
pub trait App: Debug + Copy + Send + Sync + 'static {
    /// Its tags, page families and viewers.
    type Nouns: Nouns;
    /// A fact that just became true, as the log keeps it.
    type Change: Debug + Serialize + DeserializeOwned + Send + Sync + 'static;
    /// What can go wrong in it. Made of an error of the engine's it must give that back; its own refusals become
    /// [`Error::Refused`].
    type Error: From<Error> + From<sqlx::Error> + Into<Error> + Send + 'static;
    /// Which rows belong to what.
    type Rows: RowRules<Self>;
    /// The answers that are loaded ahead.
    type WarmUp: WarmUp<Self>;

    /// What names in Redis begin with.
    const NAME: &'static str;
    /// Which version of the program a node runs.
    const VERSION: &'static str;

    /// How its tables are brought up to date, the engine's among them.
    fn migrations() -> &'static Migrator;

    /// What every tier must do about a change.
    fn directives(change: &Self::Change) -> Vec<Directive<Tag<Self>>>;
    /// The page families that a change concerns, for people who look at the log.
    fn areas(_change: &Self::Change) -> Vec<Area<Self>> {
        vec![]
    }
    /// Who may be told of a change.
    fn audience(change: &Self::Change) -> Audience<Viewer<Self>>;
    /// The viewer who signed in or out when this tag is evicted: their live connections are cut, and come back with the
    /// rights that they have then. Nobody, in an app without sessions.
    fn rights_of(_tag: Tag<Self>) -> Option<Viewer<Self>> {
        None
    }
    /// The change that stands in the log where it leapt: an older state of the database took the place of one that
    /// had gone further.
    fn set_back() -> Self::Change;
    /// The place of a page family among all, from 0 to 63.
    fn place_of(area: Area<Self>) -> u32;
}

/// How an app answers a query from its database.
///
/// It is a trait of the app's own type, so that queries may come from another package.
pub trait Load<Q: Query<Nouns = Self::Nouns>>: App {
    /// Reads the answer from a snapshot. What the asker may not see is not found.
    fn load(query: &Q, reader: &mut Reader) -> impl Future<Output = Result<Q::Output, Self::Error>> + Send;
}

/// Which rows a change has to account for. Debug builds hold it against what a transaction really touched.
pub trait RowRules<A: App> {
    /// The tables that answers show.
    const TABLES: &'static [WatchedTable];

    /// What this change must say that touched this row: one tag of each group.
    fn must_say(change: &A::Change, row: TouchedRow<'_>) -> Result<Vec<Vec<Tag<A>>>, A::Error>;
}

/// A table, and the columns that say what a touched row of it belongs to.
pub type WatchedTable = (&'static str, [&'static str; 3]);

/// A row that a transaction touched: its table, and what stands in the columns that [`RowRules::TABLES`] names.
#[derive(Debug, Clone, Copy)]
pub struct TouchedRow<'a> {
    /// The table.
    pub table: &'a str,
    /// The first column.
    pub a: &'a str,
    /// The second.
    pub b: &'a str,
    /// The third.
    pub c: &'a str,
}

/// What readers are about to ask.
pub trait WarmUp<A: App> {
    /// A question that is worth loading ahead, and what to look at after it.
    type Page: Debug + PartialEq + Send + 'static;

    /// What is looked at first after a start, the most wanted first.
    fn first(reader: &mut Reader) -> impl Future<Output = Result<Vec<Self::Page>, A::Error>> + Send;
    /// What may be old by these directives, and is worth loading again.
    fn touched(directives: &[Directive<Tag<A>>]) -> Vec<Self::Page>;
    /// The pages that a person looks at after signing in.
    fn signed_in(viewer: Viewer<A>) -> Vec<Self::Page>;
    /// The key of a page's question.
    fn key(page: &Self::Page) -> Key;
    /// Loads it, and says what is looked at after it.
    fn load(page: Self::Page, ahead: &Ahead<'_, A>) -> impl Future<Output = Vec<Self::Page>> + Send;
}

/// An app whose answers show no rows of its own, or which holds none of its changes against them.
impl<A: App> RowRules<A> for () {
    const TABLES: &'static [WatchedTable] = &[];

    fn must_say(_: &A::Change, _: TouchedRow<'_>) -> Result<Vec<Vec<Tag<A>>>, A::Error> {
        Ok(vec![])
    }
}

/// An app that loads nothing ahead.
impl<A: App> WarmUp<A> for () {
    type Page = Infallible;

    async fn first(_: &mut Reader) -> Result<Vec<Infallible>, A::Error> {
        Ok(vec![])
    }

    fn touched(_: &[Directive<Tag<A>>]) -> Vec<Infallible> {
        vec![]
    }

    fn signed_in(_: Viewer<A>) -> Vec<Infallible> {
        vec![]
    }

    fn key(page: &Infallible) -> Key {
        match *page {}
    }

    async fn load(page: Infallible, _: &Ahead<'_, A>) -> Vec<Infallible> {
        match page {}
    }
}
