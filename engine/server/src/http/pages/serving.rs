//! How a page is answered: it was kept, or it is made.

use abreast_core::{Entry, Key, list_tags, observe::metrics::Tier};
use axum::{
    body::{Bytes, to_bytes},
    extract::{Request, State},
    http::{StatusCode, header, request::Parts, response},
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::{
    Address, Basis, Body, Fragments, IsFor, Kept, Marks, PageAnswer, PageRules, Pages, Sender, kept_page::KeptPage,
};
use crate::{App, http::seen::Raising};

/// Answers, and raises Seen by what the answer shows. Outermost, because a kept page bears no cookie itself.
pub async fn serve_kept<A: App, R: PageRules<A>>(
    State(pages): State<Pages<A, R>>,
    mut request: Request,
    next: Next,
) -> Response {
    let raising = Raising::begin(&mut request, pages.site()).await;
    let response = answer(&pages, &raising, request, next).await;
    raising.end(response, pages.site())
}

/// Hands out the page if it is kept and still true, else has it made: once, for all askers.
async fn answer<A: App, R: PageRules<A>>(
    pages: &Pages<A, R>,
    raising: &Raising,
    request: Request,
    next: Next,
) -> Response {
    let (asked, sent) = request.into_parts();
    let Some(address) = pages.rules().address(&asked) else { return next.run(Request::from_parts(asked, sent)).await };
    let (engine, seen) = (pages.engine(), raising.seen());
    let begun = engine.begin_sample();
    // A blind node makes its pages of what may be shown, and keeps none.
    if engine.confirm(seen).await.is_err() {
        return next.run(Request::from_parts(asked, sent)).await;
    }
    let member = match (pages.rules().sender(&asked, seen).await, address.is_for) {
        (Sender::Unclear, _) | (Sender::Stranger, IsFor::OneMember) => {
            return next.run(Request::from_parts(asked, sent)).await;
        }
        (Sender::Stranger, IsFor::Everybody) => None,
        (Sender::Member(fragments), _) => Some(fragments),
    };
    let key = key(&address, member.as_ref());
    let hand_out = || {
        let (page, newest) = pages.fresh(&key)?;
        let answer = page.value.answer(member.as_ref(), &asked.headers)?;
        raising.shows(member.as_ref().map_or(newest, |fragments| newest.max(fragments.newest())));
        Some((answer, page))
    };
    if let Some((answer, page)) = hand_out() {
        pages.count(if member.is_some() { PageAnswer::Filled } else { PageAnswer::Kept }, page.value.name());
        if let Some(begun) = begun {
            engine.take_sample(begun, page.value.name(), Tier::Page, &page, seen);
        }
        return answer;
    }
    pages.count(PageAnswer::Made, &Key::from_text(asked.uri.path()));
    let turn = pages.begin_making(&key).await;
    if turn.is_none()
        && engine.confirm(seen).await.is_ok()
        && let Some((answer, _)) = hand_out()
    {
        return answer;
    }
    // What could not be kept is made for each, and not one after the other.
    let request = Request::from_parts(asked, sent);
    match member {
        None => make(pages, key, request, next).await,
        Some(fragments) => {
            raising.shows(fragments.newest());
            make_body(pages, key, &fragments, address.is_for, request, next).await
        }
    }
}

/// A stranger's page, everybody's body and a member's own body are three pages.
fn key<A: App>(address: &Address, member: Option<&impl Fragments<A>>) -> String {
    match (member, address.is_for) {
        (None, _) => address.name.clone(),
        (Some(_), IsFor::Everybody) => format!("member {}", address.name),
        (Some(fragments), IsFor::OneMember) => format!("own {} {}", fragments.own_name(), address.name),
    }
}

/// Makes a stranger's page, and keeps it if everything in it may be kept.
async fn make<A: App, R: PageRules<A>>(pages: &Pages<A, R>, key: String, mut request: Request, next: Next) -> Response {
    let basis = Basis::<A>::default();
    let name = Key::from_text(request.uri().path());
    request.extensions_mut().insert(basis.clone());
    let asked = request.headers().clone();
    // A kept page is compressed here, and once.
    request.headers_mut().remove(header::ACCEPT_ENCODING);
    let response = next.run(request).await;
    if !is_page(&response) || !may_be_kept(&response) {
        return response;
    }
    let Some(whole) = basis.of_all() else { return response };
    let Some((head, html)) = read(response).await else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    let value = KeptPage::new(name.clone(), html, head.headers, &list_tags(whole.tags.iter(), ","));
    let answer = value.answer(&asked);
    let (keep_for, value) = (whole.policy.lifetime(&name), Kept::Whole(value));
    let entry = Entry { value, tags: whole.tags, as_of: whole.as_of, stored_at: pages.engine().now() };
    pages.offer(key, entry, whole.newest, keep_for, whole.areas);
    answer
}

/// Makes a body, puts the member's fragments in, and keeps the body if everything in it may be kept. If it is none, the
/// page is made for this member.
async fn make_body<A: App, R: PageRules<A>>(
    pages: &Pages<A, R>,
    key: String,
    member: &R::Fragments,
    is_for: IsFor,
    request: Request,
    next: Next,
) -> Response {
    let name = Key::from_text(request.uri().path());
    let (asked, sent) = request.into_parts();
    let mut blank = Request::from_parts(Parts::clone(&asked), axum::body::Body::empty());
    let marks = member.ask(is_for, &mut blank);
    let basis = basis_of(member, is_for, &marks);
    blank.extensions_mut().insert(basis.clone());
    blank.headers_mut().remove(header::ACCEPT_ENCODING);
    let response = next.clone().run(blank).await;
    let may_be_kept = may_be_kept(&response);
    let is_page = is_page(&response);
    let body = match read(response).await.filter(|_| is_page) {
        None => None,
        Some((head, html)) => Body::cut(name.clone(), html, head.headers, &marks).map(|body| (head.status, body)),
    };
    let Some((status, body)) = body else {
        tracing::debug!(page = %name, "no body: the page is made for its asker");
        return next.run(Request::from_parts(asked, sent)).await;
    };
    let mut answer = body.answer(member, &asked.headers);
    *answer.status_mut() = status;
    if let Some(whole) = basis.of_all().filter(|_| may_be_kept) {
        let (keep_for, value) = (whole.policy.lifetime(&name), Kept::Body(body));
        let entry = Entry { value, tags: whole.tags, as_of: whole.as_of, stored_at: pages.engine().now() };
        pages.offer(key, entry, whole.newest, keep_for, whole.areas);
    }
    answer
}

fn basis_of<A: App>(member: &impl Fragments<A>, is_for: IsFor, marks: &Marks<A>) -> Basis<A> {
    match is_for {
        IsFor::Everybody => Basis::without(marks.left_out),
        IsFor::OneMember => Basis::of(member.viewer()),
    }
}

fn is_page(response: &Response) -> bool {
    response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"))
}

fn may_be_kept(response: &Response) -> bool {
    response.status() == StatusCode::OK && !response.headers().contains_key(header::SET_COOKIE)
}

/// A page with all its text.
async fn read(response: Response) -> Option<(response::Parts, Bytes)> {
    let (head, body) = response.into_parts();
    Some((head, to_bytes(body, usize::MAX).await.ok()?))
}
