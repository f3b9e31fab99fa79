//! What a document says, written as story text: each sign that has a meaning there is one that the document means.

mod line;

use std::fmt::Write;

use std::collections::{HashMap, HashSet};

use domain::Run;

use self::line::Written;

/// A document while it is read.
#[derive(Debug, Default)]
pub(super) struct Source {
    title: Option<String>,
    blocks: Vec<Block>,
    notes: HashMap<usize, Vec<Vec<Run>>>,
    /// How many pictures were passed over.
    pub(super) pictures: usize,
    /// Whether a table of contents was.
    pub(super) has_contents: bool,
    /// Whether text was that its author had hidden.
    pub(super) has_hidden: bool,
}

/// A block of a document.
#[derive(Debug)]
enum Block {
    Heading(usize, Vec<Run>),
    /// A paragraph, so deep in quotations.
    Paragraph(usize, Vec<Run>),
    Break,
}

impl Source {
    /// The book's own title, if the document has one apart from its text.
    pub(super) fn title(&mut self, title: &str) {
        let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
        if !title.is_empty() && self.title.is_none() {
            self.title = Some(title.chars().filter(|c| !c.is_control()).take(200).collect());
        }
    }

    pub(super) fn heading(&mut self, level: usize, runs: Vec<Run>) {
        if has_text(&runs) {
            self.blocks.push(Block::Heading(level.clamp(1, 6), runs));
        }
    }

    pub(super) fn paragraph(&mut self, depth: usize, runs: Vec<Run>) {
        if has_text(&runs) {
            self.blocks.push(Block::Paragraph(depth.min(16), runs));
        }
    }

    pub(super) fn scene_break(&mut self) {
        if !matches!(self.blocks.last(), Some(Block::Break) | None) {
            self.blocks.push(Block::Break);
        }
    }

    /// Adds a paragraph to a note.
    pub(super) fn note(&mut self, number: usize, runs: Vec<Run>) {
        if has_text(&runs) {
            self.notes.entry(number).or_default().push(runs);
        }
    }

    /// How many blocks there are.
    pub(super) fn blocks(&self) -> usize {
        self.blocks.len()
    }

    /// Keeps so many blocks. Whether there were more. Notes stay.
    pub(super) fn keep_blocks(&mut self, count: usize) -> bool {
        let had_more = self.blocks.len() > count;
        self.blocks.truncate(count);
        had_more
    }

    /// Whether any heading was found.
    pub(super) fn has_headings(&self) -> bool {
        self.blocks.iter().any(|block| matches!(block, Block::Heading(..)))
    }

    /// The text, and what its author should know.
    pub(super) fn written(mut self) -> (String, Vec<String>) {
        let mut written = Written::default();
        let mut text = self.title.as_ref().map_or_else(String::new, |title| {
            format!("---\ntitle: \"{}\"\n---\n\n", title.replace('\\', "\\\\").replace('"', "\\\""))
        });
        let (mut noted, mut before) = (HashSet::new(), 0);
        for block in std::mem::take(&mut self.blocks) {
            match block {
                Block::Heading(level, runs) => {
                    before = 0;
                    let line = written.line(&without_styles(&runs), &self.has_note()).replace('\n', " ");
                    _ = write!(text, "{} {line}\n\n", "#".repeat(level));
                    text += &self.notes_of(&runs, &mut noted, &mut written);
                }
                Block::Paragraph(depth, runs) => {
                    // Between two paragraphs of a quotation stands an empty line of it.
                    if before > 0 && depth > 0 {
                        text.truncate(text.trim_end().len());
                        _ = write!(text, "\n{}\n", ">".repeat(depth.min(before)));
                    }
                    before = depth;
                    let signs = format!("{}{}", ">".repeat(depth), if depth > 0 { " " } else { "" });
                    for line in written.line(&runs, &self.has_note()).lines() {
                        _ = writeln!(text, "{signs}{line}");
                    }
                    text.push('\n');
                    let notes = self.notes_of(&runs, &mut noted, &mut written);
                    if !notes.is_empty() {
                        before = 0;
                        text += &notes;
                    }
                }
                Block::Break => {
                    before = 0;
                    text += "***\n\n";
                }
            }
        }
        // What nothing refers to is text.
        let mut rest = self.notes.iter().filter(|(number, _)| !noted.contains(*number)).collect::<Vec<_>>();
        rest.sort_by_key(|(number, _)| **number);
        for runs in rest.into_iter().flat_map(|(_, note)| note) {
            _ = write!(text, "{}\n\n", written.line(runs, &self.has_note()));
        }
        (text, self.remarks(&written))
    }

    fn has_note(&self) -> impl Fn(usize) -> bool {
        |number| self.notes.contains_key(&number)
    }

    /// The notes that these runs refer to, and those that these refer to, each once.
    fn notes_of(&self, runs: &[Run], noted: &mut HashSet<usize>, written: &mut Written) -> String {
        let mut text = String::new();
        let mut waiting = references(runs);
        while let Some(number) = waiting.pop() {
            let Some(note) = self.notes.get(&number).filter(|_| noted.insert(number)) else { continue };
            let lines = note.iter().map(|runs| written.line(runs, &self.has_note()));
            let lines = lines.collect::<Vec<_>>().join("\n");
            _ = write!(text, "[^{number}]: {lines}\n\n");
            waiting.extend(note.iter().flat_map(|runs| references(runs)));
        }
        text
    }

    fn remarks(&self, written: &Written) -> Vec<String> {
        let mut remarks = Vec::new();
        match self.pictures {
            0 => {}
            1 => remarks.push("One picture was passed over.".to_owned()),
            count => remarks.push(format!("{count} pictures were passed over.")),
        }
        if self.has_contents {
            remarks.push("A table of contents was passed over.".to_owned());
        }
        if self.has_hidden {
            remarks.push("Hidden text was passed over.".to_owned());
        }
        match written.plain {
            0 => {}
            1 => remarks.push("In one paragraph emphasis or links could not be kept; its text is whole.".to_owned()),
            count => {
                remarks
                    .push(format!("In {count} paragraphs emphasis or links could not be kept; their text is whole."));
            }
        }
        remarks
    }
}

/// The notes that runs refer to, the last one first.
fn references(runs: &[Run]) -> Vec<usize> {
    let note = |run: &Run| if let Run::Note(number) = run { Some(*number) } else { None };
    runs.iter().rev().filter_map(note).collect()
}

fn has_text(runs: &[Run]) -> bool {
    runs.iter().any(|run| matches!(run, Run::Note(_)) || !run.text().trim().is_empty())
}

/// A heading is set in its own way.
fn without_styles(runs: &[Run]) -> Vec<Run> {
    let plain = |run: &Run| match run {
        Run::Text(text, _) => Run::Text(text.clone(), domain::RunStyle::default()),
        Run::LineEnd => Run::LineEnd,
        Run::Note(number) => Run::Note(*number),
    };
    runs.iter().map(plain).collect()
}
