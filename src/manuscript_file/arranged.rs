//! The outline of a file, as its author is shown it before the import, and what they make of it.

use serde::{Deserialize, Serialize};

use crate::text::{Body, Heading};

use super::{FileChapter, FilePart, FileScene, ImportError, ManuscriptFile};

/// What a heading of a file is to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FileLevel {
    /// The beginning of a part.
    Part,
    /// The beginning of a chapter.
    Chapter,
    /// A scene of the chapter before it.
    Scene,
    /// Not imported: of a part its heading alone, of a chapter its text, too.
    LeftOut,
}

/// A heading of a file, or a chapter without one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileHeading {
    /// What it was understood as.
    pub level: FileLevel,
    /// Its title, if it has one.
    pub title: Heading,
    /// How many words stand below it, up to the next one.
    pub words: u32,
    /// How many scenes.
    pub scenes: u32,
}

impl FileLevel {
    /// All of them, in the order people see.
    pub const ALL: [Self; 4] = [Self::Part, Self::Chapter, Self::Scene, Self::LeftOut];

    /// Its name in a form.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Part => "part",
            Self::Chapter => "chapter",
            Self::Scene => "scene",
            Self::LeftOut => "left-out",
        }
    }

    /// Its name on screen.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Part => "Part",
            Self::Chapter => "Chapter",
            Self::Scene => "Scene of the chapter above",
            Self::LeftOut => "Leave out",
        }
    }

    /// The levels of an outline's headings, as a form says them: a name for each, with blanks between.
    pub fn parse_all(text: &str) -> Option<Vec<Self>> {
        let level = |slug: &str| Self::ALL.into_iter().find(|level| level.slug() == slug);
        text.split_ascii_whitespace().map(level).collect()
    }
}

impl ManuscriptFile {
    /// Its headings, in their order. A part without a title has none.
    pub fn outline(&self) -> Vec<FileHeading> {
        let mut outline = Vec::new();
        for part in &self.parts {
            if !part.title.is_empty() {
                outline.push(FileHeading { level: FileLevel::Part, title: part.title.clone(), words: 0, scenes: 0 });
            }
            outline.extend(part.chapters.iter().map(|chapter| FileHeading {
                level: FileLevel::Chapter,
                title: chapter.title.clone(),
                words: chapter.scenes.iter().map(|scene| scene.text.words()).fold(0, u32::saturating_add),
                scenes: u32::try_from(chapter.scenes.len()).unwrap_or(u32::MAX),
            }));
        }
        outline
    }

    /// The file with other levels: one for each heading of its outline. Text below a part's heading that is left out
    /// stays.
    pub fn arranged(self, levels: &[FileLevel]) -> Result<Self, ImportError> {
        if levels.len() != self.outline().len() {
            return Err(ImportError::OtherOutline);
        }
        let Self { parts, .. } = &self;
        let (mut arranged, mut levels) = (Vec::new(), levels.iter().copied());
        for part in parts.iter().cloned() {
            if part.title.is_empty() {
                arranged.push(FilePart { title: Heading::default(), chapters: Vec::new() });
            } else {
                put_part(&mut arranged, part.title, levels.next().unwrap_or(FileLevel::Part));
            }
            for chapter in part.chapters {
                put_chapter(&mut arranged, chapter, levels.next().unwrap_or(FileLevel::Chapter));
            }
        }
        arranged.retain(|part| !part.title.is_empty() || !part.chapters.is_empty());
        if arranged.is_empty() {
            return Err(ImportError::AllLeftOut);
        }
        let file = Self { parts: arranged, ..self };
        file.admit()?;
        Ok(file)
    }
}

fn put_part(parts: &mut Vec<FilePart>, title: Heading, level: FileLevel) {
    match level {
        FileLevel::Part => parts.push(FilePart { title, chapters: Vec::new() }),
        FileLevel::Chapter => {
            last_part(parts).chapters.push(FileChapter { title, scenes: vec![FileScene::default()] });
        }
        // It has no text of its own.
        FileLevel::Scene | FileLevel::LeftOut => {}
    }
}

fn put_chapter(parts: &mut Vec<FilePart>, chapter: FileChapter, level: FileLevel) {
    match level {
        FileLevel::Chapter => last_part(parts).chapters.push(chapter),
        FileLevel::Part => {
            let has_text = chapter.scenes.iter().any(|scene| !Body::is_empty(&scene.text));
            let text = FileChapter { title: Heading::default(), scenes: chapter.scenes };
            parts.push(FilePart { title: chapter.title, chapters: if has_text { vec![text] } else { Vec::new() } });
        }
        FileLevel::Scene => match last_part(parts).chapters.last_mut() {
            Some(above) => {
                let mut scenes = chapter.scenes;
                if let Some(first) = scenes.first_mut().filter(|first| first.title.is_empty()) {
                    first.title = chapter.title;
                }
                above.scenes.extend(scenes);
            }
            // There is none above it.
            None => last_part(parts).chapters.push(chapter),
        },
        FileLevel::LeftOut => {}
    }
}

fn last_part(parts: &mut Vec<FilePart>) -> &mut FilePart {
    if parts.is_empty() {
        parts.push(FilePart { title: Heading::default(), chapters: Vec::new() });
    }
    let last = parts.len() - 1;
    &mut parts[last]
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOOK: &str = "---\ntitle: A\n---\n# P\n\n## One\n\na b\n\n***\n\nc\n\n## Two\n\nd\n\n# Q\n\n## Three\n\ne\n";

    fn book() -> ManuscriptFile {
        ManuscriptFile::parse("a.md", BOOK).expect("a good book")
    }

    fn check(levels: &str, expected: Result<&str, ImportError>) {
        let levels = FileLevel::parse_all(levels).expect("levels");
        let show = |file: ManuscriptFile| {
            let scene = |scene: &FileScene| format!("{}{}", scene.title, scene.text);
            let chapter = |chapter: &FileChapter| {
                format!("{}: {}", chapter.title, chapter.scenes.iter().map(scene).collect::<Vec<_>>().join(" | "))
            };
            let part = |part: &FilePart| {
                format!("[{}] {}", part.title, part.chapters.iter().map(chapter).collect::<Vec<_>>().join("; "))
            };
            file.parts.iter().map(part).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(book().arranged(&levels).map(show), expected.map(str::to_owned), "{levels:?}");
    }

    #[test]
    fn the_outline_says_what_was_understood() {
        let outline = book().outline();
        let show = |one: &FileHeading| format!("{}:{}:{}:{}", one.level.slug(), one.title, one.words, one.scenes);
        assert_eq!(
            outline.iter().map(show).collect::<Vec<_>>(),
            ["part:P:0:0", "chapter:One:3:2", "chapter:Two:1:1", "part:Q:0:0", "chapter:Three:1:1"]
        );
    }

    #[test]
    fn levels_can_be_changed() {
        check("part chapter chapter part chapter", Ok("[P] One: a b | c; Two: d [Q] Three: e"));
        check("part chapter scene part chapter", Ok("[P] One: a b | c | Twod [Q] Three: e"));
        check("part chapter left-out left-out chapter", Ok("[P] One: a b | c; Three: e"));
        check("left-out part chapter chapter scene", Ok("[One] : a b | c; Two: d; Q:  | Threee"));
        check("left-out left-out left-out left-out left-out", Err(ImportError::AllLeftOut));
        check("part", Err(ImportError::OtherOutline));
    }

    #[test]
    fn forms_say_levels_by_name() {
        assert_eq!(FileLevel::parse_all("part left-out"), Some(vec![FileLevel::Part, FileLevel::LeftOut]));
        assert_eq!(FileLevel::parse_all("part nonsense"), None);
    }
}
