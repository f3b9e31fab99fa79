//! A browser, as far as a server can tell: cookies, forms and JSON.

use std::{collections::BTreeMap, time::Duration};

use reqwest::{
    Body, Client, Method, RequestBuilder, Response,
    header::{HeaderMap, SET_COOKIE},
    redirect::Policy,
};
use serde_json::Value;

/// Longer than anything takes that ends at all.
const TIMEOUT: Duration = Duration::from_secs(20);

/// A client with its own connection and its own cookies.
pub struct Browser {
    client: Client,
    base: String,
    cookies: BTreeMap<String, String>,
}

/// What came back.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    /// A header's text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// Every cookie that was set, whole.
    pub fn cookies_set(&self) -> Vec<&str> {
        self.headers.get_all(SET_COOKIE).iter().filter_map(|value| value.to_str().ok()).collect()
    }
}

impl Browser {
    /// A new one, without cookies.
    pub fn new(base: &str) -> Self {
        let client = Client::builder().redirect(Policy::none()).timeout(TIMEOUT).build().expect("a client");
        Self { client, base: base.to_owned(), cookies: BTreeMap::new() }
    }

    /// Puts a cookie into the jar.
    pub fn set_cookie(&mut self, name: &str, value: &str) {
        self.cookies.insert(name.to_owned(), value.to_owned());
    }

    /// A cookie in the jar.
    pub fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.get(name).map(String::as_str)
    }

    /// A request with the cookies.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = self.client.request(method, format!("{}{path}", self.base));
        if cookies.is_empty() { request } else { request.header("cookie", cookies.join("; ")) }
    }

    /// Sends a request, and keeps the cookies that come back. Whatever was asked, the server is not
    /// the one to have failed.
    pub async fn send(&mut self, request: RequestBuilder) -> Answer {
        let response = request.send().await.expect("an answer");
        self.take(response).await.expect("a whole answer")
    }

    /// The same, where the server may be gone before it has answered.
    pub async fn try_send(&mut self, request: RequestBuilder) -> Option<Answer> {
        let response = request.send().await.ok()?;
        self.take(response).await
    }

    async fn take(&mut self, response: Response) -> Option<Answer> {
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let body = response.bytes().await.ok()?;
        let answer = Answer { status, headers, body: String::from_utf8_lossy(&body).into_owned() };
        for cookie in answer.cookies_set() {
            let (name, value) = cookie.split(';').next().and_then(|pair| pair.split_once('=')).expect("a cookie");
            if value.is_empty() {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        assert!(answer.status < 500, "the server failed: {answer:?}");
        Some(answer)
    }

    /// Gets a page or asks a query.
    pub async fn get(&mut self, path: &str) -> Answer {
        let request = self.request(Method::GET, path);
        self.send(request).await
    }

    /// Calls a server function that takes JSON.
    pub async fn json(&mut self, path: &str, body: &Value) -> Answer {
        self.raw(path, "application/json", body.to_string()).await
    }

    /// Calls a server function that takes a form's fields, as a script does.
    pub async fn fields(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.raw(path, "application/x-www-form-urlencoded", super::form::encode(fields)).await
    }

    /// Sends a form as a browser without scripts does, from a page.
    pub async fn plain_form(&mut self, path: &str, from: &str, fields: &[(&str, &str)]) -> Answer {
        let request = self
            .request(Method::POST, path)
            .header("content-type", "application/x-www-form-urlencoded")
            .header("accept", "text/html,application/xhtml+xml")
            .header("referer", format!("{}{from}", self.base))
            .body(super::form::encode(fields));
        self.send(request).await
    }

    /// Posts whatever it is told to.
    pub async fn raw(&mut self, path: &str, content_type: &str, body: impl Into<Body>) -> Answer {
        let request = self.request(Method::POST, path).header("content-type", content_type).body(body);
        self.send(request).await
    }
}
