//! Files inside the program, and the same answers as from a folder.

use std::{
    collections::HashMap,
    path::{Component, Path},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use axum::{
    body::{Body, Bytes},
    extract::Request,
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    response::Response,
};
use http_range_header::parse_range_header;
use httpdate::{fmt_http_date, parse_http_date};

/// The compressed copies beside a file, the best first: what a client calls it, and the ending.
const COPIES: [(&str, &str); 2] = [("br", ".br"), ("gzip", ".gz")];

/// Files by their path.
#[derive(Debug, Clone, Default)]
pub struct Carried(HashMap<String, File>);

/// A file.
#[derive(Debug, Clone)]
pub struct File {
    /// What is in it.
    pub bytes: Bytes,
    /// When it was changed last.
    pub modified: SystemTime,
}

/// How much of a file is asked for.
enum Part {
    All,
    /// From this byte to that one, which is the last.
    Some {
        from: usize,
        to: usize,
    },
    /// What is not there.
    None,
}

impl FromIterator<(String, File)> for Carried {
    fn from_iter<T: IntoIterator<Item = (String, File)>>(files: T) -> Self {
        Self(files.into_iter().collect())
    }
}

impl Carried {
    /// Whether there is a file at this path.
    pub fn has(&self, path: &str) -> bool {
        self.0.contains_key(path)
    }

    /// The paths of all files.
    pub(crate) fn paths(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// What is in a file.
    pub(crate) fn bytes(&self, path: &str) -> Option<&[u8]> {
        self.0.get(path).map(|file| &*file.bytes)
    }

    /// The answer to a request, if it asks for a file that is here.
    pub(super) fn answer(&self, request: &Request) -> Option<Response> {
        if ![Method::GET, Method::HEAD].contains(request.method()) {
            return None;
        }
        let path = path_of(request)?;
        let plain = self.0.get(&path)?;
        let headers = request.headers();
        let mut copies = COPIES.into_iter().filter(|(name, _)| accepts(headers, name));
        let copy = copies.find_map(|(name, ending)| Some((name, self.0.get(&format!("{path}{ending}"))?)));
        let (encoding, file) = copy.map_or((None, plain), |(name, file)| (Some(name), file));
        let kind = mime_guess::from_path(&path).first_raw().unwrap_or("application/octet-stream");
        Some(file.answer(request, kind, encoding))
    }
}

impl File {
    fn answer(&self, request: &Request, kind: &'static str, encoding: Option<&'static str>) -> Response {
        let headers = request.headers();
        if date(headers, &header::IF_UNMODIFIED_SINCE).is_some_and(|since| self.second() > since) {
            return with_status(StatusCode::PRECONDITION_FAILED);
        }
        if date(headers, &header::IF_MODIFIED_SINCE).is_some_and(|since| self.second() <= since) {
            return with_status(StatusCode::NOT_MODIFIED);
        }
        let size = self.bytes.len();
        let mut response = match self.part(headers) {
            Part::All => Response::new(Body::from(self.bytes.clone())),
            Part::Some { from, to } => {
                let mut part = Response::new(Body::from(self.bytes.slice(from..=to)));
                *part.status_mut() = StatusCode::PARTIAL_CONTENT;
                set(&mut part, header::CONTENT_RANGE, &format!("bytes {from}-{to}/{size}"));
                part
            }
            Part::None => {
                let mut refused = with_status(StatusCode::RANGE_NOT_SATISFIABLE);
                set(&mut refused, header::CONTENT_RANGE, &format!("bytes */{size}"));
                refused
            }
        };
        if response.status() != StatusCode::RANGE_NOT_SATISFIABLE {
            let length = http_body::Body::size_hint(response.body()).lower();
            response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(length));
        }
        if request.method() == Method::HEAD {
            *response.body_mut() = Body::empty();
        }
        set(&mut response, header::CONTENT_TYPE, kind);
        set(&mut response, header::ACCEPT_RANGES, "bytes");
        set(&mut response, header::LAST_MODIFIED, &fmt_http_date(self.modified));
        if let Some(encoding) = encoding {
            set(&mut response, header::CONTENT_ENCODING, encoding);
        }
        response
    }

    /// How much of it is asked for.
    fn part(&self, headers: &HeaderMap) -> Part {
        let Some(asked) = headers.get(header::RANGE).and_then(|asked| asked.to_str().ok()) else { return Part::All };
        let size = u64::try_from(self.bytes.len()).unwrap_or(u64::MAX);
        let ranges = parse_range_header(asked).and_then(|asked| asked.validate(size)).unwrap_or_default();
        let [range] = ranges.as_slice() else { return Part::None };
        match (usize::try_from(*range.start()), usize::try_from(*range.end())) {
            (Ok(from), Ok(to)) => Part::Some { from, to },
            (Err(_), _) | (_, Err(_)) => Part::None,
        }
    }

    /// When it was changed, as a header can say it.
    fn second(&self) -> SystemTime {
        let since = self.modified.duration_since(UNIX_EPOCH).unwrap_or_default();
        UNIX_EPOCH + Duration::from_secs(since.as_secs())
    }
}

/// The path that is asked for, as the files are called; none that leads out of the site.
fn path_of(request: &Request) -> Option<String> {
    let path = percent_encoding::percent_decode_str(request.uri().path().trim_start_matches('/'));
    let path = path.decode_utf8().ok()?;
    let mut parts = vec![];
    for part in Path::new(&*path).components() {
        match part {
            Component::Normal(part) => parts.push(part.to_str()?),
            Component::CurDir => {}
            Component::Prefix(_) | Component::RootDir | Component::ParentDir => return None,
        }
    }
    Some(parts.join("/"))
}

/// Whether the client takes this encoding.
fn accepts(headers: &HeaderMap, encoding: &str) -> bool {
    let lines = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|line| line.to_str().ok());
    lines.flat_map(|line| line.split(',')).any(|taken| {
        let mut parts = taken.split(';').map(str::trim);
        let name = parts.next().unwrap_or_default();
        let refuses = parts.any(|part| part.strip_prefix("q=").is_some_and(|q| q.parse() == Ok(0.0_f32)));
        (name.eq_ignore_ascii_case(encoding) || name == "*") && !refuses
    })
}

fn date(headers: &HeaderMap, name: &HeaderName) -> Option<SystemTime> {
    parse_http_date(headers.get(name)?.to_str().ok()?).ok()
}

fn with_status(status: StatusCode) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response
}

fn set(response: &mut Response, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}
