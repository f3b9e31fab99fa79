//! Prose: a Body made into HTML that can do no harm.
//!
//! Raw HTML in the Markdown is shown as the text it is, and only `http`, `https` and `mailto` links
//! remain links. The field is private: whoever holds a `Prose` made it from a Body, or got it from
//! somebody who did.

use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd, html};
use serde::{Deserialize, Serialize};

use crate::text::Body;

/// HTML of a text's paragraphs, safe to put on a page as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Prose(String);

impl Prose {
    /// The body as HTML.
    pub fn of(body: &Body) -> Self {
        let events = Parser::new_ext(body.as_str(), Options::ENABLE_STRIKETHROUGH | Options::ENABLE_SMART_PUNCTUATION);
        let mut page = String::with_capacity(body.as_str().len() * 5 / 4);
        html::push_html(&mut page, events.filter_map(harmless));
        Self(page)
    }

    /// The HTML.
    pub fn html(&self) -> &str {
        &self.0
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
            let dest_url = if is_harmless_link(&dest_url) { dest_url } else { CowStr::Borrowed("#") };
            Some(Event::Start(Tag::Link { link_type, dest_url, title, id }))
        }
        // A chapter's own headings are the page's: what an author marks as one stands two levels below.
        Event::Start(Tag::Heading { id, classes, attrs, .. }) => {
            Some(Event::Start(Tag::Heading { level: pulldown_cmark::HeadingLevel::H3, id, classes, attrs }))
        }
        Event::End(TagEnd::Heading(_)) => Some(Event::End(TagEnd::Heading(pulldown_cmark::HeadingLevel::H3))),
        event => Some(event),
    }
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
        check("[on](https://example.com)", "<p><a href=\"https://example.com\">on</a></p>");
    }

    #[test]
    fn what_attackers_write() {
        check("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>");
        check("a <b onclick=x>b</b>", "<p>a &lt;b onclick=x&gt;b&lt;/b&gt;</p>");
        check("[x](javascript:alert(1))", "<p><a href=\"#\">x</a></p>");
        check("[x](JaVaScRiPt:alert(1))", "<p><a href=\"#\">x</a></p>");
        check("<javascript:alert(1)>", "<p><a href=\"#\">javascript:alert(1)</a></p>");
        check("![x](https://spy.example/p.png)", "<p>x</p>");
        check("<img src=x onerror=alert(1)>", "<p>&lt;img src=x onerror=alert(1)&gt;</p>");
        check("&lt;script&gt;", "<p>&lt;script&gt;</p>");
    }
}
