//! Which links refer to notes, and which elements are notes.

use std::collections::HashMap;

use html5gum::{StartTag, Token, Tokenizer};

use super::{attribute, has_word};

/// The notes of a book, by the place that refers to each.
#[derive(Debug, Default)]
pub(super) struct Notes {
    /// The number of the note at a place: a page's path, `#`, an id.
    numbers: HashMap<String, usize>,
}

impl Notes {
    /// Finds the links of a page that refer to notes: those that say so, and those around or within a raised number.
    pub(super) fn look(&mut self, path: &str, html: &str) {
        let (mut raised, mut link, mut within) = (0_usize, None, None);
        for Ok(token) in Tokenizer::new(html) {
            match token {
                Token::StartTag(tag) => {
                    let name = super::text(&tag.name);
                    if name == "sup" {
                        raised += 1;
                        if let Some(to) = link.take() {
                            self.number(to);
                        }
                    } else if name == "a" {
                        // What links from a note leads back.
                        let to = target(path, &tag).filter(|_| within.is_none() && !is_way_back(&tag));
                        let to = to.filter(|_| self.at(path, &tag).is_none());
                        if is_reference(&tag) || raised > 0 {
                            if let Some(to) = to {
                                self.number(to);
                            }
                        } else {
                            link = to;
                        }
                    } else if within.is_none() && self.at(path, &tag).is_some() {
                        within = Some(name);
                    }
                }
                Token::EndTag(tag) => {
                    let name = super::text(&tag.name);
                    within = within.filter(|within| *within != name);
                    if name == "sup" {
                        raised = raised.saturating_sub(1);
                    } else if name == "a" {
                        link = None;
                    }
                }
                Token::String(text) if !super::text(&text).trim().is_empty() => link = None,
                Token::String(_) | Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
            }
        }
    }

    fn number(&mut self, place: String) {
        let next = self.numbers.len() + 1;
        self.numbers.entry(place).or_insert(next);
    }

    /// The note that a link on this page refers to.
    pub(super) fn referred(&self, path: &str, link: &StartTag<()>) -> Option<usize> {
        if is_way_back(link) {
            return None;
        }
        self.numbers.get(&target(path, link)?).copied()
    }

    /// The note that an element of this page is.
    pub(super) fn at(&self, path: &str, element: &StartTag<()>) -> Option<usize> {
        let id = attribute(element, "id").or_else(|| attribute(element, "name"))?;
        self.numbers.get(&format!("{path}#{id}")).copied()
    }
}

/// The place a link leads to, if it is one in the book.
fn target(path: &str, link: &StartTag<()>) -> Option<String> {
    let href = attribute(link, "href")?;
    let (page, id) = href.split_once('#')?;
    if id.is_empty() || page.contains("//") {
        return None;
    }
    let page = if page.is_empty() { path.to_owned() } else { super::super::epub::joined(path, page) };
    Some(format!("{page}#{id}"))
}

fn is_reference(link: &StartTag<()>) -> bool {
    let said = |name: &str, words: &[&str]| has_word(attribute(link, name).as_deref(), words);
    said("epub:type", &["noteref"])
        || said("role", &["doc-noteref"])
        || said("class", &["footnote-ref", "noteref", "footnoteref", "endnote-ref", "sdfootnoteanc", "sdendnoteanc"])
}

/// Whether a link leads from a note back to the text.
pub(super) fn is_way_back(link: &StartTag<()>) -> bool {
    let said = |name: &str, words: &[&str]| has_word(attribute(link, name).as_deref(), words);
    said("epub:type", &["backlink", "referrer"])
        || said("role", &["doc-backlink"])
        || said("class", &["footnote-back", "footnote-backref", "note-back", "sdfootnotesym", "sdendnotesym"])
}
