//! Forms that a browser sends without our script. They are asked as a script asks; what was done leads on, and what
//! was refused, by whichever layer, is answered with a page that has what was typed in it.

use app::{
    AppError,
    refused::{BACK, Refused},
    way_back::WayBack,
};
use axum::{
    Json,
    body::{Body, Bytes, to_bytes},
    extract::Request,
    http::{HeaderName, HeaderValue, Method, StatusCode, Uri, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use percent_encoding::percent_decode_str;

/// More than an error of ours says, with the texts in it.
const ERROR: usize = 1024 * 1024;

/// Says of a request that it is such a form.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PlainForm;

/// Answers a plain form; all else passes.
pub(crate) async fn answer(mut request: Request, next: Next) -> Response {
    if !is_plain_form(&request) {
        return next.run(request).await;
    }
    let (action, back) = (request.uri().clone(), back(&request));
    // Every layer inside answers in one way, and leads nowhere by itself.
    request.headers_mut().remove(header::ACCEPT);
    request.extensions_mut().insert(PlainForm);
    let mut page = page_of(&request, &back);
    let (head, body) = request.into_parts();
    let is_file = head.headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"multipart/"));
    let (body, fields) = if is_file {
        (body, vec![])
    } else {
        match to_bytes(body, usize::MAX).await {
            Ok(sent) => (Body::from(sent.clone()), fields(&sent)),
            // The layer outside measures it.
            Err(_) => return (StatusCode::PAYLOAD_TOO_LARGE, Json(AppError::TooLarge)).into_response(),
        }
    };
    let response = next.clone().run(Request::from_parts(head, body)).await;
    if response.status().is_success() {
        return lead_on(response, &back);
    }
    let (mut refusal, said) = response.into_parts();
    let said = to_bytes(said, ERROR).await.unwrap_or_default();
    let Ok(error) = serde_json::from_slice::<AppError>(&said) else {
        return Response::from_parts(refusal, Body::from(said));
    };
    let is_lost = is_file || error == AppError::TooLarge;
    let refused = Refused { action: with_back(&action, &back), fields, is_lost, error: error.clone(), back };
    page.extensions_mut().insert(refused);
    let mut response = next.run(page).await;
    if !response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html")) {
        // No page can be made just now: what was typed is where the browser's Back leads.
        response = error.to_string().into_response();
    }
    *response.status_mut() = refusal.status;
    if let Some(when) = refusal.headers.remove(header::RETRY_AFTER) {
        response.headers_mut().insert(header::RETRY_AFTER, when);
    }
    for cookie in refusal.headers.get_all(header::SET_COOKIE) {
        response.headers_mut().append(header::SET_COOKIE, cookie.clone());
    }
    response
}

fn is_plain_form(request: &Request) -> bool {
    let accept = request.headers().get(header::ACCEPT).and_then(|accept| accept.to_str().ok()).unwrap_or_default();
    request.method() == Method::POST && request.uri().path().starts_with("/api/") && accept.contains("text/html")
}

/// The page that the form came from; of one that is sent again, what its address says.
fn back(request: &Request) -> WayBack {
    let referer = request.headers().get(header::REFERER).and_then(|page| page.to_str().ok()?.parse::<Uri>().ok());
    let page =
        referer.as_ref().and_then(|page| page.path_and_query()).and_then(|page| WayBack::parse(page.as_str()).ok());
    let in_address = || {
        let fields = request.uri().query()?.split('&');
        let back = fields.filter_map(|field| field.split_once('=')).find(|(name, _)| *name == BACK)?.1;
        WayBack::parse(&percent_decode_str(back).decode_utf8().ok()?).ok()
    };
    page.or_else(in_address).unwrap_or_default()
}

/// The same address, with the way back in it.
fn with_back(action: &Uri, back: &WayBack) -> String {
    let query = action.query().unwrap_or_default();
    let others = query.split('&').filter(|field| !field.is_empty() && field.split('=').next() != Some(BACK));
    let back = back.in_query(BACK);
    let query: Vec<&str> = others.chain([back.as_str()]).collect();
    format!("{}?{}", action.path(), query.join("&"))
}

/// The request for the page that says why not: as the browser would ask for the page that the form came from.
fn page_of(request: &Request, back: &WayBack) -> Request {
    let mut page = Request::new(Body::empty());
    *page.uri_mut() = back.as_str().parse().unwrap_or_default();
    *page.headers_mut() = request.headers().clone();
    *page.extensions_mut() = request.extensions().clone();
    for name in [header::CONTENT_TYPE, header::CONTENT_LENGTH, header::TRANSFER_ENCODING] {
        page.headers_mut().remove(name);
    }
    page.headers_mut().insert(header::ACCEPT, HeaderValue::from_static("text/html"));
    page
}

/// What was done leads to where it says, or back.
fn lead_on(response: Response, back: &WayBack) -> Response {
    let (mut head, _) = response.into_parts();
    head.status = StatusCode::FOUND;
    for name in [header::CONTENT_TYPE, header::CONTENT_LENGTH, HeaderName::from_static("serverfnredirect")] {
        head.headers.remove(name);
    }
    // Plain letters, as every way back.
    let back = HeaderValue::from_str(back.as_str()).unwrap_or(HeaderValue::from_static("/"));
    head.headers.entry(header::LOCATION).or_insert(back);
    Response::from_parts(head, Body::empty())
}

fn fields(sent: &Bytes) -> Vec<(String, String)> {
    serde_urlencoded::from_bytes(sent).unwrap_or_default()
}
