//! A body: a page that is kept with places in it, for all members or for one. It can't be sent without a member's
//! fragments.

use std::sync::OnceLock;

use abreast_core::Key;
use axum::{
    body::{Body as Sent, Bytes},
    http::{HeaderMap, HeaderValue, Response, header},
};

use super::{
    Fragments, Marks,
    kept_page::accepts,
    marks::Part,
    zip::{Zip, pack},
};
use crate::App;

/// Room for what comes into the places.
const ROOM: usize = 4_096;

/// A page with places.
pub(super) struct Body {
    /// Its address, as metrics name it.
    name: Key,
    page: Bytes,
    headers: HeaderMap,
    parts: Vec<Part>,
    /// Each text, compressed by itself.
    packed: OnceLock<Vec<Vec<u8>>>,
}

impl Body {
    /// A page that was made with these marks; `None` if something of the stand-in would stay in it.
    pub(super) fn cut<A: App>(name: Key, page: Bytes, mut headers: HeaderMap, marks: &Marks<A>) -> Option<Self> {
        let parts = marks.parts(&page)?;
        headers.insert(header::VARY, HeaderValue::from_static("cookie, accept-encoding"));
        headers.remove(header::CONTENT_LENGTH);
        Some(Self { name, page, headers, parts, packed: OnceLock::new() })
    }

    /// Its address.
    pub(super) const fn name(&self) -> &Key {
        &self.name
    }

    /// About what it takes: its compressed parts are a quarter of it.
    pub(super) fn weight(&self) -> u64 {
        (self.page.len() * 5 / 4 + self.parts.len() * 64 + 512) as u64
    }

    /// The page with a member's fragments in its places.
    pub(super) fn answer<A: App>(&self, fragments: &impl Fragments<A>, request: &HeaderMap) -> Response<Sent> {
        let (page, zipped) = self.fill(fragments, accepts(request, "gzip"));
        let mut headers = self.headers.clone();
        fragments.seal(&page, &mut headers);
        if zipped.is_some() {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        }
        let mut response = Response::new(Sent::from(zipped.unwrap_or(page)));
        *response.headers_mut() = headers;
        response
    }

    /// The page, and the same compressed.
    fn fill<A: App>(&self, fragments: &impl Fragments<A>, is_zipped: bool) -> (Vec<u8>, Option<Vec<u8>>) {
        let mut page = Vec::with_capacity(self.page.len() + ROOM);
        let mut zip = is_zipped.then(|| Zip::begin(self.page.len()));
        let (mut is_shown, mut texts) = (true, 0);
        for part in &self.parts {
            let before = page.len();
            match part {
                Part::If(condition) => is_shown = fragments.hold(condition),
                Part::Else => is_shown = !is_shown,
                Part::End => is_shown = true,
                Part::Place(name) if is_shown => fragments.write(name, &mut page),
                Part::Text(at) if is_shown => page.extend(self.text(at.clone())),
                Part::Place(_) | Part::Text(_) => {}
            }
            if let Some(zip) = &mut zip {
                match part {
                    Part::Text(_) if is_shown && !self.packed()[texts].is_empty() => zip.packed(&self.packed()[texts]),
                    _ => zip.plain(&page[before..]),
                }
            }
            texts += usize::from(matches!(part, Part::Text(_)));
        }
        let zipped = zip.map(|zip| zip.end(&page));
        (page, zipped)
    }

    fn packed(&self) -> &[Vec<u8>] {
        let text = |part: &Part| if let Part::Text(at) = part { Some(pack(self.text(at.clone()))) } else { None };
        self.packed.get_or_init(|| self.parts.iter().filter_map(text).collect())
    }

    fn text(&self, at: std::ops::Range<usize>) -> &[u8] {
        self.page.get(at).unwrap_or_default()
    }
}
