//! The server's half: one table, and what the engine asks of an app.

use abreast_browser::ssr::{AskedKey, Asker, Serve, Visit};
use abreast_core::{Audience, Directive, LogId, Seq};
use abreast_server::{Address, App, Engine, Error, Load, Reader, Writer, http::Site};
use leptos::prelude::{expect_context, use_context};
use sqlx::migrate::Migrator;

use crate::{Change, Changed, Entries, Failed, Guestbook, Tag};

static MIGRATIONS: Migrator = sqlx::migrate!();

/// The book: its node, and the only writer.
#[derive(Clone)]
pub struct Book {
    engine: Engine<Guestbook>,
    writer: Writer<Guestbook>,
}

impl Book {
    /// Opens it.
    pub async fn open(file: &str) -> Result<Self, Error> {
        let (engine, writer) = Engine::open(&Address::Sqlite(file.into()), abreast_server::Settings::default()).await?;
        Ok(Self { engine, writer })
    }

    /// Writes an entry. Without its change this does not compile.
    pub(crate) async fn sign(&self, text: String) -> Result<Changed, Failed> {
        if text.trim().is_empty() || text.chars().count() > 200 {
            return Err(Failed::Unreadable("Please write something, in 200 letters or less.".to_owned()));
        }
        let mut tx = self.writer.begin().await?;
        sqlx::query("insert into entries select coalesce(max(number), 0) + 1, $1 from entries")
            .bind(text)
            .execute(&mut *tx)
            .await
            .map_err(Error::from)?;
        Ok(tx.commit(Change::Signed, ()).await?)
    }

    /// Its node.
    pub const fn engine(&self) -> &Engine<Guestbook> {
        &self.engine
    }

    /// Which log it keeps, and how far that is.
    pub(crate) fn position(&self) -> (LogId, Seq) {
        (self.engine.log_id(), self.engine.watermark())
    }
}

impl Load<Entries> for Guestbook {
    async fn load(_: &Entries, reader: &mut Reader) -> Result<Vec<String>, Error> {
        Ok(sqlx::query_scalar("select text from entries order by number desc limit 50")
            .fetch_all(&mut **reader)
            .await?)
    }
}

impl App for Guestbook {
    type Nouns = Self;
    type Change = Change;
    type Error = Error;
    /// No change is held against its rows, and nothing is loaded ahead.
    type Rows = ();
    type WarmUp = ();
    const NAME: &'static str = "guestbook";
    const VERSION: &'static str = env!("CARGO_PKG_VERSION");

    fn migrations() -> &'static Migrator {
        &MIGRATIONS
    }

    fn directives(change: &Change) -> Vec<Directive<Tag>> {
        match change {
            Change::Signed => vec![Directive::Refresh(Tag::Entries)],
            Change::SetBack => vec![Directive::Evict(Tag::Entries)],
        }
    }

    fn audience(_: &Change) -> Audience<u64> {
        Audience::Everyone
    }

    fn set_back() -> Change {
        Change::SetBack
    }

    fn place_of((): ()) -> u32 {
        0
    }
}

impl Serve for Guestbook {
    type Server = Self;

    fn engine() -> Engine<Self> {
        expect_context::<Book>().engine
    }

    fn area_name((): ()) -> &'static str {
        "guestbook"
    }

    fn asker() -> Asker<Self> {
        let seen = use_context::<axum::http::request::Parts>().zip(use_context::<Site<Self>>());
        Asker { viewer: None, seen: seen.map_or(Seq::ZERO, |(request, site)| site.seen(&request.headers)) }
    }

    async fn visit<V: Visit<Self>>(key: &AskedKey<'_, Self>, visitor: &V) -> Option<Result<V::Output, Failed>> {
        crate::visit(key, visitor).await
    }
}

#[test]
fn the_log_is_made_as_the_engine_makes_it() {
    let engine = include_str!("../../../server/migrations/0001_log.sql");
    assert_eq!(include_str!("../migrations/0001_log.sql"), engine);
}
