//! A story as a document for word processors: headings, emphasis, links, footnotes and scene breaks in their own styles.

mod fixed;
mod paragraph;

use std::io::Write;

use domain::{FileChapter, Heading, Passage, Passages, Run, WholeStory};

use self::paragraph::Notes;
use super::passages;
use crate::{Archive, ArchiveFailed};

/// The story as a document.
pub(super) fn docx(story: &WholeStory) -> Result<Vec<u8>, ArchiveFailed> {
    let mut archive = Archive::default();
    archive.add("[Content_Types].xml", fixed::CONTENT_TYPES.as_bytes())?;
    archive.add("_rels/.rels", fixed::RELATIONSHIPS.as_bytes())?;
    archive.add("docProps/core.xml", fixed::properties(story).as_bytes())?;
    archive.add("word/_rels/document.xml.rels", fixed::DOCUMENT_RELATIONSHIPS.as_bytes())?;
    archive.add("word/styles.xml", fixed::STYLES.as_bytes())?;
    let mut body = Body { out: Archive::begin("word/document.xml")?, notes: Notes::default() };
    body.out.write_all(fixed::DOCUMENT_START.as_bytes())?;
    body.story(story)?;
    body.out.write_all(fixed::DOCUMENT_END.as_bytes())?;
    archive.end(body.out)?;
    archive.add("word/footnotes.xml", body.notes.written().as_bytes())?;
    archive.finish()
}

/// The document's text while it is written: compressed as it comes.
struct Body<Out> {
    out: Out,
    notes: Notes,
}

impl<Out: Write> Body<Out> {
    fn story(&mut self, story: &WholeStory) -> Result<(), ArchiveFailed> {
        self.plain("Title", story.title.as_str())?;
        self.plain("Subtitle", story.author.as_str())?;
        for paragraph in story.blurb.as_str().split("\n\n").filter(|text| !text.trim().is_empty()) {
            self.plain("Abstract", paragraph.trim())?;
        }
        // Parts stand above chapters, if there are any with a title.
        let has_parts = story.parts.iter().any(|part| !part.title.is_empty());
        for part in &story.parts {
            if !part.title.is_empty() {
                self.heading(1, &part.title)?;
            }
            for one in &part.chapters {
                self.chapter(one, if has_parts { 2 } else { 1 })?;
            }
        }
        Ok(())
    }

    fn chapter(&mut self, chapter: &FileChapter, level: u8) -> Result<(), ArchiveFailed> {
        if !chapter.title.is_empty() {
            self.heading(level, &chapter.title)?;
        }
        let set = passages(&chapter.scenes);
        self.notes.begin_chapter(&set);
        for (number, scene) in set.scenes.iter().enumerate() {
            if number > 0 {
                self.plain("SceneBreak", "* * *")?;
            }
            self.blocks(&set, scene, 0, level + 1)?;
        }
        Ok(())
    }

    fn blocks(&mut self, set: &Passages, blocks: &[Passage], depth: usize, level: u8) -> Result<(), ArchiveFailed> {
        for passage in blocks {
            match passage {
                Passage::Paragraph(runs) => self.paragraph(set, runs, if depth > 0 { "Quote" } else { "" }, depth)?,
                Passage::Heading(runs) => self.paragraph(set, runs, &format!("Heading{level}"), depth)?,
                Passage::Break => self.plain("SceneBreak", "* * *")?,
                Passage::Quote(blocks) => self.blocks(set, blocks, depth + 1, level)?,
            }
        }
        Ok(())
    }

    fn heading(&mut self, level: u8, title: &Heading) -> Result<(), ArchiveFailed> {
        self.plain(&format!("Heading{level}"), title.as_str())
    }

    fn plain(&mut self, style: &str, text: &str) -> Result<(), ArchiveFailed> {
        self.paragraph(&Passages::default(), &[Run::Text(text.to_owned(), domain::RunStyle::default())], style, 0)
    }

    fn paragraph(&mut self, set: &Passages, runs: &[Run], style: &str, depth: usize) -> Result<(), ArchiveFailed> {
        Ok(self.out.write_all(paragraph::paragraph(set, runs, style, depth, &mut self.notes).as_bytes())?)
    }
}
