//! A request, byte by byte.

use std::{fmt, io, time::Duration};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};

use super::{chance::Chance, example::Example};

/// Longer than any answer takes.
const TIMEOUT: Duration = Duration::from_secs(20);
/// Who says that more comes than is sent is not answered; the server waits for the rest.
const NO_ANSWER: Duration = Duration::from_millis(100);

const METHODS: [&str; 9] = ["GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "BREW"];
const KINDS: [&str; 8] = [
    "application/json",
    "application/x-www-form-urlencoded",
    "application/x-www-form-urlencoded; charset=utf-16",
    "multipart/form-data; boundary=x",
    "multipart/form-data",
    "multipart/form-data; boundary=",
    "text/plain",
    "application/octet-stream",
];
/// What the server, its libraries or a proxy before it read.
const HEADERS: [&str; 26] = [
    "cookie",
    "cookie",
    "cookie",
    "accept",
    "accept-encoding",
    "accept-language",
    "authorization",
    "content-encoding",
    "expect",
    "forwarded",
    "host",
    "idempotency-key",
    "if-match",
    "if-modified-since",
    "if-none-match",
    "origin",
    "range",
    "referer",
    "sec-fetch-dest",
    "sec-fetch-site",
    "traceparent",
    "upgrade",
    "x-forwarded-for",
    "x-forwarded-proto",
    "x-quire-nonce",
    "x-quire-key",
];
const VALUES: [&str; 15] = [
    "text/html",
    "text/html,application/xhtml+xml",
    "application/json",
    "br, gzip",
    "same-origin",
    "cross-site",
    "document",
    "empty",
    "100-continue",
    "http://127.0.0.1/sign-in?next=/",
    "https://elsewhere.example",
    "Sat, 01 Jan 2000 00:00:00 GMT",
    "1.2.3.4, ::1",
    "bytes=0-10",
    "\"0123456789abcdef\"",
];
const COOKIES: [&str; 7] =
    ["quire-session", "__Host-quire-session", "quire-seen", "quire-theme", "quire-size", "quire-device", "x"];

/// What is sent.
pub(crate) struct Request {
    bytes: Vec<u8>,
    /// Whether it says truly where it ends.
    is_whole: bool,
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.bytes[..self.bytes.len().min(4_000)].escape_ascii())
    }
}

impl Request {
    /// One that chance makes of these.
    pub(crate) fn by(chance: &mut Chance, examples: &[Example]) -> Self {
        let Example { method, target, cookie, kind, body } = chance.one_of(examples).clone();
        let method = if chance.once_in(10) { *chance.one_of(&METHODS) } else { method };
        let mut bytes = method.as_bytes().to_vec();
        bytes.push(b' ');
        let target = if chance.once_in(10) { [b"/".to_vec(), chance.bytes()].concat() } else { target.into_bytes() };
        // In half of them the path is right, so that the rest is read.
        let target = if chance.once_in(2) { chance.hurt(target) } else { target };
        bytes.extend(as_target(chance, target));
        bytes.extend(b" HTTP/1.1\r\n");

        let mut headers = vec![(b"connection".to_vec(), b"close".to_vec())];
        if !chance.once_in(20) {
            headers.push((b"host".to_vec(), b"127.0.0.1".to_vec()));
        }
        if !chance.once_in(4) {
            headers.push((b"cookie".to_vec(), cookie.clone().into_bytes()));
        }
        if let Some(kind) = kind {
            let kind = if chance.once_in(10) { *chance.one_of(&KINDS) } else { kind };
            headers.push((b"content-type".to_vec(), kind.as_bytes().to_vec()));
        }
        // As a form without a script: what was done leads on, and what was refused is a page.
        if method == "POST" && chance.once_in(3) {
            headers.push((b"accept".to_vec(), b"text/html".to_vec()));
        }
        for _ in 0..*chance.one_of(&[0, 0, 1, 3, 8]) {
            headers.push(a_header(chance, &cookie));
        }
        let body = if chance.once_in(10) { chance.bytes() } else { body.into_bytes() };
        let body = if chance.once_in(2) { chance.hurt(body) } else { body };
        let is_whole = !chance.once_in(200);
        let length = if is_whole { body.len() } else { body.len() + chance.below(100) };
        if !(body.is_empty() && is_whole) {
            headers.push((b"content-length".to_vec(), length.to_string().into_bytes()));
        }
        for (name, value) in headers {
            bytes.extend([&name[..], b": ", &value, b"\r\n"].concat());
        }
        bytes.extend(b"\r\n");
        bytes.extend(body);
        Self { bytes, is_whole }
    }

    /// Its status; none if the connection was closed instead.
    pub(crate) async fn send(&self, base: &str) -> io::Result<Option<u16>> {
        let mut stream = TcpStream::connect(base.trim_start_matches("http://")).await?;
        let mut answer = Vec::new();
        let sent = async {
            stream.write_all(&self.bytes).await?;
            // A live connection has no end.
            while !answer.starts_with(b"HTTP/1.1 101") && stream.read_buf(&mut answer).await? > 0 {}
            io::Result::Ok(())
        };
        match timeout(if self.is_whole { TIMEOUT } else { NO_ANSWER }, sent).await {
            // Who is refused before all was read sees the connection reset.
            Ok(Ok(()) | Err(_)) => {}
            Err(_) if self.is_whole => return Err(io::ErrorKind::TimedOut.into()),
            Err(_) => {}
        }
        let text = String::from_utf8_lossy(&answer);
        // Before the answer it may say that the body is welcome.
        let text = text.strip_prefix("HTTP/1.1 100 Continue\r\n\r\n").unwrap_or(&text);
        Ok(text.strip_prefix("HTTP/1.1 ").and_then(|rest| rest.get(..3)?.parse().ok()))
    }
}

/// What may stand in a request's first line: other bytes are refused before the router is asked, so most of them
/// are sent as a browser does.
fn as_target(chance: &mut Chance, target: Vec<u8>) -> Vec<u8> {
    if chance.once_in(20) {
        return target;
    }
    let mut sent = Vec::new();
    for byte in target {
        if byte.is_ascii_graphic() && !b"\"<>\\^`{|}#".contains(&byte) {
            sent.push(byte);
        } else {
            sent.extend(format!("%{byte:02X}").into_bytes());
        }
    }
    if sent.starts_with(b"/") { sent } else { [b"/", &sent[..]].concat() }
}

fn a_header(chance: &mut Chance, cookie: &str) -> (Vec<u8>, Vec<u8>) {
    let name = if chance.once_in(20) { chance.word() } else { chance.one_of(&HEADERS).as_bytes().to_vec() };
    let value = match &*name {
        b"cookie" if chance.once_in(2) => chance.hurt(cookie.as_bytes().to_vec()),
        b"cookie" => [chance.one_of(&COOKIES).as_bytes(), b"=", &chance.word()].concat(),
        _ if chance.once_in(2) => chance.one_of(&VALUES).as_bytes().to_vec(),
        _ => chance.word(),
    };
    // A line's end in a value begins a header of its own; those are made elsewhere.
    let is_printable = |byte: &u8| *byte == b'\t' || (*byte >= b' ' && *byte != 0x7f);
    let value = if chance.once_in(20) { value } else { value.into_iter().filter(is_printable).collect() };
    (name, value)
}
