//! One page, tag by tag.

use domain::{Run, RunStyle};
use html5gum::{StartTag, Token, Tokenizer};

use super::{
    attribute,
    elements::{HIDDEN, INLINE, VOID},
    has_word,
    notes::{Notes, is_way_back},
    styles::Styles,
};
use crate::import::source::Source;

/// An element that is open.
struct Open {
    name: String,
    style: RunStyle,
    is_hidden: bool,
    /// The note that it is.
    note: Option<usize>,
    is_quote: bool,
    heading: Option<usize>,
    is_preformatted: bool,
    /// How many items a numbered list has so far.
    items: Option<usize>,
}

/// A page while it is read.
pub(super) struct Page<'a> {
    path: &'a str,
    source: &'a mut Source,
    notes: &'a mut Notes,
    styles: &'a Styles,
    open: Vec<Open>,
    runs: Vec<Run>,
    /// The note that the paragraph at hand is, by a mark within it.
    note: Option<usize>,
    title: Option<String>,
}

/// How deep elements may stand in each other; what is deeper is read as if it stood here.
const MOST_OPEN: usize = 100;

impl<'a> Page<'a> {
    pub(super) fn new(path: &'a str, source: &'a mut Source, notes: &'a mut Notes, styles: &'a Styles) -> Self {
        Self { path, source, notes, styles, open: Vec::new(), runs: Vec::new(), note: None, title: None }
    }

    /// Reads the page; its name is the answer.
    pub(super) fn read(mut self, html: &str, is_xml: bool) -> Option<String> {
        for Ok(token) in Tokenizer::new(html) {
            match token {
                Token::StartTag(tag) => self.start(&tag, is_xml),
                Token::EndTag(tag) => self.end(&super::text(&tag.name)),
                Token::String(text) => self.text(&super::text(&text)),
                Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
            }
        }
        self.flush();
        self.title
    }

    fn start(&mut self, tag: &StartTag<()>, is_xml: bool) {
        let name = super::text(&tag.name);
        match &*name {
            "br" => self.runs.push(Run::LineEnd),
            "hr" => {
                self.flush();
                if !self.is_hidden() {
                    self.source.scene_break();
                }
            }
            "img" | "image" => self.source.pictures += usize::from(!self.is_hidden()),
            _ => {}
        }
        if !INLINE.contains(&&*name) {
            self.flush();
        }
        if VOID.contains(&&*name) || (tag.self_closing && is_xml) || self.open.len() >= MOST_OPEN {
            return;
        }
        let class = attribute(tag, "class");
        let kind = attribute(tag, "epub:type");
        let note = if INLINE.contains(&&*name) { None } else { self.notes.at(self.path, tag) };
        let mut style = self.styles.of(tag);
        let mut is_hidden = HIDDEN.contains(&&*name) || (name == "nav") || attribute(tag, "hidden").is_some();
        if name == "a" {
            // The number that leads to a note, and the way back from one, are not text.
            if let Some(number) = self.notes.referred(self.path, tag).filter(|_| self.note_at_hand().is_none()) {
                if !self.is_hidden() {
                    self.runs.push(Run::Note(number));
                }
                is_hidden = true;
            } else if let Some(number) = self.notes.at(self.path, tag) {
                self.note = Some(number);
                is_hidden = attribute(tag, "href").is_some();
            } else if is_way_back(tag) || (self.note_at_hand().is_some() && leads_within(tag)) {
                is_hidden = true;
            }
            style.link = attribute(tag, "href").filter(|href| href.contains("://") || href.starts_with("mailto:"));
        }
        if matches!(&*name, "p" | "div")
            && has_word(class.as_deref(), &["scene-break", "scenebreak", "break", "asterism", "hr"])
        {
            self.source.scene_break();
        }
        if name == "li" && !self.is_hidden() && note.is_none() && self.note_at_hand().is_none() {
            self.mark_item();
        }
        let heading =
            name.strip_prefix('h').and_then(|level| level.parse().ok()).filter(|level| (1..=6).contains(level));
        self.open.push(Open {
            style,
            is_hidden,
            note,
            is_quote: name == "blockquote",
            heading: heading.filter(|_| !has_word(kind.as_deref(), &["subtitle"])),
            is_preformatted: name == "pre",
            items: (name == "ol").then_some(0),
            name,
        });
    }

    /// The sign of a list's item.
    fn mark_item(&mut self) {
        let list = self.open.iter_mut().rev().find(|open| matches!(&*open.name, "ol" | "ul"));
        let sign = match list.and_then(|list| list.items.as_mut()) {
            Some(items) => {
                *items += 1;
                format!("{items}. ")
            }
            None => "• ".to_owned(),
        };
        self.runs.push(Run::Text(sign, RunStyle::default()));
    }

    fn end(&mut self, name: &str) {
        // An end tag without its start, or with others open in between, as people write them.
        let Some(at) = self.open.iter().rposition(|open| open.name == name) else {
            if name == "p" {
                self.flush();
            }
            return;
        };
        let is_block = !INLINE.contains(&name);
        // An inline element ends none of the blocks around it.
        if !is_block && self.open.iter().skip(at + 1).any(|open| !INLINE.contains(&&*open.name)) {
            return;
        }
        if is_block {
            self.flush();
        }
        self.open.truncate(at);
        if matches!(name, "td" | "th") {
            self.runs.push(Run::Text(" ".to_owned(), RunStyle::default()));
        }
    }

    fn text(&mut self, text: &str) {
        if self.open.iter().any(|open| open.name == "title") && !self.open.iter().any(|open| open.name == "svg") {
            self.title.get_or_insert_default().push_str(text);
        }
        if self.is_hidden() {
            return;
        }
        let mut style = RunStyle::default();
        for open in &self.open {
            style.emphasis |= open.style.emphasis;
            style.strong |= open.style.strong;
            style.struck |= open.style.struck;
            style.link = open.style.link.clone().or(style.link);
        }
        if self.open.iter().any(|open| open.is_preformatted) {
            for (number, line) in text.split('\n').enumerate() {
                if number > 0 {
                    self.runs.push(Run::LineEnd);
                }
                self.runs.push(Run::Text(line.to_owned(), style.clone()));
            }
            return;
        }
        let mut collapsed = String::with_capacity(text.len());
        let mut is_after_blank = self.runs.last().is_none_or(|run| run.text().ends_with([' ', '\n']));
        for c in text.chars() {
            if matches!(c, ' ' | '\n' | '\t' | '\r' | '\u{c}') {
                if !is_after_blank {
                    collapsed.push(' ');
                }
                is_after_blank = true;
            } else {
                collapsed.push(if c.is_control() { ' ' } else { c });
                is_after_blank = false;
            }
        }
        if !collapsed.is_empty() {
            self.runs.push(Run::Text(collapsed, style));
        }
    }

    /// Hands over the paragraph at hand.
    fn flush(&mut self) {
        let runs = std::mem::take(&mut self.runs);
        let by_mark = self.note.take();
        if runs.is_empty() {
            // A mark before its paragraph.
            self.note = by_mark;
            return;
        }
        let note = by_mark.or_else(|| self.open.iter().rev().find_map(|open| open.note));
        let heading = self.open.iter().rev().find_map(|open| open.heading);
        match (note, heading) {
            (Some(number), _) => self.source.note(number, runs),
            (None, Some(level)) => self.source.heading(level, runs),
            (None, None) => {
                let depth = self.open.iter().filter(|open| open.is_quote).count();
                // Two line ends in a row end a paragraph.
                for paragraph in paragraphs(runs) {
                    self.source.paragraph(depth, paragraph);
                }
            }
        }
    }

    /// The note that is being read.
    fn note_at_hand(&self) -> Option<usize> {
        self.note.or_else(|| self.open.iter().rev().find_map(|open| open.note))
    }

    fn is_hidden(&self) -> bool {
        self.open.iter().any(|open| open.is_hidden)
    }
}

/// The runs, divided where two line ends follow each other.
fn paragraphs(runs: Vec<Run>) -> Vec<Vec<Run>> {
    let mut paragraphs = vec![Vec::new()];
    let mut ends = 0;
    for run in runs {
        let is_blank = matches!(&run, Run::Text(text, _) if text.trim().is_empty());
        if run == Run::LineEnd {
            ends += 1;
        } else if !is_blank {
            if ends > 1 {
                paragraphs.push(Vec::new());
            }
            ends = 0;
        }
        if let Some(last) = paragraphs.last_mut() {
            last.push(run);
        }
    }
    paragraphs
}

fn leads_within(link: &StartTag<()>) -> bool {
    attribute(link, "href").is_some_and(|href| href.contains('#') && !href.contains("//"))
}
