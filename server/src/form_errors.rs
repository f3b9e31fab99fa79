//! What a plain form was refused for stands in the address of the page that it came back to. Anybody can write an
//! address, so it is signed: words that this library did not say are not shown on its pages.

use app::way_back::WayBack;
use axum::{
    extract::{Request, State},
    http::{HeaderValue, Uri, header},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use store::Store;

/// What `server_fn` writes: whose error, and which; and our signature of both.
const PATH: &str = "__path";
const ERROR: &str = "__err";
const SIGNATURE: &str = "__sig";

/// Signs the errors that forms are sent back with, and leads to the plain page where one is not signed.
pub(crate) async fn vouch(State(store): State<Store>, request: Request, next: Next) -> Response {
    if !request.uri().path().starts_with("/api/") {
        if let Some(plain) = without_forgery(&store, request.uri()) {
            return Redirect::to(&plain).into_response();
        }
        return next.run(request).await;
    }
    let mut response = next.run(request).await;
    let back = response.headers().get(header::LOCATION).and_then(|back| back.to_str().ok());
    if let Some(Ok(signed)) = back.and_then(|back| signed(&store, back)).map(HeaderValue::try_from) {
        response.headers_mut().insert(header::LOCATION, signed);
    }
    response
}

/// The page's address without its error, if it has one that was not signed.
fn without_forgery(store: &Store, uri: &Uri) -> Option<String> {
    // By what it decodes to: the page that it leads to decodes the names too.
    let mut pairs = pairs(uri.query()?);
    if is_vouched_for(store, &pairs) {
        return None;
    }
    let before = pairs.len();
    pairs.retain(|(name, _)| ![PATH, ERROR, SIGNATURE].contains(&name.as_str()));
    if pairs.len() == before {
        return None;
    }
    let plain = with_query(uri.path(), &pairs);
    // It may begin like another site's.
    Some(WayBack::parse(&plain).map_or_else(|_| "/".to_owned(), |way| way.as_str().to_owned()))
}

/// The address that a form is sent back to, with the signature of its error; `None` if nothing is to be said of it.
fn signed(store: &Store, back: &str) -> Option<String> {
    let (page, query) = back.split_once('?')?;
    let mut pairs = pairs(query);
    let before = pairs.len();
    pairs.retain(|(name, _)| name != SIGNATURE);
    keep_last(&mut pairs, PATH);
    keep_last(&mut pairs, ERROR);
    match said(&pairs) {
        Some(said) => pairs.push((SIGNATURE.to_owned(), store.sign(&said))),
        None if pairs.len() == before => return None,
        None => {}
    }
    Some(with_query(page, &pairs))
}

/// A form that was refused before came from an address with that error in it: the last one is this time's.
fn keep_last(pairs: &mut Vec<(String, String)>, name: &str) {
    let mut others = pairs.iter().filter(|(of, _)| of == name).count().saturating_sub(1);
    pairs.retain(|(of, _)| {
        let is_old = of == name && others > 0;
        others -= usize::from(is_old);
        !is_old
    });
}

fn is_vouched_for(store: &Store, pairs: &[(String, String)]) -> bool {
    let signature = one(pairs, SIGNATURE);
    said(pairs).is_some_and(|said| signature.is_some_and(|signature| store.has_signed(&said, signature)))
}

/// Whose error it is and which, if there is exactly one of each.
fn said(pairs: &[(String, String)]) -> Option<String> {
    Some(format!("{}\n{}", one(pairs, PATH)?, one(pairs, ERROR)?))
}

fn one<'a>(pairs: &'a [(String, String)], name: &str) -> Option<&'a str> {
    let mut values = pairs.iter().filter(|(of, _)| of == name).map(|(_, value)| value.as_str());
    values.next().filter(|_| values.next().is_none())
}

fn pairs(query: &str) -> Vec<(String, String)> {
    serde_urlencoded::from_str(query).unwrap_or_default()
}

fn with_query(page: &str, pairs: &[(String, String)]) -> String {
    let query = serde_urlencoded::to_string(pairs).unwrap_or_default();
    if query.is_empty() { page.to_owned() } else { format!("{page}?{query}") }
}
