//! The HTML of a chapter's scenes, safe to put on a page as it is.

use std::fmt::Write;

use super::{
    Block, Notes, Piece,
    inline::{Style, pieces},
};

/// What a scene break is: a separator for screen readers, and stars in copied text.
pub(crate) const BREAK: &str = "<div class=\"scene-break\" role=\"separator\">* * *</div>\n";

/// The most references to notes on a page; each is thirty times as long as it was typed. Those beyond stay as typed.
const MOST_REFERENCES: usize = 5_000;

/// A chapter's page while it is written.
pub(super) struct Page<'a> {
    notes: &'a Notes<'a>,
    /// How many references each note has so far.
    references: Vec<usize>,
    /// How many references there are so far.
    count: usize,
    html: String,
}

impl<'a> Page<'a> {
    pub(super) fn new(notes: &'a Notes<'a>) -> Self {
        Self { notes, references: Vec::new(), count: 0, html: String::new() }
    }

    /// Each scene's HTML, with the notes that stand in it at its end.
    pub(super) fn scenes(mut self, scenes: &[Vec<Block>]) -> Vec<String> {
        let mut pages = Vec::with_capacity(scenes.len());
        for (scene, blocks) in scenes.iter().enumerate() {
            self.blocks(scene, blocks);
            pages.push(std::mem::take(&mut self.html));
        }
        // A note says how often the whole chapter refers to it, so the lists come last.
        for (scene, page) in pages.iter_mut().enumerate() {
            self.list(scene);
            page.push_str(&std::mem::take(&mut self.html));
        }
        pages
    }

    fn blocks(&mut self, scene: usize, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Paragraph(text) => self.paragraph(scene, text),
                // A chapter's own headings are the page's: what an author marks as one stands two levels below.
                Block::Heading(text) => {
                    self.html += "<h3>";
                    self.inline(scene, text);
                    self.html += "</h3>\n";
                }
                Block::Break => self.html += BREAK,
                Block::Quote(blocks) => {
                    self.html += "<blockquote>\n";
                    self.blocks(scene, blocks);
                    self.html += "</blockquote>\n";
                }
                Block::Note { label, text } => {
                    if !self.notes.is_meant(scene, label, text) {
                        self.paragraph(scene, &format!("\\[^{label}]: {text}"));
                    }
                }
            }
        }
    }

    fn paragraph(&mut self, scene: usize, text: &str) {
        self.html += if text.contains('\n') { "<p class=\"verse\">" } else { "<p>" };
        self.inline(scene, text);
        self.html += "</p>\n";
    }

    fn inline(&mut self, scene: usize, text: &str) {
        pieces(text, |piece| match piece {
            Piece::Text(text) => escape(&mut self.html, &text),
            Piece::LineEnd => self.html += "<br>\n",
            Piece::Open(style) => _ = write!(self.html, "<{}>", tag(style)),
            Piece::Close(style) => _ = write!(self.html, "</{}>", tag(style)),
            Piece::Link { tag, .. } => self.html += &tag,
            Piece::LinkEnd => self.html += "</a>",
            Piece::Note { label, typed } => match self.notes.meant(scene, label).filter(|_| self.has_room()) {
                Some(number) => self.reference(number),
                None => escape(&mut self.html, &typed),
            },
        });
    }

    fn has_room(&self) -> bool {
        self.count < MOST_REFERENCES
    }

    fn reference(&mut self, number: usize) {
        self.count += 1;
        if self.references.len() < number {
            self.references.resize(number, 0);
        }
        let count = self.references.get_mut(number - 1).map_or(1, |count| {
            *count += 1;
            *count
        });
        let id = reference_id(number, count);
        let html = format!(
            "<sup class=\"note-mark\"><a id=\"{id}\" href=\"#note-{number}\" role=\"doc-noteref\" \
             aria-label=\"Note {number}\">{number}</a></sup>"
        );
        self.html += &html;
    }

    /// The notes that stand in a scene, each with its ways back to the text.
    fn list(&mut self, scene: usize) {
        let notes = self.notes.standing_in(scene).collect::<Vec<_>>();
        if notes.is_empty() {
            return;
        }
        self.html += "<ol class=\"notes\" role=\"list\" aria-label=\"Notes\">\n";
        for (number, text) in notes {
            _ = write!(self.html, "<li id=\"note-{number}\" value=\"{number}\">");
            self.inline(scene, text);
            for count in 1..=self.references.get(number - 1).copied().unwrap_or_default() {
                let id = reference_id(number, count);
                _ = write!(
                    self.html,
                    " <a class=\"note-back\" href=\"#{id}\" role=\"doc-backlink\" aria-label=\"Back to the text\">↩\u{fe0e}</a>"
                );
            }
            self.html += "</li>\n";
        }
        self.html += "</ol>\n";
    }
}

fn reference_id(number: usize, count: usize) -> String {
    if count == 1 { format!("note-{number}-text") } else { format!("note-{number}-text-{count}") }
}

fn tag(style: Style) -> &'static str {
    match style {
        Style::Emphasis => "em",
        Style::Strong => "strong",
        Style::Strikethrough => "del",
    }
}

/// Adds a text that begins and ends no tag.
fn escape(html: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => *html += "&amp;",
            '<' => *html += "&lt;",
            '>' => *html += "&gt;",
            '"' => *html += "&quot;",
            c => html.push(c),
        }
    }
}
