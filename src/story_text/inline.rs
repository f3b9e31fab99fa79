//! Inline text: emphasis, links, references to notes, and typographic punctuation.
//!
//! pulldown-cmark reads it, and is given one line that can only be a paragraph. A line separator stands for each line
//! end and before the first letter: it is white space to the rules for emphasis and quotation marks, and no block of
//! Markdown begins with one.

use std::{borrow::Cow, iter, ops::Range};

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd, html};

const LINE_END: char = '\u{2028}';

/// How deep emphasis stands in other emphasis. What is deeper is shown without.
const MAX_NESTING: usize = 16;

/// For search engines and the linked page: a user wrote it, we don't vouch for it, and the page gets no hold of ours.
const REL: &str = "ugc nofollow noopener";

/// A piece of inline text.
pub(super) enum Piece<'a> {
    Text(Cow<'a, str>),
    LineEnd,
    Open(Style),
    Close(Style),
    /// The tag that begins a link, and its address.
    Link {
        tag: String,
        url: String,
    },
    LinkEnd,
    /// A reference to a note, and how it was typed.
    Note {
        label: &'a str,
        typed: Cow<'a, str>,
    },
}

/// How text is set.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Emphasis,
    Strong,
    Strikethrough,
}

/// Hands over the pieces of a text, in their order. Each `Open` has its `Close`.
pub(super) fn pieces(text: &str, mut take: impl FnMut(Piece<'_>)) {
    let line = as_one_line(text);
    let mut reading = Reading { line: &line, depth: 0, links: Vec::new(), is_first: true };
    let options = Options::ENABLE_STRIKETHROUGH | Options::ENABLE_SMART_PUNCTUATION | Options::ENABLE_OLD_FOOTNOTES;
    for (event, range) in Parser::new_ext(&line, options).into_offset_iter() {
        reading.event(event, range, &mut take);
    }
}

/// The text as the parser is given it. A backtick is an ordinary sign here, and so is a star within a word; a backslash
/// at a line's end says what the line's end says anyway.
fn as_one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len() + text.len() / 16 + 3);
    line.push(LINE_END);
    let mut is_escaped = false;
    for word in text.split_inclusive(char::is_whitespace) {
        let (mut before, mut is_own) = (None, false);
        for (at, c) in word.char_indices() {
            if c == '*' && before != Some('*') {
                is_own = is_own_star(word, at, before);
            }
            match c {
                '`' if !is_escaped => line.push('\\'),
                '*' if !is_escaped && is_own => line.push('\\'),
                '\n' if is_escaped => _ = line.pop(),
                _ => {}
            }
            line.push(if c == '\n' { LINE_END } else { c });
            is_escaped = c == '\\' && !is_escaped;
            before = Some(c);
        }
    }
    line
}

/// Whether the stars that begin here are the word's own: those of `f**k`, between letters and alone in it, or between
/// digits.
fn is_own_star(word: &str, at: usize, before: Option<char>) -> bool {
    let (start, rest) = word.split_at(at);
    let rest = rest.trim_start_matches('*');
    let Some((before, after)) = before.zip(rest.chars().next()) else { return false };
    let is_between_digits = before.is_numeric() && after.is_numeric();
    let is_between_letters = before.is_alphanumeric() && after.is_alphanumeric();
    // First the rest: the next star is near, where there are many.
    is_between_digits || (is_between_letters && !rest.contains('*') && !start.contains('*'))
}

struct Reading<'a> {
    line: &'a str,
    depth: usize,
    links: Vec<OpenLink>,
    /// Whether the line end before the first letter is still to come.
    is_first: bool,
}

/// A link that has begun.
struct OpenLink {
    /// Whether its text is its address, in which a backslash is no escape.
    is_auto: bool,
    is_harmless: bool,
    /// Where that part of it ends that was handed over.
    shown_to: usize,
}

impl<'a> Reading<'a> {
    fn event(&mut self, event: Event<'a>, range: Range<usize>, take: &mut impl FnMut(Piece<'_>)) {
        let end = range.end;
        match event {
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                let is_auto = matches!(link_type, LinkType::Autolink | LinkType::Email);
                let dest_url = if is_auto { untied(&dest_url).into_owned().into() } else { dest_url };
                // An address of mail is one by its form.
                let is_harmless = link_type == LinkType::Email || is_harmless_link(&dest_url);
                self.links.push(OpenLink { is_auto, is_harmless, shown_to: range.start + 1 });
                if is_harmless {
                    let scheme = if link_type == LinkType::Email { "mailto:" } else { "" };
                    let url = format!("{scheme}{dest_url}");
                    take(Piece::Link { tag: link(Tag::Link { link_type, dest_url, title, id }), url });
                } else {
                    self.typed(range.start..range.start + 1, take);
                }
                return;
            }
            Event::End(TagEnd::Link) => match self.links.pop() {
                Some(OpenLink { is_harmless: false, shown_to, .. }) => self.typed(shown_to..end, take),
                Some(OpenLink { is_harmless: true, .. }) | None => take(Piece::LinkEnd),
            },
            Event::Start(tag) => {
                if let Some(style) = style(tag.to_end()) {
                    self.depth += 1;
                    if self.depth <= MAX_NESTING {
                        take(Piece::Open(style));
                    }
                }
                return;
            }
            Event::End(tag) => {
                if let Some(style) = style(tag) {
                    if self.depth <= MAX_NESTING {
                        take(Piece::Close(style));
                    }
                    self.depth = self.depth.saturating_sub(1);
                }
            }
            // No link stands in a link.
            Event::FootnoteReference(label) if self.links.is_empty() => {
                let typed = untied(self.line.get(range).unwrap_or_default());
                take(Piece::Note { label: &label, typed });
            }
            Event::FootnoteReference(_) | Event::InlineHtml(_) | Event::Html(_) | Event::Code(_) => {
                self.typed(range, take);
            }
            Event::Text(text) if self.links.last().is_some_and(|link| link.is_auto) => self.text(&untied(&text), take),
            Event::Text(text) => self.text(&text, take),
            Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::SoftBreak
            | Event::HardBreak
            | Event::Rule
            | Event::TaskListMarker(_) => self.typed(range, take),
        }
        if let Some(link) = self.links.last_mut() {
            link.shown_to = link.shown_to.max(end);
        }
    }

    /// Hands over what was typed there, as text.
    fn typed(&mut self, range: Range<usize>, take: &mut impl FnMut(Piece<'_>)) {
        let typed = untied(self.line.get(range).unwrap_or_default());
        self.text(&typed, take);
    }

    fn text(&mut self, text: &str, take: &mut impl FnMut(Piece<'_>)) {
        for (number, line) in text.split(LINE_END).enumerate() {
            if number > 0 && !std::mem::take(&mut self.is_first) {
                take(Piece::LineEnd);
            }
            if !line.is_empty() {
                take(Piece::Text(Cow::Borrowed(line)));
            }
        }
    }
}

fn style(tag: TagEnd) -> Option<Style> {
    match tag {
        TagEnd::Emphasis => Some(Style::Emphasis),
        TagEnd::Strong => Some(Style::Strong),
        TagEnd::Strikethrough => Some(Style::Strikethrough),
        _ => None,
    }
}

/// What was typed, without the backslashes that were put before backticks and stars.
fn untied(text: &str) -> Cow<'_, str> {
    let is_tied = text.contains("\\`") || text.contains("\\*");
    if is_tied { Cow::Owned(text.replace("\\`", "`").replace("\\*", "*")) } else { Cow::Borrowed(text) }
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
