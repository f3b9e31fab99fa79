//! Kept pages: judged by the same rule as every other Entry.
//!
//! Making a page takes most of a millisecond, handing it out a few microseconds. A stranger gets a page as it is kept.
//! For members a page is kept as a body with places in it, made for a stand-in, who is nobody. What is one member's is
//! put into the places as the body goes out. The app says which pages may be kept, and what of them is whose
//! ([`PageRules`]). Each answer that goes into a page is noted in the page's [`Basis`].

mod rules;
mod basis;
mod kept_page;
mod marks;
mod body;
mod zip;
mod making;
mod counts;
mod serving;

use std::sync::Arc;

use abreast_core::{
    Key, Seq,
    observe::metrics::{CacheEvent, Outcome, Tier},
};
use axum::{
    body::Body as Sent,
    http::{HeaderMap, Response},
};
use quick_cache::{Weighter, sync::Cache};

pub use self::{
    basis::Basis,
    counts::{PageAnswer, PageCounts},
    marks::{Marks, choice, place},
    rules::{Address, Fragments, IsFor, PageRules, Sender},
    serving::serve_kept,
};
use self::{
    body::Body,
    kept_page::KeptPage,
    making::{Making, Turn},
};
use super::Site;
use crate::{App, Engine, Heard, nouns::Entry};

/// What may be kept, in bytes of HTML and its compressed forms.
const BUDGET: u64 = 64 * 1024 * 1024;

/// How many pages a node is expected to keep.
const EXPECTED: usize = 4_096;

/// A page, in the form in which it is kept.
enum Kept {
    /// For strangers, as it is.
    Whole(KeptPage),
    /// For members, with places.
    Body(Body),
}

/// A page as any tier keeps an answer.
type Page<A> = Entry<Kept, A>;

/// This node's pages. Cheap to clone.
pub struct Pages<A: App, R>(Arc<Inner<A, R>>);

struct Inner<A: App, R> {
    site: Site<A>,
    rules: R,
    held: Cache<String, Held<A>, ByBytes>,
    making: Making,
    counts: PageCounts,
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

impl Kept {
    /// Its address, as metrics name it.
    const fn name(&self) -> &Key {
        match self {
            Self::Whole(page) => page.name(),
            Self::Body(body) => body.name(),
        }
    }

    fn weight(&self) -> u64 {
        match self {
            Self::Whole(page) => page.weight(),
            Self::Body(body) => body.weight(),
        }
    }

    /// As it goes out; `None` for a body without a member, or a stranger's page for one.
    fn answer<A: App>(&self, member: Option<&impl Fragments<A>>, request: &HeaderMap) -> Option<Response<Sent>> {
        match (self, member) {
            (Self::Whole(page), None) => Some(page.answer(request)),
            (Self::Body(body), Some(fragments)) => Some(body.answer(fragments, request)),
            (Self::Whole(_), Some(_)) | (Self::Body(_), None) => None,
        }
    }
}

impl<A: App, R: PageRules<A>> Pages<A, R> {
    /// None yet.
    pub fn start(site: Site<A>, rules: R) -> Self {
        let held = Cache::with_weighter(EXPECTED, BUDGET, ByBytes);
        let pages =
            Self(Arc::new(Inner { site, rules, held, making: Making::default(), counts: PageCounts::default() }));
        tokio::spawn(pages.clone().sweep());
        pages
    }

    fn site(&self) -> &Site<A> {
        &self.0.site
    }

    fn engine(&self) -> &Engine<A> {
        &self.0.site.engine
    }

    /// How its pages were answered.
    pub fn counts(&self) -> PageCounts {
        self.0.counts.clone()
    }

    fn rules(&self) -> &R {
        &self.0.rules
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

    fn count(&self, answer: PageAnswer, name: &Key) {
        self.0.counts.note(answer);
        let outcome = match answer {
            PageAnswer::Kept | PageAnswer::Filled => Outcome::Hit,
            PageAnswer::Made => Outcome::Miss,
        };
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

impl<A: App, R> Clone for Pages<A, R> {
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
