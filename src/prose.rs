//! Prose: a Body made into HTML that can do no harm.
//!
//! Raw HTML in the Markdown is shown as the text it is, and only `http`, `https` and `mailto` links
//! remain links, which say that they are their author's and not ours. The field is private: every `Prose` was made
//! from a Body.

use std::iter;

use pulldown_cmark::{CowStr, Event, LinkType, Options, Parser, Tag, TagEnd, html};
use serde::{Deserialize, Serialize};

use crate::text::Body;

/// For search engines and the linked page: a user wrote it, we don't vouch for it, and the page gets no hold of ours.
const REL: &str = "ugc nofollow noopener";

/// How deep quotations and lists stand in each other. A deeper one stands beside the deepest: a letter within a letter
/// is as deep as stories go, and a thousand of them make a page that no browser lays out.
const MAX_NESTING: usize = 16;

/// HTML of a text's paragraphs, safe to put on a page as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Prose(String);

impl Prose {
    /// The body as HTML.
    pub fn of(body: &Body) -> Self {
        let events = Parser::new_ext(body.as_str(), Options::ENABLE_STRIKETHROUGH | Options::ENABLE_SMART_PUNCTUATION);
        let mut page = String::with_capacity(body.as_str().len() * 5 / 4);
        let mut nesting = Nesting(0);
        html::push_html(&mut page, events.filter(|event| nesting.has_room(event)).filter_map(harmless));
        Self(page)
    }

    /// The HTML.
    pub fn html(&self) -> &str {
        &self.0
    }
}

/// How many quotations and lists are open.
struct Nesting(usize);

impl Nesting {
    /// Whether what begins or ends here stands no deeper than it may.
    fn has_room(&mut self, event: &Event<'_>) -> bool {
        match event {
            Event::Start(Tag::BlockQuote(_) | Tag::List(_) | Tag::Item) => {
                self.0 += 1;
                self.0 <= MAX_NESTING
            }
            Event::End(TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item) => {
                self.0 = self.0.saturating_sub(1);
                self.0 < MAX_NESTING
            }
            _ => true,
        }
    }
}

/// The event as a page may have it; `None` for what has no business in prose.
fn harmless(event: Event<'_>) -> Option<Event<'_>> {
    match event {
        Event::Html(raw) | Event::InlineHtml(raw) => Some(Event::Text(raw)),
        Event::Start(Tag::HtmlBlock) => Some(Event::Start(Tag::Paragraph)),
        Event::End(TagEnd::HtmlBlock) => Some(Event::End(TagEnd::Paragraph)),
        // Pictures would load from anywhere; their description stays.
        Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => None,
        Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
            // An address of mail is one by its form.
            let is_harmless = link_type == LinkType::Email || is_harmless_link(&dest_url);
            let dest_url = if is_harmless { dest_url } else { CowStr::Borrowed("#") };
            Some(Event::InlineHtml(link(Tag::Link { link_type, dest_url, title, id }).into()))
        }
        Event::End(TagEnd::Link) => Some(Event::InlineHtml("</a>".into())),
        // A chapter's own headings are the page's: what an author marks as one stands two levels below.
        Event::Start(Tag::Heading { id, classes, attrs, .. }) => {
            Some(Event::Start(Tag::Heading { level: pulldown_cmark::HeadingLevel::H3, id, classes, attrs }))
        }
        Event::End(TagEnd::Heading(_)) => Some(Event::End(TagEnd::Heading(pulldown_cmark::HeadingLevel::H3))),
        event => Some(event),
    }
}

/// The tag that begins a link, which says whose it is.
fn link(start: Tag<'_>) -> String {
    let mut tag = String::new();
    html::push_html(&mut tag, iter::once(Event::Start(start)));
    let open = tag.strip_suffix('>').unwrap_or(&tag);
    format!("{open} rel=\"{REL}\">")
}

fn is_harmless_link(url: &str) -> bool {
    let url = url.trim().to_ascii_lowercase();
    ["http://", "https://", "mailto:"].iter().any(|scheme| url.starts_with(scheme))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(markdown: &str, expected: &str) {
        let body = Body::parse(markdown).expect("a good body");
        assert_eq!(Prose::of(&body).html().trim(), expected, "{markdown:?}");
    }

    #[test]
    fn what_authors_write() {
        check("*soft* and **loud**", "<p><em>soft</em> and <strong>loud</strong></p>");
        check("\"Well,\" said he --- \"no.\"", "<p>“Well,” said he — “no.”</p>");
        check("> a letter", "<blockquote>\n<p>a letter</p>\n</blockquote>");
        check("# Big", "<h3>Big</h3>");
        let rel = "rel=\"ugc nofollow noopener\"";
        check("[on](https://example.com)", &format!("<p><a href=\"https://example.com\" {rel}>on</a></p>"));
        check(
            "<https://example.com>",
            &format!("<p><a href=\"https://example.com\" {rel}>https://example.com</a></p>"),
        );
        check(
            "<ada@quire.example>",
            &format!("<p><a href=\"mailto:ada@quire.example\" {rel}>ada@quire.example</a></p>"),
        );
        check(
            "[*a*](https://example.com/?a&b \"A \\\"title\\\"\") b",
            &format!(
                "<p><a href=\"https://example.com/?a&amp;b\" title=\"A &quot;title&quot;\" {rel}><em>a</em></a> b</p>"
            ),
        );
        check("[r]\n\n[r]: https://example.com", &format!("<p><a href=\"https://example.com\" {rel}>r</a></p>"));
    }

    #[test]
    fn what_attackers_write() {
        check("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>");
        check("a <b onclick=x>b</b>", "<p>a &lt;b onclick=x&gt;b&lt;/b&gt;</p>");
        let rel = "rel=\"ugc nofollow noopener\"";
        check("[x](javascript:alert(1))", &format!("<p><a href=\"#\" {rel}>x</a></p>"));
        check("[x](JaVaScRiPt:alert(1))", &format!("<p><a href=\"#\" {rel}>x</a></p>"));
        check("<javascript:alert(1)>", &format!("<p><a href=\"#\" {rel}>javascript:alert(1)</a></p>"));
        check("[x](<https://a\"onclick=\"b>)", &format!("<p><a href=\"https://a%22onclick=%22b\" {rel}>x</a></p>"));
        check("![x](https://spy.example/p.png)", "<p>x</p>");
        check("<img src=x onerror=alert(1)>", "<p>&lt;img src=x onerror=alert(1)&gt;</p>");
        check("&lt;script&gt;", "<p>&lt;script&gt;</p>");
    }

    #[test]
    fn nothing_is_nested_without_end() {
        let check = |markdown: &str, tag: &str| {
            let prose = Prose::of(&Body::parse(markdown).expect("a good body"));
            let (opened, closed) = (prose.html().matches(&format!("<{tag}>")).count(), format!("</{tag}>"));
            assert!((1..=MAX_NESTING).contains(&opened), "{opened} × {tag}");
            assert_eq!(prose.html().matches(&closed).count(), opened, "{tag}");
            assert!(prose.html().contains('x'));
        };
        check(&format!("{} x", ">".repeat(5_000)), "blockquote");
        check(&format!("{}x", "- ".repeat(500)), "ul");
        check(&format!("{}x", "- ".repeat(500)), "li");
    }
}
