//! The footnotes and endnotes of a document.

use std::collections::HashMap;

use domain::Run;
use quick_xml::events::Event;

use super::{
    Note,
    body::{Body, Paragraph, Story},
    each,
    styles::Styles,
    value,
};
use crate::import::ReadFailed;

/// The notes of a file, by their ids.
#[derive(Default)]
pub(super) struct Notes {
    pub(super) by_id: HashMap<String, Note>,
    /// Whether some of their text is hidden.
    pub(super) has_hidden: bool,
    at: Option<String>,
}

impl Notes {
    pub(super) fn read(xml: &str, styles: &Styles, links: &HashMap<String, String>) -> Result<Self, ReadFailed> {
        let mut notes = Self::default();
        // A note has no notes.
        let mut number = |_| 0;
        let mut body = Body::new(styles, links, &mut number);
        each(xml, |event| {
            if let Event::Start(tag) = event
                && matches!(tag.local_name().as_ref(), "footnote" | "endnote")
            {
                // Lines between text and notes are notes, too, of a type of their own.
                let is_note = value(tag, "type").is_none_or(|kind| kind == "normal");
                notes.at = value(tag, "id").filter(|_| is_note);
            }
            body.event(event, &mut notes);
        })?;
        Ok(notes)
    }
}

impl Story for Notes {
    fn take(&mut self, paragraph: Paragraph) {
        if let Some(id) = &self.at {
            self.has_hidden |= paragraph.has_hidden;
            let runs = paragraph.runs.into_iter().filter(|run| !matches!(run, Run::Note(_)));
            self.by_id.entry(id.clone()).or_default().push(runs.collect());
        }
    }

    fn picture(&mut self) {}
}
