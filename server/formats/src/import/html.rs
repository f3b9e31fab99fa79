//! HTML and the pages of an EPUB: what they show, as paragraphs, headings, quotations, notes and scene breaks.

mod elements;
mod notes;
mod page;
mod styles;

use self::{notes::Notes, page::Page, styles::Styles};
use super::source::Source;

/// A page on its own, as story text, and what its author should know.
pub(super) fn document(html: &str) -> (String, Vec<String>) {
    let mut pages = Pages::default();
    pages.look("", html);
    pages.read("", html, false);
    let mut source = pages.source;
    // A page's name is a book's title if nothing in it is one.
    if !source.has_headings()
        && let Some(title) = pages.title
    {
        source.title(&title);
    }
    source.written()
}

/// The pages of a book. All are looked at before one is read, because a note may stand on another page.
#[derive(Debug, Default)]
pub(super) struct Pages {
    pub(super) source: Source,
    notes: Notes,
    styles: Styles,
    title: Option<String>,
}

impl Pages {
    /// Finds what on a page, with this path in the book, refers to notes, and how it sets text.
    pub(super) fn look(&mut self, path: &str, html: &str) {
        self.notes.look(path, html);
        self.styles.look(html);
    }

    /// Finds how a style sheet sets text.
    pub(super) fn look_at_styles(&mut self, css: &str) {
        self.styles.sheet(css);
    }

    /// Reads a page into the source. In XHTML a tag may close itself.
    pub(super) fn read(&mut self, path: &str, html: &str, is_xml: bool) {
        let title = Page::new(path, &mut self.source, &mut self.notes, &self.styles).read(html, is_xml);
        self.title = self.title.take().or(title);
    }

    /// Reads the notes of a page that stands beside the book's order, and nothing else of it. Whether there was more.
    pub(super) fn read_notes(&mut self, path: &str, html: &str) -> bool {
        let before = self.source.blocks();
        self.read(path, html, true);
        self.source.keep_blocks(before)
    }
}

/// What is shown of a name or a value that HTML has.
fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The value of an attribute.
fn attribute(tag: &html5gum::StartTag<()>, name: &str) -> Option<String> {
    tag.attributes.get(name.as_bytes()).map(|value| text(value))
}

/// Whether a list of words, as a class is, has one of these.
fn has_word(list: Option<&str>, words: &[&str]) -> bool {
    list.is_some_and(|list| {
        list.split_ascii_whitespace().any(|word| words.iter().any(|one| word.eq_ignore_ascii_case(one)))
    })
}
