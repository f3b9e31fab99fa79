//! A guestbook: the engine's second app, and the shortest. What one person writes is on everybody's screen at once.
//! `cargo run -p guestbook`, then open <http://127.0.0.1:3100> in two windows.
#![expect(missing_docs, reason = "`#[server]` makes a public field of every argument, whose name says what it is")]

use std::fmt;

use abreast_browser::{App, Boot, Browser, Changed, Failed, JsonCodec, LiveConnection, MutationClient, use_mutation};
use abreast_core::{CatchUp, LogId, Nouns, Policy, Query, Seq, Tags};
use leptos::{ev::SubmitEvent, prelude::*, server_fn::codec::Json};
use serde::{Deserialize, Serialize};

/// The app and its nouns. Never made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Guestbook {}

/// What an answer can depend on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Tag {
    /// All that was written.
    Entries,
}

/// Asks for the newest entries, the last first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entries {}

impl Query for Entries {
    type Nouns = Guestbook;
    type Output = Vec<String>;
    const NAME: &'static str = "entries";
    const AREA: () = ();

    /// They are the same for everybody.
    fn viewer(&self) -> Option<u64> {
        None
    }

    fn tags(&self, _: &Vec<String>) -> Tags<Tag> {
        Tags::of(Tag::Entries, [])
    }
}

/// The page. It is on the server what it is in the browser.
#[component]
fn Page() -> impl IntoView {
    let browser = Browser::<Guestbook>::provide(Boot::from_page());
    let connection = LiveConnection::provide();
    // In the browser only, once the page has come alive.
    Effect::new(move || {
        browser.restore();
        browser.listen();
        browser.go_live(connection);
    });
    let entries = abreast_browser::use_query(|| Entries {});
    let sign = use_mutation::<Guestbook, Sign>();
    let form = NodeRef::<leptos::html::Form>::new();
    let submit = move |event: SubmitEvent| {
        sign.submit(&event, move |answer| {
            if let (Ok(()), Some(form)) = (answer, form.get_untracked()) {
                form.reset();
            }
        });
    };
    let item = |text| view! { <li>{text}</li> };
    let list = move || entries.get().map(|entries| entries.unwrap_or_default().into_iter().map(item).collect_view());
    view! {
        <h1>"Guestbook"</h1>
        <form node_ref=form action="/api/sign" method="post" on:submit=submit>
            <input name="text" aria-label="What you want to say" required maxlength="200" />
            <button>"Sign"</button>
        </form>
        <p role="alert">{move || sign.error().get().map(|error| error.to_string())}</p>
        <Transition><ol id="entries">{list}</ol></Transition>
    }
}

abreast_browser::queries! { for Guestbook;
    /// The newest entries.
    fetch_entries "entries" Entries {};
}

/// Writes an entry.
#[server(endpoint = "sign", output = JsonCodec, client = MutationClient)]
pub async fn sign(text: String) -> Result<Changed<(), Guestbook>, Failed> {
    let signed = book::add_entry(text).await?;
    leptos_axum::redirect("/");
    Ok(abreast_browser::ssr::written::<Guestbook, ()>(signed).await)
}

/// What became of these tags.
#[server(endpoint = "changes", input = Json, output = JsonCodec)]
pub async fn fetch_changes(log: LogId, since: Seq, tags: Vec<Tag>) -> Result<CatchUp<Tag>, Failed> {
    abreast_browser::ssr::catch_up::<Guestbook>(log, since, tags).await
}

impl App for Guestbook {
    type Nouns = Self;
    type Failure = Failed;
    const NAME: &'static str = "guestbook";
    const LIVE: &'static str = "/api/live";

    async fn fetch_changes(log: LogId, since: Seq, tags: Vec<Tag>) -> Result<CatchUp<Tag>, Failed> {
        fetch_changes(log, since, tags).await
    }
}

impl Nouns for Guestbook {
    type Tag = Tag;
    /// All is one page family.
    type Area = ();
    type Viewer = u64;

    fn area_tag((): ()) -> Tag {
        Tag::Entries
    }

    fn policy_of((): ()) -> Policy {
        Policy::minutes(10)
    }
}

impl abreast_core::Tag for Tag {}

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("entries")
    }
}

/// Brings the page alive.
#[cfg(not(feature = "ssr"))]
fn main() {
    leptos::mount::hydrate_body(Page);
}

#[cfg(feature = "ssr")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    abreast_standalone::serve::<Guestbook, _>(Page, env!("CARGO_MANIFEST_DIR"))
}

/// The server's half: one table, and what the engine asks of an app.
#[cfg(feature = "ssr")]
mod book {
    use std::sync::LazyLock;

    use abreast_browser::ssr::{AskedKey, Serve, Visit};
    use abreast_core::{Audience, Directive};
    use abreast_server::{App, Error, Load, Reader, Writer, migrations};
    use include_dir::include_dir;
    use leptos::prelude::expect_context;
    use sqlx::migrate::Migrator;

    use super::{Changed, Deserialize, Entries, Failed, Guestbook, Serialize, Tag};

    static MIGRATIONS: LazyLock<Migrator> =
        LazyLock::new(|| migrations(include_dir!("$CARGO_MANIFEST_DIR/migrations")));

    /// What just became true.
    #[derive(Debug, Serialize, Deserialize)]
    pub enum Change {
        /// There is an entry more.
        Signed,
        /// The database was replaced by an older one.
        SetBack,
    }

    /// Writes an entry. Without its change this does not compile.
    pub(crate) async fn add_entry(text: String) -> Result<Changed<(), Guestbook>, Failed> {
        if text.trim().is_empty() || text.chars().count() > 200 {
            return Err(Failed::Unreadable("Please write something, in 200 letters or less.".to_owned()));
        }
        let mut tx = expect_context::<Writer<Guestbook>>().begin().await?;
        let add = sqlx::query("insert into entries select coalesce(max(number), 0) + 1, $1 from entries").bind(text);
        add.execute(&mut *tx).await.map_err(Error::from)?;
        Ok(tx.commit(Change::Signed, ()).await?)
    }

    impl Load<Entries> for Guestbook {
        async fn load(_: &Entries, reader: &mut Reader) -> Result<Vec<String>, Error> {
            let newest = sqlx::query_scalar("select text from entries order by number desc limit 50");
            Ok(newest.fetch_all(&mut **reader).await?)
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

        fn area_name((): ()) -> &'static str {
            "guestbook"
        }

        async fn visit<V: Visit<Self>>(key: &AskedKey<'_, Self>, visitor: &V) -> Option<Result<V::Output, Failed>> {
            super::visit(key, visitor).await
        }
    }
}
