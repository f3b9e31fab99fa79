//! An uploaded book: the text of a file, made into parts, chapters and scenes.
//!
//! Nothing an author wrote is dropped. What marks a place (a heading, a scene break) becomes the
//! tree; all other lines go into its scenes as they are. In reading order: `decode` leaves one
//! kind of line end, `front` reads what stands above the text, `exported` reads what says where its scenes are, `wrapped` joins lines that end at a fixed width, `marks` finds the lines
//! that mark a place, `contents` takes those of a page of contents away, `outline` decides the meaning of each, `tree`
//! cuts the text there, `notes` puts notes where they are referred to, and `cut` splits chapters that are too long. What stands in a scene is `story_text`'s to say.

mod announced;
mod arranged;
mod contents;
mod cut;
mod decode;
mod exported;
mod front;
mod marks;
mod notes;
mod outline;
mod tree;
mod wrapped;

use self::outline::CutKind;
use crate::{
    bound::Bound,
    grouped::grouped,
    story_text,
    text::{Body, Heading, Note, TextError, Title},
};

pub use self::{
    arranged::{FileHeading, FileLevel},
    exported::CutMark,
    front::FrontMatter,
};

/// A book, as one file tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ManuscriptFile {
    /// From the front matter, else from the heading at the top, else from the file's name.
    pub title: Title,
    /// The line below the title that says whom it is by, as in "By Jane Austen".
    pub author_line: Option<String>,
    /// From the front matter, else the few lines between the title and the first heading.
    pub blurb: Note,
    /// What the front matter says.
    pub front: FrontMatter,
    /// The parts, one at least.
    pub parts: Vec<FilePart>,
    /// How many chapters there are more than the file has, because one was longer than a chapter may be.
    pub cut: usize,
    /// What was passed over or changed in the reading: sentences for its author.
    pub remarks: Vec<String>,
}

/// A part of the book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilePart {
    /// Its title; chapters that belong to no part are in one without.
    pub title: Heading,
    /// Its chapters. A part that is only a heading has none.
    pub chapters: Vec<FileChapter>,
}

/// A chapter of the book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileChapter {
    /// Its title; text that stands below no heading is in one without.
    pub title: Heading,
    /// Its scenes, one at least.
    pub scenes: Vec<FileScene>,
}

/// A scene of the book.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileScene {
    /// Its title, which only a file has that was exported.
    pub title: Heading,
    /// Its text.
    pub text: Body,
}

impl From<Body> for FileScene {
    fn from(text: Body) -> Self {
        Self { title: Heading::default(), text }
    }
}

/// Why a file can't become a story: a sentence for its author.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// More bytes than fit.
    #[error("That file is too large: it has {bytes} bytes, and {} fit.", ManuscriptFile::MOST_BYTES)]
    TooLarge {
        /// How many there are.
        bytes: usize,
    },
    /// A character that can't be seen or typed.
    #[error("There is a control character in line {line} (number {character}); please remove it.")]
    Control {
        /// The line it is in, counted from 1.
        line: usize,
        /// Its number in Unicode.
        character: u32,
    },
    /// No text at all.
    #[error("There is no text in that file.")]
    Empty,
    /// More headings and scene breaks than a book has.
    #[error("That file has more than {most} headings and scene breaks; please split it into several files.")]
    TooManyMarks {
        /// How many fit.
        most: usize,
    },
    /// The levels are another outline's.
    #[error("That isn’t the file that was looked at before. Please look at it again.")]
    OtherOutline,
    /// No chapter is to be imported.
    #[error("Everything was left out, so there is nothing to import.")]
    AllLeftOut,
    /// A text was refused.
    #[error(transparent)]
    Text(#[from] TextError),
    /// More than a story holds.
    #[error(transparent)]
    Full(#[from] Bound),
}

impl ManuscriptFile {
    /// The most bytes that fit.
    pub const MOST_BYTES: usize = 16 * 1024 * 1024;

    /// The book in this text. The file's name tells the title if nothing else does.
    pub fn parse(file_name: &str, text: &str) -> Result<Self, ImportError> {
        Self::of(file_name, text, wrapped::joined)
    }

    /// The book in the text of a document, where each line ends as its author ended it.
    pub fn parse_document(file_name: &str, text: &str) -> Result<Self, ImportError> {
        Self::of(file_name, text, |_| None)
    }

    fn of(file_name: &str, text: &str, joined: impl Fn(&str) -> Option<String>) -> Result<Self, ImportError> {
        let source = decode::decode(text)?;
        let (front, source, mut remarks) = front::split(&source);
        if let Some(mark) = &front.mark {
            let (title, parts) = (front.title.clone(), exported::parts(source, mark)?);
            let title = title.map_or_else(|| tree::title_of(file_name), Ok)?;
            let blurb = front.blurb.clone().unwrap_or_default();
            let file = Self { title, author_line: None, blurb, front, parts, cut: 0, remarks };
            file.admit()?;
            return Ok(file);
        }
        if source.trim().is_empty() {
            return Err(ImportError::Empty);
        }
        let joined = joined(source);
        if joined.is_some() {
            remarks.push("The lines ended at a fixed width, so they were joined to paragraphs.".to_owned());
        }
        let source = joined.as_deref().unwrap_or(source);
        let mut marks = marks::marks(source)?;
        let contents = contents::pass_over(&story_text::masked(source), &mut marks);
        if contents.is_some() {
            remarks.push("A page of contents was passed over.".to_owned());
        }
        let mut outline = outline::outline(source, marks, front.title.as_ref());
        outline.extend(contents.map(|page| outline::Cut { start: page.start, end: page.end, kind: CutKind::Nothing }));
        outline.sort_by_key(|cut| cut.start);
        let mut file = tree::tree(file_name, front, source, outline)?;
        if notes::move_notes(&mut file.parts) > 0 {
            remarks.push("Notes were put into the chapters that refer to them.".to_owned());
        }
        file.remarks = remarks;
        file.cut = cut::cut(&mut file.parts);
        file.admit()?;
        Ok(file)
    }

    /// Refuses more than a story holds.
    pub fn admit(&self) -> Result<(), Bound> {
        for (bound, count) in [
            (Bound::StoryParts, self.parts.len()),
            (Bound::StoryChapters, self.chapters()),
            (Bound::StoryScenes, self.scenes()),
            (Bound::StoryCharacters, self.characters()),
        ] {
            bound.admit(0, count as u64)?;
        }
        for chapter in self.all_chapters() {
            let characters = chapter.scenes.iter().map(|scene| u64::from(scene.text.characters())).sum();
            Bound::ChapterCharacters.admit(0, characters)?;
            Bound::ChapterScenes.admit(0, chapter.scenes.len() as u64)?;
        }
        Ok(())
    }

    /// How many characters its scenes have.
    fn characters(&self) -> usize {
        self.all_chapters().flat_map(|chapter| &chapter.scenes).map(|scene| scene.text.characters() as usize).sum()
    }

    /// How many words its scenes have.
    pub fn words(&self) -> u32 {
        self.all_chapters()
            .flat_map(|chapter| &chapter.scenes)
            .map(|scene| scene.text.words())
            .fold(0, u32::saturating_add)
    }

    /// How many chapters it has.
    pub fn chapters(&self) -> usize {
        self.all_chapters().count()
    }

    /// How many scenes it has.
    pub fn scenes(&self) -> usize {
        self.all_chapters().map(|chapter| chapter.scenes.len()).sum()
    }

    /// What the author should know before going on.
    pub fn notice(&self) -> Option<String> {
        let said = self.odd_chapters().into_iter().chain(self.remarks.iter().cloned()).collect::<Vec<_>>();
        (!said.is_empty()).then(|| said.join(" "))
    }

    fn odd_chapters(&self) -> Option<String> {
        let nothing_found = self.chapters() == 1 + self.cut
            && self.parts.iter().all(|part| part.title.is_empty())
            && self.all_chapters().all(|chapter| chapter.title.is_empty());
        let (chapters, most) = (self.chapters(), grouped(Bound::ChapterCharacters.most()));
        let scenes = Bound::ChapterScenes.most();
        match (nothing_found, self.cut) {
            (true, 0) => Some("No headings were found, so the whole text is one chapter.".to_owned()),
            (true, _) => Some(format!(
                "No headings were found. A chapter holds {most} characters, so the text became {chapters} chapters."
            )),
            (false, 0) => None,
            (false, _) => {
                Some(format!("A chapter holds {most} characters or {scenes} scenes: what was longer became several."))
            }
        }
    }

    fn all_chapters(&self) -> impl Iterator<Item = &FileChapter> {
        self.parts.iter().flat_map(|part| &part.chapters)
    }
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod trials;
