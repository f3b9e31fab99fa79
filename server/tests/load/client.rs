//! A browser, as far as the server can tell: who it is, what it has seen, and what it was shown.

use std::{
    collections::HashMap,
    io::Read as _,
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use reqwest::{Method, header};

use super::{Stage, tally::Kind};

/// Longer than anything takes that ends at all.
const TIMEOUT: Duration = Duration::from_secs(20);

/// One browser.
#[derive(Default)]
pub(crate) struct Client {
    session: Option<String>,
    memory: Mutex<Memory>,
}

#[derive(Default)]
struct Memory {
    /// The highest position told so far.
    seen: u64,
    /// The newest of each text, and since when it is known.
    shown: HashMap<String, (usize, Instant)>,
}

/// What is sent.
pub(crate) struct Message<'a> {
    pub(crate) kind: Kind,
    pub(crate) path: &'a str,
    pub(crate) body: Option<Body>,
    /// The questions on screen, as a tab names them when it writes.
    pub(crate) showing: Option<String>,
}

/// What a write sends.
pub(crate) enum Body {
    Json(serde_json::Value),
    Form(String),
}

/// What came back.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) text: String,
    /// When it was asked for.
    pub(crate) sent: Instant,
}

/// One for all: it keeps as many connections as there are questions at the same time.
pub(crate) fn http() -> reqwest::Client {
    reqwest::Client::builder().no_proxy().timeout(TIMEOUT).build().expect("a client")
}

impl Client {
    /// The client with this session.
    pub(crate) fn of(session: &str) -> Self {
        Self { session: Some(session.to_owned()), memory: Mutex::default() }
    }

    /// Whether this client is signed in.
    pub(crate) const fn is_somebody(&self) -> bool {
        self.session.is_some()
    }

    /// The highest position told so far.
    pub(crate) fn seen(&self) -> u64 {
        self.memory().seen
    }

    /// Sends, and times it from when it was due. `None` if nothing came back.
    pub(crate) async fn send(&self, stage: &Stage, message: Message<'_>, due: Instant) -> Option<Answer> {
        let Message { kind, path, body, showing } = message;
        let method = if body.is_some() { Method::POST } else { Method::GET };
        let mut request = stage.http.request(method, format!("{}{path}", stage.node.base));
        request = request.header(header::ACCEPT_ENCODING, "gzip, deflate, br, zstd");
        if let Some(cookie) = self.cookie(stage) {
            request = request.header(header::COOKIE, cookie);
        }
        if let Some(showing) = showing {
            request = request.header("x-cache-showing", showing);
        }
        request = match body {
            Some(Body::Json(json)) => request.header(header::CONTENT_TYPE, "application/json").body(json.to_string()),
            Some(Body::Form(form)) => {
                request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded").body(form)
            }
            None => request,
        };
        let sent = Instant::now();
        let whole = async {
            let response = request.send().await?;
            let (status, packed) =
                (response.status().as_u16(), response.headers().get(header::CONTENT_ENCODING).cloned());
            Ok::<_, reqwest::Error>((status, packed, response.bytes().await?))
        };
        match whole.await {
            Ok((status, packed, bytes)) => {
                stage.tally.took(kind, due);
                let packed = packed.as_ref().and_then(|packed| packed.to_str().ok());
                Some(Answer { status, text: unpack(packed, &bytes), sent })
            }
            Err(error) => {
                stage.tally.failed(format!("{path}: {error}"));
                None
            }
        }
    }

    /// What the page's script does with a position it is told.
    pub(crate) fn raise(&self, seen: Option<u64>) {
        let mut memory = self.memory();
        memory.seen = memory.seen.max(seen.unwrap_or_default());
    }

    /// Whether this is older than what this browser was shown before it asked. What a script is given
    /// is remembered.
    pub(crate) fn went_back(&self, thing: &str, number: usize, sent: Instant, is_remembered: bool) -> bool {
        let mut memory = self.memory();
        let known = memory.shown.get(thing).copied();
        if is_remembered && known.is_none_or(|(newest, _)| number > newest) {
            memory.shown.insert(thing.to_owned(), (number, Instant::now()));
        }
        known.is_some_and(|(newest, since)| number < newest && since <= sent)
    }

    fn cookie(&self, stage: &Stage) -> Option<String> {
        let session = self.session.as_ref().map(|token| format!("quire-session={token}"));
        let seen = Some(self.seen()).filter(|seen| *seen > 0);
        let seen = seen.map(|seen| format!("quire-seen={}.{seen}", stage.library.log));
        let cookies: Vec<String> = session.into_iter().chain(seen).collect();
        (!cookies.is_empty()).then(|| cookies.join("; "))
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn unpack(packed: Option<&str>, bytes: &[u8]) -> String {
    let mut text = Vec::new();
    match packed {
        Some("br") => drop(brotli::Decompressor::new(bytes, 4_096).read_to_end(&mut text)),
        Some("gzip") => drop(flate2::read::GzDecoder::new(bytes).read_to_end(&mut text)),
        _ => text.extend_from_slice(bytes),
    }
    String::from_utf8_lossy(&text).into_owned()
}
