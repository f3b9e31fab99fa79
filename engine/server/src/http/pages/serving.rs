//! How a page is answered: it was kept, or it is made.

use abreast_core::{
    Entry, Key, list_tags,
    observe::metrics::{Outcome, Tier},
};
use axum::{
    body::to_bytes,
    extract::{Request, State},
    http::{StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::{Basis, Pages, kept_page::KeptPage};
use crate::{App, http::seen::Raising};

/// Answers, and raises Seen by what the answer shows. Outermost, because a kept page bears no cookie itself.
pub async fn serve_kept<A: App>(State(pages): State<Pages<A>>, mut request: Request, next: Next) -> Response {
    let raising = Raising::begin(&mut request, pages.site()).await;
    let response = answer(&pages, &raising, request, next).await;
    raising.end(response, pages.site())
}

/// Hands out the page if it is kept and still true, else has it made: once, for all askers.
async fn answer<A: App>(pages: &Pages<A>, raising: &Raising, request: Request, next: Next) -> Response {
    let Some(key) = pages.key(&request) else { return next.run(request).await };
    let (engine, seen) = (pages.engine(), raising.seen());
    let begun = engine.begin_sample();
    // A blind node makes its pages of what may be shown, and keeps none.
    if engine.confirm(seen).await.is_err() {
        return next.run(request).await;
    }
    if let Some((page, newest)) = pages.fresh(&key) {
        raising.shows(newest);
        pages.count(Outcome::Hit, page.value.name());
        if let Some(begun) = begun {
            engine.take_sample(begun, page.value.name(), Tier::Page, &page, seen);
        }
        return page.value.answer(request.headers());
    }
    pages.count(Outcome::Miss, &Key::from_text(request.uri().path()));
    let turn = pages.begin_making(&key).await;
    if turn.is_none()
        && engine.confirm(seen).await.is_ok()
        && let Some((page, newest)) = pages.fresh(&key)
    {
        raising.shows(newest);
        return page.value.answer(request.headers());
    }
    // What could not be kept is made for each, and not one after the other.
    make(pages, key, request, next).await
}

/// Makes the page, and keeps it if everything in it may be kept.
async fn make<A: App>(pages: &Pages<A>, key: String, mut request: Request, next: Next) -> Response {
    let basis = Basis::<A>::default();
    let name = Key::from_text(request.uri().path());
    request.extensions_mut().insert(basis.clone());
    let asked = request.headers().clone();
    // A kept page is compressed here, and once.
    request.headers_mut().remove(header::ACCEPT_ENCODING);
    let response = next.run(request).await;
    let is_page =
        response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    let may_be_kept = response.status() == StatusCode::OK && !response.headers().contains_key(header::SET_COOKIE);
    let Some(whole) = basis.of_all().filter(|_| is_page && may_be_kept) else { return response };
    let (head, body) = response.into_parts();
    let Ok(html) = to_bytes(body, usize::MAX).await else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    let keep_for = whole.policy.lifetime(&name);
    let value = KeptPage::new(name, html, head.headers, &list_tags(whole.tags.iter(), ","));
    let answer = value.answer(&asked);
    let entry = Entry { value, tags: whole.tags, as_of: whole.as_of, stored_at: pages.engine().now() };
    pages.offer(key, entry, whole.newest, keep_for, whole.areas);
    answer
}
