//! A guestbook: the engine's second app, and the shortest. What one person writes is on everybody's screen at once.
//!
//! In reading order: what the app is about, its page, its server functions, and what the server's half asks of it.
#![expect(missing_docs, reason = "`#[server]` makes a public field of every argument, whose name says what it is")]

use std::fmt;

use abreast_browser::{App, Boot, Browser, Failed, JsonCodec, LiveConnection, MutationClient, use_mutation, use_query};
use abreast_core::{CatchUp, LogId, Nouns, Policy, Query, Seq, Tags, observe::sample::Share};
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

/// What just became true.
#[derive(Debug, Serialize, Deserialize)]
pub enum Change {
    /// There is an entry more.
    Signed,
    /// The database was replaced by an older one.
    SetBack,
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
pub fn Page() -> impl IntoView {
    let (log, seen) = SharedValue::new(position).into_inner();
    let browser = Browser::<Guestbook>::provide(Boot { viewer: None, session: None, log, seen, sample: Share::NONE });
    let connection = LiveConnection::provide();
    // In the browser only, once the page has come alive.
    Effect::new(move || {
        browser.restore();
        browser.listen();
        browser.go_live(connection);
    });
    let entries = use_query(|| Entries {});
    let sign = use_mutation::<Guestbook, Sign>();
    let form = NodeRef::<leptos::html::Form>::new();
    let submit = move |event: SubmitEvent| {
        sign.submit(&event, move |answer| {
            if let (Ok(()), Some(form)) = (answer, form.get_untracked()) {
                form.reset();
            }
        });
    };
    let list = move || {
        entries
            .get()
            .map(|entries| entries.unwrap_or_default().into_iter().map(|text| view! { <li>{text}</li> }).collect_view())
    };
    view! {
        <h1>"Guestbook"</h1>
        <form node_ref=form action=SIGN method="post" on:submit=submit>
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

const SIGN: &str = "/api/sign";

/// Writes an entry.
#[server(endpoint = "sign", output = JsonCodec, client = MutationClient)]
pub async fn sign(text: String) -> Result<Changed, Failed> {
    let book: server::Book = expect_context();
    let signed = book.sign(text).await?;
    leptos_axum::redirect("/");
    Ok(abreast_browser::ssr::written::<Guestbook, ()>(signed).await)
}

/// What became of these tags.
#[server(endpoint = "changes", input = Json, output = JsonCodec)]
pub async fn fetch_changes(log: LogId, since: Seq, tags: Vec<Tag>) -> Result<CatchUp<Tag>, Failed> {
    abreast_browser::ssr::catch_up::<Guestbook>(log, since, tags).await
}

/// A mutation's answer.
pub type Changed = abreast_browser::Changed<(), Guestbook>;

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

impl abreast_core::Tag for Tag {
    fn is_named_in(self, _: &str) -> bool {
        false
    }
}

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("entries")
    }
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

/// Which log the page follows, and how far it is: known by the server, and handed to the browser inside the page.
fn position() -> (LogId, Seq) {
    #[cfg(feature = "ssr")]
    return expect_context::<server::Book>().position();
    #[cfg(not(feature = "ssr"))]
    (LogId::from_bits(0), Seq::ZERO)
}

/// Brings the page alive.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_body(Page);
}

#[cfg(feature = "ssr")]
pub mod server;
