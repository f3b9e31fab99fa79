//! The text of a document, tag by tag.

use std::collections::HashMap;

use domain::{Run, RunStyle};
use quick_xml::events::{BytesStart, Event};

use super::{
    NoteId, each, is_on,
    styles::{Role, Styles, outline},
    value,
};
use crate::import::{ReadFailed, epub::referred, source::Source};

/// Where paragraphs go.
pub(super) trait Story {
    /// Takes a paragraph.
    fn take(&mut self, paragraph: Paragraph);
    /// A picture was passed over.
    fn picture(&mut self);
}

impl Story for Source {
    fn take(&mut self, paragraph: Paragraph) {
        let Paragraph { role, runs, is_ruled, has_hidden } = paragraph;
        self.has_hidden |= has_hidden;
        let is_empty = runs.iter().all(|run| !matches!(run, Run::Note(_)) && run.text().trim().is_empty());
        match role {
            Some(Role::Break) => {
                self.paragraph(0, runs);
                self.scene_break();
            }
            Some(Role::Title) => self.title(&runs.iter().map(Run::text).collect::<String>()),
            Some(Role::Heading(level)) => self.heading(level, runs),
            Some(Role::Quote) => self.paragraph(1, runs),
            Some(Role::Contents) => self.has_contents |= !is_empty,
            None if is_empty && is_ruled => self.scene_break(),
            None => self.paragraph(0, runs),
        }
    }

    fn picture(&mut self) {
        self.pictures += 1;
    }
}

/// A paragraph while it is read.
#[derive(Debug, Default)]
pub(super) struct Paragraph {
    role: Option<Role>,
    pub(super) runs: Vec<Run>,
    /// Whether it is a line across the page.
    is_ruled: bool,
    /// Whether some of it is hidden.
    pub(super) has_hidden: bool,
}

/// Where in a paragraph the reading is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    OutsideRuns,
    Run,
    /// What its author alone sees, in the program.
    HiddenRun,
}

/// A file of the document while it is read.
pub(super) struct Body<'a> {
    styles: &'a Styles,
    links: &'a HashMap<String, String>,
    number: &'a mut dyn FnMut(NoteId) -> usize,
    /// Paragraphs that are open: one may stand in a text box of another.
    open: Vec<Paragraph>,
    set: RunStyle,
    link: Option<String>,
    is_text: bool,
    place: Place,
    /// How deep in what is not shown: deleted text, and what stands there for older programs.
    hidden: usize,
    /// The instruction of a field, while it is read.
    instruction: String,
    is_instruction: bool,
    /// For each field that is open, whether it is a link.
    fields: Vec<bool>,
}

/// Elements whose text is not the document's, or is there twice.
const HIDDEN: [&str; 5] = ["Fallback", "moveFrom", "del", "rt", "annotation"];

impl<'a> Body<'a> {
    pub(super) fn new(
        styles: &'a Styles,
        links: &'a HashMap<String, String>,
        number: &'a mut dyn FnMut(NoteId) -> usize,
    ) -> Self {
        Self {
            styles,
            links,
            number,
            open: Vec::new(),
            set: RunStyle::default(),
            link: None,
            is_text: false,
            place: Place::OutsideRuns,
            hidden: 0,
            instruction: String::new(),
            is_instruction: false,
            fields: Vec::new(),
        }
    }

    pub(super) fn read(&mut self, xml: &str, story: &mut impl Story) -> Result<(), ReadFailed> {
        each(xml, |event| self.event(event, story))?;
        while let Some(paragraph) = self.open.pop() {
            story.take(paragraph);
        }
        Ok(())
    }

    pub(super) fn event(&mut self, event: &Event<'_>, story: &mut impl Story) {
        match event {
            Event::Start(tag) => {
                self.start(tag, story);
                self.hidden += usize::from(HIDDEN.contains(&tag.local_name().as_ref()));
            }
            Event::Empty(tag) => {
                self.start(tag, story);
                self.end(tag.local_name().as_ref(), story);
            }
            Event::End(tag) => {
                let name = tag.local_name();
                self.hidden = self.hidden.saturating_sub(usize::from(HIDDEN.contains(&name.as_ref())));
                self.end(name.as_ref(), story);
            }
            Event::Text(text) => self.text(&text.xml10_content()),
            Event::CData(text) => self.text(text),
            Event::GeneralRef(name) => self.text(&referred(name)),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) | Event::Eof => {}
        }
    }

    fn start(&mut self, tag: &BytesStart<'_>, story: &mut impl Story) {
        match tag.local_name().as_ref() {
            "p" => self.open.push(Paragraph::default()),
            "r" => {
                (self.place, self.set) = (Place::Run, RunStyle::default());
            }
            "t" => self.is_text = true,
            "instrText" => self.is_instruction = true,
            "pStyle" => self.role(value(tag, "val").and_then(|id| self.styles.role(&id))),
            "outlineLvl" => self.role(value(tag, "val").and_then(|level| outline(&level))),
            "rStyle" if self.is_in_run() => {
                let by_style = value(tag, "val").map(|id| self.styles.of_text(&id)).unwrap_or_default();
                self.set = RunStyle { link: None, ..by_style };
            }
            "i" if self.is_in_run() => self.set.emphasis = is_on(tag),
            "b" if self.is_in_run() => self.set.strong = is_on(tag),
            "vanish" if self.is_in_run() => self.place = if is_on(tag) { Place::HiddenRun } else { Place::Run },
            "strike" | "dstrike" if self.is_in_run() => self.set.struck = is_on(tag),
            // Of a paragraph: a line below or above an empty one is a scene break.
            "bottom" | "top" | "between" => {
                if let Some(paragraph) = self.open.last_mut() {
                    paragraph.is_ruled |= is_on(tag) && value(tag, "sz").is_some();
                }
            }
            "br" | "cr" if !matches!(value(tag, "type").as_deref(), Some("page" | "column")) => self.push(Run::LineEnd),
            "tab" if self.is_in_run() => self.text_run(" "),
            "noBreakHyphen" => self.text_run("\u{2011}"),
            "sym" => self.text_run(&symbol(tag)),
            "footnoteReference" | "endnoteReference" => {
                let is_end = tag.local_name().as_ref() == "endnoteReference";
                // A note that only hidden text refers to is not asked for.
                if let Some(id) = value(tag, "id").filter(|_| self.is_shown()) {
                    let number = (self.number)((is_end, id));
                    self.push(Run::Note(number));
                }
            }
            "hyperlink" => self.link = value(tag, "id").and_then(|id| self.links.get(&id).cloned()),
            "fldSimple" => self.link = value(tag, "instr").and_then(|instruction| linked(&instruction)),
            "fldChar" => self.field(value(tag, "fldCharType").as_deref()),
            "blip" | "imagedata" if self.hidden == 0 => story.picture(),
            // A line across the page, as it was drawn before there were borders.
            "rect" if value(tag, "hr").as_deref() == Some("t") => self.role(Some(Role::Break)),
            "hr" => self.role(Some(Role::Break)),
            _ => {}
        }
    }

    fn end(&mut self, name: &str, story: &mut impl Story) {
        match name {
            "p" => {
                if let Some(paragraph) = self.open.pop() {
                    story.take(paragraph);
                }
            }
            "r" => self.place = Place::OutsideRuns,
            "t" => self.is_text = false,
            "instrText" => self.is_instruction = false,
            "hyperlink" | "fldSimple" => self.link = None,
            _ => {}
        }
    }

    fn is_in_run(&self) -> bool {
        self.place != Place::OutsideRuns
    }

    /// A field begins, comes to its result, or ends.
    fn field(&mut self, kind: Option<&str>) {
        match kind {
            Some("begin") => {
                self.instruction.clear();
                self.fields.push(false);
            }
            Some("separate") => {
                if let Some(link) = linked(&self.instruction) {
                    self.link = Some(link);
                    if let Some(field) = self.fields.last_mut() {
                        *field = true;
                    }
                }
            }
            Some("end") if self.fields.pop() == Some(true) => self.link = None,
            Some(_) | None => {}
        }
    }

    fn role(&mut self, role: Option<Role>) {
        if let Some(paragraph) = self.open.last_mut() {
            paragraph.role = role.or(paragraph.role);
        }
    }

    fn text(&mut self, text: &str) {
        if self.is_instruction {
            self.instruction.push_str(text);
        } else if self.is_text {
            self.text_run(text);
        }
    }

    fn text_run(&mut self, text: &str) {
        let style = RunStyle { link: self.link.clone(), ..self.set.clone() };
        self.push(Run::Text(text.replace(['\n', '\t'], " "), style));
    }

    fn push(&mut self, run: Run) {
        if self.is_shown()
            && let Some(paragraph) = self.open.last_mut()
        {
            paragraph.runs.push(run);
        }
    }

    /// Whether what is read now is the document's text. What its author hid is noted.
    fn is_shown(&mut self) -> bool {
        let is_hidden = self.place == Place::HiddenRun;
        if let Some(paragraph) = self.open.last_mut() {
            paragraph.has_hidden |= is_hidden;
        }
        self.hidden == 0 && !is_hidden
    }
}

/// The address in a field's instruction, if it is a link: ` HYPERLINK "https://…" `.
fn linked(instruction: &str) -> Option<String> {
    let rest = instruction.trim_start().strip_prefix("HYPERLINK")?.trim_start();
    let (link, _) = rest.strip_prefix('"')?.split_once('"')?;
    Some(link.to_owned())
}

/// A character of a symbol font, if it is one that other fonts have.
fn symbol(tag: &BytesStart<'_>) -> String {
    let number = value(tag, "char").and_then(|number| u32::from_str_radix(&number, 16).ok());
    let c = number.and_then(char::from_u32).filter(|c| !('\u{e000}'..='\u{f8ff}').contains(c));
    c.map_or_else(String::new, String::from)
}
