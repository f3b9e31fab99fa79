//! The way back: the page of this site from which a visitor went to sign in.

use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_query_map};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::{Deserialize, Serialize};

/// The field of forms and addresses in which it stands.
pub const FIELD: &str = "next";

/// More than any address of ours has.
const LONGEST: usize = 500;

/// The characters that stay as they are when an address stands in another's query.
const IN_QUERY: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~').remove(b'/').remove(b'?').remove(b'=');

/// The address of a page of this site, beginning with `/`, and never one of another site. Any site can make a link to
/// our sign-in; a visitor who follows it stays here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct WayBack(String);

/// What was given is no address of a page here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("That leads to no page of this site.")]
pub struct LeadsAway;

impl WayBack {
    /// Parses an address.
    pub fn parse(address: &str) -> Result<Self, LeadsAway> {
        // Browsers read `\` as `/`, take out tabs and line ends, and read what begins with `//` as another host.
        let plain = address.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
        let here = address.starts_with('/') && !address.starts_with("//") && !address.starts_with("/api/");
        if plain && here && address.len() <= LONGEST { Ok(Self(address.to_owned())) } else { Err(LeadsAway) }
    }

    /// The page that this one was asked to lead back to.
    pub fn asked() -> Option<Self> {
        use_query_map().with_untracked(|query| Self::parse(query.get_str(FIELD)?).ok())
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address of a page that leads back here.
    pub fn through(&self, page: &str) -> String {
        format!("{page}?{}", self.in_query(FIELD))
    }

    /// As a field of another address's query.
    pub fn in_query(&self, field: &str) -> String {
        in_query(field, &self.0)
    }
}

/// Home.
impl Default for WayBack {
    fn default() -> Self {
        Self("/".to_owned())
    }
}

impl TryFrom<String> for WayBack {
    type Error = LeadsAway;

    fn try_from(address: String) -> Result<Self, LeadsAway> {
        Self::parse(&address)
    }
}

impl From<WayBack> for String {
    fn from(way: WayBack) -> Self {
        way.0
    }
}

/// An address with one field in its query.
pub fn with_field(address: &str, field: &str, value: &str) -> String {
    format!("{address}?{}", in_query(field, value))
}

/// A field of an address's query.
pub fn in_query(field: &str, value: &str) -> String {
    format!("{field}={}", utf8_percent_encode(value, IN_QUERY))
}

/// The address of `/sign-in` or `/register`, from which one comes back to the page at hand.
pub fn and_back(page: &'static str) -> impl Fn() -> String + Copy + Send + Sync + 'static {
    let location = use_location();
    move || {
        let mut address = location.pathname.get();
        location.search.with(|search| {
            if !search.is_empty() {
                address.push('?');
                address.push_str(search);
            }
        });
        WayBack::parse(&address).map_or_else(|LeadsAway| page.to_owned(), |way| way.through(page))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_of_this_site() {
        for (address, link) in [
            ("/", "/sign-in?next=/"),
            ("/novels/0000000000001", "/sign-in?next=/novels/0000000000001"),
            ("/community?about=1&page=2", "/sign-in?next=/community?about=1%26page=2"),
            ("/a%2Fb+c#d", "/sign-in?next=/a%252Fb%2Bc%23d"),
        ] {
            let way = WayBack::parse(address).expect(address);
            assert_eq!((way.as_str(), way.through("/sign-in").as_str()), (address, link));
        }
    }

    #[test]
    fn nothing_leads_to_another_site() {
        let long = format!("/{}", "x".repeat(LONGEST));
        for address in [
            "",
            "evil",
            "evil.example",
            "//evil.example",
            "///evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "\\/evil.example",
            "/\t/evil.example",
            "/\n/evil.example",
            "\t//evil.example",
            " //evil.example",
            "/ /evil.example",
            "https://evil.example",
            "https:evil.example",
            "HTTPS:/evil.example",
            "javascript:alert(1)",
            "/a\r\nSet-Cookie: x=y",
            "/novels/\u{202e}",
            "/novel\0s",
            "?next=/",
            "#main",
            "/api/sign_out",
            &long,
        ] {
            assert_eq!(WayBack::parse(address), Err(LeadsAway), "{address:?}");
        }
    }
}
