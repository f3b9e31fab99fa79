//! A chapter's text as XHTML, which browsers read as HTML.

use std::fmt::Write;

use domain::{Passage, Passages, Run, RunStyle};

use super::MOST_REFERENCES;
use crate::xml;

/// A chapter while it is written.
pub(super) struct Markup<'a> {
    xml: String,
    set: &'a Passages,
    /// What the ids begin with, so that chapters can share a page.
    prefix: &'a str,
    /// Whether it is for an EPUB, which has words of its own for notes.
    is_epub: bool,
    /// How deep the chapter's own heading is.
    level: u8,
    references: usize,
    is_referred: Vec<bool>,
}

impl<'a> Markup<'a> {
    pub(super) fn new(set: &'a Passages, prefix: &'a str, is_epub: bool, level: u8) -> Self {
        let is_referred = vec![false; set.notes.len()];
        Self { xml: String::new(), set, prefix, is_epub, level, references: 0, is_referred }
    }

    /// The scenes with breaks between them, and the notes below.
    pub(super) fn written(mut self) -> String {
        for (number, scene) in self.set.scenes.iter().enumerate() {
            if number > 0 {
                self.scene_break();
            }
            self.blocks(scene);
        }
        for number in 1..=self.set.notes.len() {
            self.note(number);
        }
        self.xml
    }

    fn scene_break(&mut self) {
        self.xml += "<p class=\"break\" role=\"separator\">* * *</p>\n";
    }

    fn blocks(&mut self, passages: &[Passage]) {
        for passage in passages {
            match passage {
                Passage::Paragraph(runs) => {
                    self.xml += if runs.contains(&Run::LineEnd) { "<p class=\"verse\">" } else { "<p>" };
                    self.line(runs);
                    self.xml += "</p>\n";
                }
                Passage::Heading(runs) => {
                    let level = self.level + 1;
                    _ = write!(self.xml, "<h{level}>");
                    self.line(runs);
                    _ = writeln!(self.xml, "</h{level}>");
                }
                Passage::Break => self.scene_break(),
                Passage::Quote(passages) => {
                    self.xml += "<blockquote>\n";
                    self.blocks(passages);
                    self.xml += "</blockquote>\n";
                }
            }
        }
    }

    fn line(&mut self, runs: &[Run]) {
        for run in runs {
            match run {
                Run::Text(text, style) => self.text(text, style),
                Run::LineEnd => self.xml += "<br/>\n",
                Run::Note(number) => self.reference(*number),
            }
        }
    }

    fn text(&mut self, text: &str, style: &RunStyle) {
        let tags = [(style.strong, "strong"), (style.emphasis, "em"), (style.struck, "s")];
        let tags = tags.into_iter().filter(|(is_set, _)| *is_set).map(|(_, tag)| tag).collect::<Vec<_>>();
        if let Some(link) = &style.link {
            _ = write!(self.xml, "<a href=\"{}\">", xml::escaped(&address(link)));
        }
        for tag in &tags {
            _ = write!(self.xml, "<{tag}>");
        }
        xml::push(&mut self.xml, text);
        for tag in tags.iter().rev() {
            _ = write!(self.xml, "</{tag}>");
        }
        if style.link.is_some() {
            self.xml += "</a>";
        }
    }

    fn reference(&mut self, number: usize) {
        self.references += 1;
        if self.references > MOST_REFERENCES {
            _ = write!(self.xml, "<sup>{number}</sup>");
            return;
        }
        let prefix = self.prefix;
        let is_first =
            self.is_referred.get_mut(number - 1).is_some_and(|is_referred| !std::mem::replace(is_referred, true));
        let id = if is_first { format!(" id=\"{prefix}ref-{number}\"") } else { String::new() };
        let kind = if self.is_epub { " epub:type=\"noteref\"" } else { "" };
        _ = write!(
            self.xml,
            "<sup><a{id} href=\"#{prefix}note-{number}\"{kind} role=\"doc-noteref\">{number}</a></sup>"
        );
    }

    fn note(&mut self, number: usize) {
        let (prefix, set) = (self.prefix, self.set);
        let Some(runs) = set.notes.get(number - 1) else { return };
        let kind = if self.is_epub { " epub:type=\"footnote\"" } else { "" };
        _ = write!(self.xml, "<aside id=\"{prefix}note-{number}\" class=\"note\"{kind} role=\"doc-footnote\"><p>");
        if self.is_referred.get(number - 1) == Some(&true) {
            _ = write!(self.xml, "<a href=\"#{prefix}ref-{number}\" role=\"doc-backlink\">{number}</a> ");
        } else {
            _ = write!(self.xml, "{number} ");
        }
        self.line(runs);
        self.xml += "</p></aside>\n";
    }
}

/// The address as the standards have it: what may not stand in one is escaped.
fn address(link: &str) -> String {
    const BAD: &percent_encoding::AsciiSet = &percent_encoding::CONTROLS
        .add(b' ')
        .add(b'"')
        .add(b'<')
        .add(b'>')
        .add(b'\\')
        .add(b'^')
        .add(b'`')
        .add(b'{')
        .add(b'|')
        .add(b'}');
    percent_encoding::utf8_percent_encode(link, BAD).to_string()
}
