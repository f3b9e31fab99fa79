//! What is pasted, tag by tag. It knows no browser, so that a table can test it.

mod block;
mod style;

use domain::{Run, RunStyle};

use self::{
    block::{Block, written},
    style::{declarations, set},
};

/// An element, as far as it matters here.
#[derive(Debug, Clone, Default)]
pub struct Element {
    /// Its name, in small letters.
    pub name: String,
    /// Its own style sheet.
    pub style: String,
    /// Where it leads.
    pub href: Option<String>,
}

/// What is pasted, while it is read.
#[derive(Debug, Default)]
pub struct Page {
    blocks: Vec<Block>,
    open: Vec<Open>,
    runs: Vec<Run>,
    /// The sign of a list's item, until its text is there.
    sign: Option<String>,
    /// Whether a program's text is in it, or another one whose blanks and lines are as they were typed.
    is_verbatim: bool,
}

/// What is pasted, as story text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pasted {
    /// The text.
    pub text: String,
    /// Whether it begins with what takes whole lines.
    pub begins_apart: bool,
    /// Whether it ends so.
    pub ends_apart: bool,
}

#[derive(Debug, Clone)]
struct Open {
    is_block: bool,
    heading: Option<usize>,
    is_quote: bool,
    style: RunStyle,
    /// How many items a numbered list has so far.
    items: Option<usize>,
}

/// Elements that stand in no line of text.
const BLOCKS: [&str; 30] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "li",
    "main",
    "ol",
    "p",
    "pre",
    "section",
    "tr",
    "ul",
];

/// Elements whose text is not shown.
const HIDDEN: [&str; 9] = ["audio", "head", "noscript", "object", "script", "style", "template", "title", "video"];

impl Page {
    /// An element begins. False if nothing of it is shown: it is passed over.
    pub fn begin(&mut self, element: &Element) -> bool {
        let name = element.name.as_str();
        if HIDDEN.contains(&name) {
            return false;
        }
        let is_block = BLOCKS.contains(&name);
        if is_block {
            self.flush();
        }
        match name {
            "br" => self.line_end(),
            "hr" => {
                self.flush();
                self.blocks.push(Block::Break);
            }
            "li" => self.mark_item(),
            _ => {}
        }
        let declared = declarations(&element.style);
        self.is_verbatim |=
            name == "pre" || declared.iter().any(|(property, value)| property == "white-space" && value == "pre");
        let mut style = self.open.last().map(|open| open.style.clone()).unwrap_or_default();
        set(&mut style, element, &declared, is_block);
        let heading =
            name.strip_prefix('h').and_then(|level| level.parse().ok()).filter(|level| (1..=6).contains(level));
        let items = (name == "ol").then_some(0);
        self.open.push(Open { is_block, heading, is_quote: name == "blockquote", style, items });
        true
    }

    /// The element ends that began last.
    pub fn end(&mut self) {
        if self.open.last().is_some_and(|open| open.is_block) {
            self.flush();
        }
        self.open.pop();
    }

    /// A cell of a table ends: what follows is another word.
    pub fn blank(&mut self) {
        self.runs.push(Run::Text(" ".to_owned(), RunStyle::default()));
    }

    /// Text. Blanks and line ends in a row are one blank, as browsers show them.
    pub fn text(&mut self, text: &str) {
        let style = self.open.last().map(|open| open.style.clone()).unwrap_or_default();
        let mut shown = String::with_capacity(text.len());
        let mut is_after_blank = self.runs.last().is_none_or(|run| run.text().ends_with([' ', '\n']));
        for c in text.chars() {
            let is_blank = matches!(c, ' ' | '\n' | '\t' | '\r' | '\u{c}');
            if !is_blank {
                shown.push(c);
            } else if !is_after_blank {
                shown.push(' ');
            }
            is_after_blank = is_blank;
        }
        if !shown.is_empty() {
            self.runs.push(Run::Text(shown, style));
        }
    }

    /// All of it. Nothing, where plain text says the same.
    pub fn pasted(mut self) -> Option<Pasted> {
        self.flush();
        let is_plain = |block: &Block| match block {
            Block::Paragraph(0, runs) => {
                !runs.iter().any(|run| matches!(run, Run::Text(_, style) if *style != RunStyle::default()))
            }
            Block::Paragraph(..) | Block::Heading(..) | Block::Break => false,
        };
        let is_all_plain = self.blocks.iter().all(is_plain);
        if is_all_plain && (self.is_verbatim || self.blocks.len() < 2) {
            return None;
        }
        let is_apart = |block: Option<&Block>| !matches!(block, Some(Block::Paragraph(0, _)) | None);
        let (begins_apart, ends_apart) = (is_apart(self.blocks.first()), is_apart(self.blocks.last()));
        Some(Pasted { text: written(&self.blocks), begins_apart, ends_apart })
    }

    /// Two line ends in a row end a paragraph.
    fn line_end(&mut self) {
        if matches!(self.runs.last(), Some(Run::LineEnd)) {
            self.flush();
        } else {
            self.runs.push(Run::LineEnd);
        }
    }

    /// The sign of a list's item.
    fn mark_item(&mut self) {
        let items = self.open.last_mut().and_then(|list| list.items.as_mut());
        let sign = match items {
            Some(items) => {
                *items += 1;
                format!("{items}. ")
            }
            None => "• ".to_owned(),
        };
        self.sign = Some(sign);
    }

    /// The paragraph at hand is whole.
    fn flush(&mut self) {
        let mut runs = std::mem::take(&mut self.runs);
        if runs.iter().all(|run| run.text().trim().is_empty()) {
            return;
        }
        if let Some(sign) = self.sign.take() {
            runs.insert(0, Run::Text(sign, RunStyle::default()));
        }
        let heading = self.open.iter().rev().find_map(|open| open.heading);
        let depth = self.open.iter().filter(|open| open.is_quote).count().min(16);
        self.blocks.push(match heading {
            Some(level) => Block::Heading(level, runs),
            None => Block::Paragraph(depth, runs),
        });
    }
}

#[cfg(test)]
mod tests;
