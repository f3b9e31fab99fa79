//! DOCX: paragraphs with their styles, in `WordprocessingML` (ECMA-376).

mod body;
mod notes;
mod styles;

use std::collections::HashMap;

use domain::Run;
use quick_xml::{
    Reader, XmlVersion,
    events::{BytesStart, Event},
};

use self::{body::Body, notes::Notes, styles::Styles};
use super::{ReadFailed, source::Source, unzip::Unzip};

/// The file that has the text.
pub(super) const DOCUMENT: &str = "word/document.xml";

/// A footnote or an endnote, by its kind and number.
type NoteId = (bool, String);

/// The book as story text, and what its author should know.
pub(super) fn docx(archive: &mut Unzip<'_>) -> Result<(String, Vec<String>), ReadFailed> {
    let styles =
        archive.maybe_text("word/styles.xml")?.map_or_else(|| Ok(Styles::default()), |xml| Styles::read(&xml))?;
    let (mut notes, mut has_hidden) = (HashMap::new(), false);
    for (path, is_end) in [("word/footnotes.xml", false), ("word/endnotes.xml", true)] {
        if let Some(xml) = archive.maybe_text(path)? {
            let links = links(archive, &format!("word/_rels/{}.rels", &path["word/".len()..]))?;
            let file = Notes::read(&xml, &styles, &links)?;
            has_hidden |= file.has_hidden;
            notes.extend(file.by_id.into_iter().map(|(id, note)| ((is_end, id), note)));
        }
    }
    let links = links(archive, "word/_rels/document.xml.rels")?;
    let xml = archive.text(DOCUMENT)?;
    let mut source = Source::default();
    source.has_hidden = has_hidden;
    let mut numbers: HashMap<NoteId, usize> = HashMap::new();
    let mut number = |note: NoteId| {
        let next = numbers.len() + 1;
        *numbers.entry(note).or_insert(next)
    };
    Body::new(&styles, &links, &mut number).read(&xml, &mut source)?;
    for (id, number) in numbers {
        for paragraph in notes.remove(&id).unwrap_or_default() {
            source.note(number, paragraph);
        }
    }
    Ok(source.written())
}

/// Where the links of a file lead, by their names.
fn links(archive: &mut Unzip<'_>, path: &str) -> Result<HashMap<String, String>, ReadFailed> {
    let mut links = HashMap::new();
    if let Some(xml) = archive.maybe_text(path)? {
        each(&xml, |event| {
            if let Event::Start(tag) | Event::Empty(tag) = event
                && value(tag, "TargetMode").as_deref() == Some("External")
                && let Some((id, target)) = value(tag, "Id").zip(value(tag, "Target"))
            {
                links.insert(id, target);
            }
        })?;
    }
    Ok(links)
}

/// Hands over each event of a file.
fn each(xml: &str, mut take: impl FnMut(&Event<'_>)) -> Result<(), ReadFailed> {
    let mut reader = Reader::from_str(xml);
    loop {
        let event = reader.read_event().map_err(|_| ReadFailed::Damaged("its text can’t be read"))?;
        if event == Event::Eof {
            return Ok(());
        }
        take(&event);
    }
}

/// The value of an attribute, whatever letters stand for its namespace.
fn value(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = tag.attributes();
    attributes.with_checks(false);
    let mut named = attributes.flatten().filter(|attribute| attribute.key.local_name().as_ref() == name);
    named.next()?.normalized_value(XmlVersion::Implicit1_0).ok().map(std::borrow::Cow::into_owned)
}

/// Whether a switch such as `<w:b/>` is on.
fn is_on(tag: &BytesStart<'_>) -> bool {
    !matches!(value(tag, "val").as_deref(), Some("0" | "false" | "off" | "none"))
}

/// The paragraphs of a note.
type Note = Vec<Vec<Run>>;
