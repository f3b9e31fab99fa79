//! Public pages as strangers get them, kept whole: judged by the same rule as every other Entry.
//!
//! Making a chapter's page takes most of a millisecond, handing it out a few microseconds. Pages are kept for visitors
//! without a session: these pages differ by address and theme alone.

mod kept;
mod making;

use std::sync::Arc;

use app::{
    basis::{Basis, Whole},
    components::theme,
};
use axum::{
    body::to_bytes,
    extract::{Request, State},
    http::{Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use axum_extra::extract::CookieJar;
use domain::{Areas, CacheEvent, Entry, Key, Outcome, Seq, Tier};
use quick_cache::{Weighter, sync::Cache};
use store::{Heard, Store};

use self::{kept::Kept, making::Making};
use crate::{asking::shown_session, seen::Raising};

/// What may be kept, in bytes of HTML and its compressed forms.
const BUDGET: u64 = 64 * 1024 * 1024;

/// Where strangers read. Other pages are made anew each time.
const PUBLIC: [&str; 6] = ["/novels", "/novels/", "/comics", "/comics/", "/community", "/community/"];

/// Arguments that pages have. An address with any other is not kept, so that visitors can't fill the memory.
const ARGUMENTS: [&str; 3] = ["genre=", "page=", "under="];

/// A page, the highest position among what it is made of, how long it may be kept, and its areas.
#[derive(Clone)]
struct Held {
    entry: Arc<Entry<Kept>>,
    newest: Seq,
    keep_for: i64,
    areas: Areas,
}

/// This node's pages. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Pages {
    store: Store,
    held: Arc<Cache<String, Held, ByBytes>>,
    making: Making,
}

#[derive(Clone)]
struct ByBytes;

impl Weighter<String, Held> for ByBytes {
    fn weight(&self, key: &String, held: &Held) -> u64 {
        held.entry.value.weight() + key.len() as u64
    }
}

impl Pages {
    /// None yet.
    pub(crate) fn new(store: Store) -> Self {
        let held = Arc::new(Cache::with_weighter(4_096, BUDGET, ByBytes));
        let pages = Self { store, held, making: Making::default() };
        tokio::spawn(pages.clone().sweep());
        pages
    }

    fn fresh(&self, key: &str) -> Option<(Arc<Entry<Kept>>, Seq)> {
        let Held { entry, newest, keep_for, areas } = self.held.get(key)?;
        let lives = self.store.now().since(entry.stored_at) <= keep_for;
        let may_be_kept = lives && self.store.areas().has_all(areas);
        (may_be_kept && self.store.judge(&entry.tags, entry.as_of).is_fresh()).then_some((entry, newest))
    }

    fn count(&self, outcome: Outcome, name: &Key) {
        let (at, key) = (self.store.now(), name.clone());
        self.store.record(CacheEvent { at, tier: Tier::Page, outcome, key, micros: None, bytes: None });
    }

    /// Forgets what must never be shown again. It is judged away already; this gives the memory back.
    async fn sweep(self) {
        let mut heard = self.store.listen();
        while Heard::eviction(&mut heard).await {
            self.held.retain(|_, held| self.store.judge(&held.entry.tags, held.entry.as_of).is_fresh());
        }
    }
}

/// Answers, and raises Seen by what the answer shows. Outermost, because a kept page bears no cookie itself.
pub(crate) async fn serve(State(pages): State<Pages>, mut request: Request, next: Next) -> Response {
    let cookies = CookieJar::from_headers(request.headers());
    let raising = Raising::begin(&mut request, &cookies, &pages.store).await;
    let response = answer(&pages, &raising, &cookies, request, next).await;
    raising.end(response, &pages.store)
}

/// Hands out the page if it is kept and still true, else has it made: once, for all who ask.
async fn answer(pages: &Pages, raising: &Raising, cookies: &CookieJar, request: Request, next: Next) -> Response {
    let Some(key) = key(&request, cookies) else { return next.run(request).await };
    let seen = raising.seen();
    let begun = pages.store.begin_sample();
    // A blind node makes its pages of what may be shown, and keeps none.
    if pages.store.confirm(seen).await.is_err() {
        return next.run(request).await;
    }
    if let Some((page, newest)) = pages.fresh(&key) {
        raising.shows(newest);
        pages.count(Outcome::Hit, page.value.name());
        if let Some(begun) = begun {
            pages.store.take_sample(begun, page.value.name(), Tier::Page, &page, seen);
        }
        return page.value.answer(request.headers());
    }
    pages.count(Outcome::Miss, &Key::from_text(request.uri().path()));
    let turn = pages.making.begin(&key).await;
    if turn.is_none()
        && pages.store.confirm(seen).await.is_ok()
        && let Some((page, newest)) = pages.fresh(&key)
    {
        raising.shows(newest);
        return page.value.answer(request.headers());
    }
    // What could not be kept is made for each, and not one after the other.
    make(pages, &key, request, next).await
}

/// Makes the page, and keeps it if everything in it may be kept.
async fn make(pages: &Pages, key: &str, mut request: Request, next: Next) -> Response {
    let basis = Basis::default();
    let name = Key::from_text(request.uri().path());
    request.extensions_mut().insert(basis.clone());
    let asked = request.headers().clone();
    // A kept page is compressed here, and once.
    request.headers_mut().remove(header::ACCEPT_ENCODING);
    let response = next.run(request).await;
    let is_page =
        response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    let may_be_kept = response.status() == StatusCode::OK && !response.headers().contains_key(header::SET_COOKIE);
    let Some(Whole { tags, areas, as_of, newest, policy }) = basis.of_all().filter(|_| is_page && may_be_kept) else {
        return response;
    };
    let (head, body) = response.into_parts();
    let Ok(html) = to_bytes(body, usize::MAX).await else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    let keep_for = policy.lifetime(&name);
    let value = Kept::new(name, html, head.headers, &tags);
    let answer = value.answer(&asked);
    let entry = Entry { value, tags, as_of, stored_at: pages.store.now() };
    let is_newer = |held: &Held| held.entry.as_of > entry.as_of;
    // Never back (rule 4).
    if !pages.held.get(key).as_ref().is_some_and(is_newer) {
        pages.held.insert(key.to_owned(), Held { entry: Arc::new(entry), newest, keep_for, areas });
    }
    answer
}

/// Under which name a stranger's page is kept; `None` if it isn't.
fn key(request: &Request, cookies: &CookieJar) -> Option<String> {
    if request.method() != Method::GET || shown_session(cookies).is_some() {
        return None;
    }
    let (path, arguments) = (request.uri().path(), request.uri().query().unwrap_or_default());
    let public = path == "/"
        || PUBLIC.iter().any(|public| path == *public || (public.ends_with('/') && path.starts_with(public)));
    let known = arguments.is_empty()
        || arguments.split('&').all(|argument| ARGUMENTS.iter().any(|known| argument.starts_with(known)));
    // One that there isn't is none: who invents themes fills nothing.
    let theme = theme::of_request(request.headers()).slug();
    (public && known).then(|| format!("{theme} {path}?{arguments}"))
}
