//! Paragraphs of a document, and its footnotes.

use std::fmt::Write;

use domain::{Passages, Run, RunStyle};

use super::fixed;
use crate::xml;

/// The footnotes of a document. Each stands where its first reference is.
#[derive(Default)]
pub(super) struct Notes {
    xml: String,
    count: usize,
    /// The footnote that each note of this chapter has become.
    of_chapter: Vec<Option<usize>>,
}

impl Notes {
    pub(super) fn begin_chapter(&mut self, set: &Passages) {
        self.of_chapter = vec![None; set.notes.len()];
    }

    /// The file of footnotes.
    pub(super) fn written(&self) -> String {
        format!("{}{}{}", fixed::FOOTNOTES_START, self.xml, fixed::FOOTNOTES_END)
    }

    /// What refers to a note.
    fn reference(&mut self, set: &Passages, number: usize) -> String {
        let text = |number: usize| {
            format!("<w:r><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr><w:t>{number}</w:t></w:r>")
        };
        match (self.of_chapter.get(number - 1).copied(), set.notes.get(number - 1)) {
            // A footnote has one reference; the others are its number.
            (Some(Some(footnote)), _) => text(footnote),
            (Some(None), Some(runs)) => {
                self.count += 1;
                let footnote = self.count;
                if let Some(place) = self.of_chapter.get_mut(number - 1) {
                    *place = Some(footnote);
                }
                let note = self.note(set, footnote, runs);
                self.xml += &note;
                format!(
                    "<w:r><w:rPr><w:rStyle w:val=\"FootnoteReference\"/></w:rPr><w:footnoteReference w:id=\"{footnote}\"/></w:r>"
                )
            }
            (None, _) | (_, None) => text(number),
        }
    }

    fn note(&mut self, set: &Passages, footnote: usize, note: &[Run]) -> String {
        let mark = "<w:r><w:rPr><w:rStyle w:val=\"FootnoteReference\"/></w:rPr><w:footnoteRef/></w:r><w:r><w:t xml:space=\"preserve\"> </w:t></w:r>";
        let mut written =
            format!("<w:footnote w:id=\"{footnote}\"><w:p><w:pPr><w:pStyle w:val=\"FootnoteText\"/></w:pPr>{mark}");
        runs(&mut written, note, |number| self.within_note(set, number));
        written + "</w:p></w:footnote>\n"
    }

    /// A note that another refers to stands in that one, once: a footnote has no footnotes.
    fn within_note(&mut self, set: &Passages, number: usize) -> String {
        let Some(place) = self.of_chapter.get_mut(number - 1).filter(|place| place.is_none()) else {
            return format!("<w:r><w:t>[{number}]</w:t></w:r>");
        };
        *place = Some(self.count);
        let mut written = "<w:r><w:t xml:space=\"preserve\"> (</w:t></w:r>".to_owned();
        if let Some(note) = set.notes.get(number - 1) {
            runs(&mut written, note, |number| format!("<w:r><w:t>[{number}]</w:t></w:r>"));
        }
        written + "<w:r><w:t>)</w:t></w:r>"
    }
}

/// A paragraph in a style, so deep in quotations.
pub(super) fn paragraph(set: &Passages, text: &[Run], style: &str, depth: usize, notes: &mut Notes) -> String {
    let mut written = "<w:p>".to_owned();
    if !style.is_empty() {
        _ = write!(written, "<w:pPr><w:pStyle w:val=\"{style}\"/>");
        if depth > 1 {
            _ = write!(written, "<w:ind w:left=\"{}\"/>", 567 * depth);
        }
        written += "</w:pPr>";
    }
    runs(&mut written, text, |number| notes.reference(set, number));
    written + "</w:p>\n"
}

fn runs(written: &mut String, runs: &[Run], mut reference: impl FnMut(usize) -> String) {
    for run in runs {
        match run {
            Run::Text(text, style) => run_of(written, text, style),
            Run::LineEnd => *written += "<w:r><w:br/></w:r>",
            Run::Note(number) => *written += &reference(*number),
        }
    }
}

fn run_of(written: &mut String, text: &str, style: &RunStyle) {
    if let Some(link) = &style.link {
        // In a field's instruction the address stands in quotation marks.
        let link = link.replace('"', "%22").replace('\\', "%5C");
        _ = write!(written, "<w:fldSimple w:instr=\" HYPERLINK &quot;{}&quot; \">", xml::escaped(&link));
    }
    *written += "<w:r>";
    let set = [
        (style.link.is_some(), "<w:rStyle w:val=\"Hyperlink\"/>"),
        (style.strong, "<w:b/>"),
        (style.emphasis, "<w:i/>"),
        (style.struck, "<w:strike/>"),
    ];
    if set.iter().any(|(is_set, _)| *is_set) {
        *written += "<w:rPr>";
        set.iter().filter(|(is_set, _)| *is_set).for_each(|(_, tag)| *written += tag);
        *written += "</w:rPr>";
    }
    for (number, piece) in text.split('\t').enumerate() {
        if number > 0 {
            *written += "<w:tab/>";
        }
        *written += "<w:t xml:space=\"preserve\">";
        xml::push(written, piece);
        *written += "</w:t>";
    }
    *written += "</w:r>";
    if style.link.is_some() {
        *written += "</w:fldSimple>";
    }
}
