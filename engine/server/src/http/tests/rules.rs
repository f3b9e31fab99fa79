//! The example's pages for its members, who are numbers in a cookie.

use abreast_core::Seq;
use axum::{
    extract::Request,
    http::{HeaderMap, header, request::Parts},
};

use super::super::{Address, Fragments, IsFor, Marks, PageRules, Sender, place};
use crate::example::Example;

/// Who is nobody.
pub(crate) const STAND_IN: u64 = 9_876_543_210;
/// Begins each mark.
const SECRET: &str = "s3cr3t";

/// One page for everybody, and one that is a member's own.
pub(crate) struct Rules;

/// A member.
pub(crate) struct Member(u64);

/// Who looks at a page, while it is made.
#[derive(Clone, Copy)]
pub(crate) struct Looking(pub(crate) u64);

impl Looking {
    /// As the page says it.
    pub(crate) fn word(self, is_place_forgotten: bool) -> String {
        if self.0 == STAND_IN && !is_place_forgotten { place(SECRET, "who") } else { self.0.to_string() }
    }
}

impl PageRules<Example> for Rules {
    type Fragments = Member;

    fn address(&self, request: &Parts) -> Option<Address> {
        let is_for = if request.uri.path() == "/own" { IsFor::OneMember } else { IsFor::Everybody };
        Some(Address { name: request.uri.path().to_owned(), is_for })
    }

    async fn sender(&self, request: &Parts, _: Seq) -> Sender<Member> {
        member(&request.headers).map_or(Sender::Stranger, |member| Sender::Member(Member(member)))
    }
}

impl Fragments<Example> for Member {
    fn viewer(&self) -> u64 {
        self.0
    }

    fn own_name(&self) -> String {
        self.0.to_string()
    }

    fn newest(&self) -> Seq {
        Seq::ZERO
    }

    fn ask(&self, is_for: IsFor, request: &mut Request) -> Marks<Example> {
        let (looking, left_out) = match is_for {
            IsFor::Everybody => (STAND_IN, Some(STAND_IN)),
            IsFor::OneMember => (self.0, None),
        };
        request.extensions_mut().insert(Looking(looking));
        Marks { secret: SECRET.to_owned(), stand_ins: vec![], never: vec![STAND_IN.to_string()], left_out }
    }

    fn write(&self, place: &str, page: &mut Vec<u8>) {
        assert_eq!(place, "who");
        page.extend(self.0.to_string().bytes());
    }

    fn hold(&self, condition: &str) -> bool {
        condition == self.0.to_string()
    }

    fn seal(&self, page: &[u8], headers: &mut HeaderMap) {
        headers.insert("x-length", page.len().into());
    }
}

/// Who says to ask.
pub(crate) fn member(headers: &HeaderMap) -> Option<u64> {
    let cookies = headers.get(header::COOKIE)?.to_str().ok()?;
    cookies.split("; ").find_map(|cookie| cookie.strip_prefix("example-member="))?.parse().ok()
}
