//! Public pages as strangers get them, kept whole: judged by the same rule as every other Entry.
//!
//! Making a page takes most of a millisecond, handing it out a few microseconds. The app says which pages may be kept,
//! and under which names ([`KeyOf`]). Each answer that goes into a page is noted in the page's [`Basis`].

mod basis;
mod kept_page;
mod making;
mod serving;

use std::sync::Arc;

use abreast_core::{
    Key, Seq,
    observe::metrics::{CacheEvent, Outcome, Tier},
};
use axum::extract::Request;
use quick_cache::{Weighter, sync::Cache};

pub use self::{basis::Basis, serving::serve_kept};
use self::{
    kept_page::KeptPage,
    making::{Making, Turn},
};
use super::Site;
use crate::{App, Engine, Heard, nouns::Entry};

/// What may be kept, in bytes of HTML and its compressed forms.
const BUDGET: u64 = 64 * 1024 * 1024;

/// How many pages a node is expected to keep.
const EXPECTED: usize = 4_096;

/// Under which name the answer to a request is kept; `None` if it isn't: a page that is one person's, or one whose
/// address a visitor made up.
pub type KeyOf = fn(&Request) -> Option<String>;

/// A page as any tier keeps an answer.
type Page<A> = Entry<KeptPage, A>;

/// This node's pages. Cheap to clone.
pub struct Pages<A: App>(Arc<Inner<A>>);

struct Inner<A: App> {
    site: Site<A>,
    key_of: KeyOf,
    held: Cache<String, Held<A>, ByBytes>,
    making: Making,
}

/// A page, the highest position among the answers in it, how long it may be kept, and its areas.
struct Held<A: App> {
    entry: Arc<Page<A>>,
    newest: Seq,
    keep_for: i64,
    areas: u64,
}

#[derive(Clone)]
struct ByBytes;

impl<A: App> Weighter<String, Held<A>> for ByBytes {
    fn weight(&self, key: &String, held: &Held<A>) -> u64 {
        held.entry.value.weight() + key.len() as u64
    }
}

impl<A: App> Pages<A> {
    /// None yet.
    pub fn start(site: Site<A>, key_of: KeyOf) -> Self {
        let held = Cache::with_weighter(EXPECTED, BUDGET, ByBytes);
        let pages = Self(Arc::new(Inner { site, key_of, held, making: Making::default() }));
        tokio::spawn(pages.clone().sweep());
        pages
    }

    fn site(&self) -> &Site<A> {
        &self.0.site
    }

    fn engine(&self) -> &Engine<A> {
        &self.0.site.engine
    }

    fn key(&self, request: &Request) -> Option<String> {
        (self.0.key_of)(request)
    }

    /// The page if it may be shown, and the highest position in it.
    fn fresh(&self, key: &str) -> Option<(Arc<Page<A>>, Seq)> {
        let Held { entry, newest, keep_for, areas } = self.0.held.get(key)?;
        let lives = self.engine().now().since(entry.stored_at) <= keep_for;
        let may_be_kept = lives && self.engine().kept_areas() & areas == areas;
        (may_be_kept && self.engine().judge(&entry.tags, entry.as_of).is_fresh()).then_some((entry, newest))
    }

    /// The turn to make this page; `None`, once it was made, if another request had it.
    async fn begin_making(&self, key: &str) -> Option<Turn> {
        self.0.making.begin(key).await
    }

    /// Keeps a page, unless a newer one is held: never back (rule 4).
    fn offer(&self, key: String, entry: Page<A>, newest: Seq, keep_for: i64, areas: u64) {
        let is_newer = |held: &Held<A>| held.entry.as_of > entry.as_of;
        if !self.0.held.get(&key).as_ref().is_some_and(is_newer) {
            self.0.held.insert(key, Held { entry: Arc::new(entry), newest, keep_for, areas });
        }
    }

    fn count(&self, outcome: Outcome, name: &Key) {
        let (at, key) = (self.engine().now(), name.clone());
        self.engine().record(CacheEvent { at, tier: Tier::Page, outcome, key, micros: None, bytes: None });
    }

    /// Forgets what must never be shown again. It is judged away already; this gives the memory back.
    async fn sweep(self) {
        let mut heard = self.engine().listen();
        while Heard::eviction(&mut heard).await {
            self.0.held.retain(|_, held| self.engine().judge(&held.entry.tags, held.entry.as_of).is_fresh());
        }
    }
}

impl<A: App> Clone for Pages<A> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<A: App> Clone for Held<A> {
    fn clone(&self) -> Self {
        let Self { entry, newest, keep_for, areas } = self;
        Self { entry: Arc::clone(entry), newest: *newest, keep_for: *keep_for, areas: *areas }
    }
}
