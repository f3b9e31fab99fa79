//! An exported story: a comment before each part, chapter and scene says what begins there, so that each text comes
//! back as it was, whatever looks like a heading in it.

use crate::text::{Body, Heading};

use super::{FileChapter, FilePart, FileScene, ImportError};

/// The word by which an exported file marks its places. No text in the file has such a mark of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CutMark(String);

/// What begins at a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Part,
    Chapter,
    Scene,
}

impl CutMark {
    const WORD: &str = "cut";
    /// The line that shows readers of the file where a scene ends.
    pub const BREAK: &str = "***";

    /// A word that marks nothing in these texts.
    pub fn unused_in<'a>(texts: impl Iterator<Item = &'a str> + Clone) -> Self {
        let is_free = |mark: &Self| !texts.clone().any(|text| text.contains(&mark.start()));
        let numbered = (2..).map(|number: u64| Self(format!("{}-{number}", Self::WORD)));
        let mut words = [Self(Self::WORD.to_owned())].into_iter().chain(numbered);
        // There are more words than any text has marks.
        words.find(is_free).unwrap_or_else(|| Self(Self::WORD.to_owned()))
    }

    /// The word, if it may be one.
    pub(super) fn parse(word: &str) -> Option<Self> {
        let rest = word.strip_prefix(Self::WORD)?;
        rest.chars().all(|c| c == '-' || c.is_ascii_digit()).then(|| Self(word.to_owned()))
    }

    /// The word.
    pub fn word(&self) -> &str {
        &self.0
    }

    /// The line before a part.
    pub fn part(&self, title: &Heading) -> String {
        self.line("part", title)
    }

    /// The line before a chapter.
    pub fn chapter(&self, title: &Heading) -> String {
        self.line("chapter", title)
    }

    /// The line before a scene.
    pub fn scene(&self, title: &Heading) -> String {
        self.line("scene", title)
    }

    fn line(&self, what: &str, title: &Heading) -> String {
        if title.is_empty() {
            format!("{}{what} -->", self.start())
        } else {
            format!("{}{what}: {title} -->", self.start())
        }
    }

    fn start(&self) -> String {
        format!("<!-- {} ", self.0)
    }

    /// What the line marks, and its title.
    fn read<'a>(&self, line: &'a str) -> Option<(Place, &'a str)> {
        let said = line.trim_end().strip_prefix(&self.start())?.strip_suffix(" -->")?;
        let (what, title) = said.split_once(": ").unwrap_or((said, ""));
        let place = match what {
            "part" => Place::Part,
            "chapter" => Place::Chapter,
            "scene" => Place::Scene,
            _ => return None,
        };
        Some((place, title))
    }
}

/// The tree of an exported file.
pub(super) fn parts(source: &str, mark: &CutMark) -> Result<Vec<FilePart>, ImportError> {
    let mut parts = Vec::new();
    let (mut open, mut text) = (None, String::new());
    for line in source.split_inclusive('\n') {
        match mark.read(line) {
            Some(next) => {
                close(&mut parts, open, &text)?;
                open = Some(next);
                text.clear();
            }
            None => text.push_str(line),
        }
    }
    close(&mut parts, open, &text)?;
    Ok(parts)
}

/// Puts what stands below a mark into the tree.
fn close(parts: &mut Vec<FilePart>, mark: Option<(Place, &str)>, text: &str) -> Result<(), ImportError> {
    match mark {
        Some((Place::Part, title)) => {
            parts.push(FilePart { title: Heading::cleaned(title)?, chapters: Vec::new() });
            added(parts, without_heading(text))
        }
        Some((Place::Chapter, title)) => {
            let chapter = FileChapter { title: Heading::cleaned(title)?, scenes: Vec::new() };
            last_part(parts).chapters.push(chapter);
            added(parts, without_heading(text))
        }
        Some((Place::Scene, title)) => {
            let text =
                text.strip_prefix(CutMark::BREAK).filter(|rest| rest.starts_with('\n')).map_or(text, |rest| &rest[1..]);
            let text = Body::parse(text.strip_prefix('\n').unwrap_or(text))?;
            last_chapter(parts).scenes.push(FileScene { title: Heading::cleaned(title)?, text });
            Ok(())
        }
        None => added(parts, text),
    }
}

/// What an author wrote below a heading by hand is a scene.
fn added(parts: &mut Vec<FilePart>, text: &str) -> Result<(), ImportError> {
    if !text.trim().is_empty() {
        last_chapter(parts).scenes.push(Body::parse(text.trim_matches('\n'))?.into());
    }
    Ok(())
}

/// The text below the line that shows a heading.
fn without_heading(text: &str) -> &str {
    if !text.starts_with('#') {
        return text;
    }
    text.split_once('\n').map_or("", |(_, rest)| rest)
}

fn last_part(parts: &mut Vec<FilePart>) -> &mut FilePart {
    if parts.is_empty() {
        parts.push(FilePart { title: Heading::default(), chapters: Vec::new() });
    }
    let last = parts.len() - 1;
    &mut parts[last]
}

fn last_chapter(parts: &mut Vec<FilePart>) -> &mut FileChapter {
    let chapters = &mut last_part(parts).chapters;
    if chapters.is_empty() {
        chapters.push(FileChapter { title: Heading::default(), scenes: Vec::new() });
    }
    let last = chapters.len() - 1;
    &mut chapters[last]
}

#[cfg(test)]
mod tests {
    use crate::ManuscriptFile;

    fn check(source: &str, expected: &[&str]) {
        let source = format!("---\ntitle: A\ncut-mark: cut\n---\n\n{source}");
        let file = ManuscriptFile::parse("a.md", &source).expect("a good book");
        let mut found = Vec::new();
        for part in &file.parts {
            found.push(format!("[{}]", part.title));
            for chapter in &part.chapters {
                let scenes =
                    chapter.scenes.iter().map(|one| format!("{}/{}", one.title, one.text.as_str().replace('\n', "¶")));
                found.push(format!("{}: {}", chapter.title, scenes.collect::<Vec<_>>().join(" | ")));
            }
        }
        assert_eq!(found, expected, "{source:?}");
    }

    #[test]
    fn marks_make_the_tree() {
        check("", &[]);
        check("<!-- cut part: P -->\n# P\n\n", &["[P]"]);
        check(
            "<!-- cut part -->\n\n<!-- cut chapter: One: a --> b -->\n## One\n\n<!-- cut scene -->\n\n# h\n***\n\n\n<!-- cut scene: Night -->\n***\n\n***\n\n",
            &["[]", "One: a --> b: /# h¶*** | Night/***"],
        );
        check("<!-- cut chapter -->\n\n<!-- cut scene -->\n\n\n<!-- cutter -->", &["[]", ": /¶<!-- cutter -->"]);
    }

    #[test]
    fn what_was_written_between_marks_by_hand_is_kept() {
        check(
            "First.\n\n<!-- cut part: P -->\n# P\n\nBelow.\n\n<!-- cut chapter: One -->\n## One\n\nMore.\n",
            &["[]", ": /First.", "[P]", ": /Below.", "One: /More."],
        );
    }
}
