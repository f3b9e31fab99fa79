//! The text, cut into the tree.

use crate::{
    story_text::{private, without_private},
    text::{Body, Heading, Note, Title},
};

use super::{
    FileChapter, FilePart, FileScene, FrontMatter, ImportError, ManuscriptFile,
    marks::by_line,
    outline::{Cut, CutKind, FEW_LINES},
};

/// The book that the cuts make of the source.
pub(super) fn tree(
    file_name: &str,
    front: FrontMatter,
    source: &str,
    cuts: Vec<Cut>,
) -> Result<ManuscriptFile, ImportError> {
    let mut tree = Tree::default();
    let mut at = 0;
    for Cut { start, end, kind } in cuts {
        tree.text(source.get(at..start).unwrap_or_default())?;
        tree.cut(kind)?;
        tree.comments = comments(source.get(start..end).unwrap_or_default());
        at = end;
    }
    tree.text(source.get(at..).unwrap_or_default())?;

    let Tree { title: own_title, author_line, opening, mut parts, .. } = tree;
    let has_title = own_title.is_some() || front.title.is_some();
    let blurb = match opening.as_slice() {
        [text] if has_title && !parts.is_empty() && front.blurb.is_none() => blurb(text),
        _ => None,
    };
    // Everybody reads a blurb; its comments go where only the author reads them.
    let comments = if blurb.is_some() { opening.iter().map(|text| comments(text)).collect() } else { String::new() };
    if parts.is_empty() || (blurb.is_none() && !opening.is_empty()) {
        open(&mut parts, &opening)?;
    }
    let mut scenes = parts.iter_mut().flat_map(|part| &mut part.chapters).map(|chapter| &mut chapter.scenes);
    if let Some(scenes) = scenes.next() {
        put_first(scenes, &comments)?;
    }
    for chapter in parts.iter_mut().flat_map(|part| &mut part.chapters) {
        if chapter.scenes.is_empty() {
            chapter.scenes.push(FileScene::default());
        }
    }
    let title = match (&front.title, own_title) {
        (Some(title), _) => title.clone(),
        (None, Some(title)) => Title::parse(title.as_str())?,
        (None, None) => title_of(file_name)?,
    };
    let blurb = match front.blurb.clone().or(blurb) {
        Some(blurb) => blurb,
        None => Note::parse("")?,
    };
    Ok(ManuscriptFile { title, author_line, blurb, front, parts, cut: 0, remarks: Vec::new() })
}

/// The tree while it grows.
#[derive(Default)]
struct Tree {
    title: Option<Heading>,
    author_line: Option<String>,
    is_below_title: bool,
    /// The texts before the first part or chapter.
    opening: Vec<String>,
    parts: Vec<FilePart>,
    /// The comments in the last mark, which come before the text below it.
    comments: String,
}

impl Tree {
    fn cut(&mut self, kind: CutKind) -> Result<(), ImportError> {
        self.is_below_title = false;
        match kind {
            CutKind::Book(title) => {
                self.title = Some(title);
                self.is_below_title = true;
            }
            CutKind::Part(title) => self.parts.push(FilePart { title, chapters: Vec::new() }),
            CutKind::Chapter(title) => self.chapter(title, false)?,
            CutKind::LooseChapter(title) => self.chapter(title, true)?,
            CutKind::Scene | CutKind::Nothing => {}
        }
        Ok(())
    }

    fn chapter(&mut self, title: Heading, is_loose: bool) -> Result<(), ImportError> {
        let chapter = FileChapter { title, scenes: Vec::new() };
        match self.parts.last_mut() {
            Some(part) if !is_loose || part.title.is_empty() => part.chapters.push(chapter),
            Some(_) | None => self.parts.push(FilePart { title: Heading::parse("")?, chapters: vec![chapter] }),
        }
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), ImportError> {
        let mut text = without_blank_lines(text);
        if self.is_below_title {
            let (line, rest) = text.split_once('\n').unwrap_or((text, ""));
            if let Some(author) =
                by_line(line).filter(|_| rest.lines().next().is_none_or(|next| next.trim().is_empty()))
            {
                self.author_line = Some(author.to_owned());
                text = without_blank_lines(rest);
            }
        }
        let mut comments = std::mem::take(&mut self.comments);
        comments += text;
        let text = comments.trim_end();
        if text.is_empty() {
            return Ok(());
        }
        let Some(part) = self.parts.last_mut() else {
            self.opening.push(text.to_owned());
            return Ok(());
        };
        if part.chapters.is_empty() {
            part.chapters.push(FileChapter { title: Heading::parse("")?, scenes: Vec::new() });
        }
        if let Some(chapter) = part.chapters.last_mut() {
            push_scenes(&mut chapter.scenes, text)?;
        }
        Ok(())
    }
}

/// The comments of a text, each a paragraph.
fn comments(text: &str) -> String {
    let comments = private(text).into_iter().filter_map(|at| text.get(at));
    comments.flat_map(|comment| [comment, "\n\n"]).collect()
}

/// Puts a text at the beginning of the first of these scenes.
fn put_first(scenes: &mut Vec<FileScene>, text: &str) -> Result<(), ImportError> {
    let first = scenes.first().map_or("", |scene| scene.text.as_str());
    match Body::parse(&format!("{text}{first}")) {
        Ok(both) if !scenes.is_empty() => scenes.splice(..1, [both.into()]).for_each(drop),
        Ok(_) | Err(_) if text.is_empty() => {}
        Ok(_) | Err(_) => scenes.insert(0, Body::parse(text)?.into()),
    }
    Ok(())
}

/// The text as a blurb, if it is as short as one.
fn blurb(text: &str) -> Option<Note> {
    let text = &*without_private(text);
    let lines = text.lines().filter(|line| !line.trim().is_empty()).count();
    if lines <= FEW_LINES { Note::parse(text.trim()).ok().filter(|note| !note.is_empty()) } else { None }
}

/// Adds the texts as a chapter before all others.
fn open(parts: &mut Vec<FilePart>, texts: &[String]) -> Result<(), ImportError> {
    let mut chapter = FileChapter { title: Heading::parse("")?, scenes: Vec::new() };
    for text in texts {
        push_scenes(&mut chapter.scenes, text)?;
    }
    match parts.first_mut() {
        Some(part) if part.title.is_empty() => part.chapters.insert(0, chapter),
        Some(_) | None => parts.insert(0, FilePart { title: Heading::parse("")?, chapters: vec![chapter] }),
    }
    Ok(())
}

/// Adds the text as one scene, or as several if it is too long for one.
fn push_scenes(scenes: &mut Vec<FileScene>, mut text: &str) -> Result<(), ImportError> {
    while let Some((most, _)) = text.char_indices().nth(Body::MAX_CHARACTERS) {
        let (fitting, _) = text.split_at(most);
        // Where a paragraph ends, or else a line, or else a word, unless that leaves little.
        let near = |end: &str| fitting.rfind(end).filter(|&at| at > most / 2);
        let (scene, rest) = text.split_at(near("\n\n").or_else(|| near("\n")).or_else(|| near(" ")).unwrap_or(most));
        scenes.push(Body::parse(scene)?.into());
        text = without_blank_lines(rest);
    }
    if !text.trim().is_empty() {
        scenes.push(Body::parse(text)?.into());
    }
    Ok(())
}

/// The text without the blank lines around it; the indent of its first line stays.
fn without_blank_lines(text: &str) -> &str {
    let text = text.trim_end();
    let blank = text.len() - text.trim_start().len();
    let first = text.get(..blank).and_then(|blank| blank.rfind('\n')).map_or(0, |at| at + 1);
    text.get(first..).unwrap_or(text)
}

/// The words that stay small within a title.
const SMALL: &[&str] =
    &["a", "an", "and", "at", "but", "by", "for", "in", "nor", "of", "on", "or", "the", "to", "with"];

/// What ends the names of files that can be imported.
const ENDINGS: [&str; 10] = ["md", "markdown", "txt", "text", "htm", "html", "xhtml", "docx", "epub", "mkd"];

/// A title from the name of a file: "pride-and-prejudice.md" is "Pride and Prejudice".
pub(super) fn title_of(file_name: &str) -> Result<Title, ImportError> {
    let name = file_name.rsplit(['/', '\\']).next().unwrap_or_default();
    let name = match name.rsplit_once('.') {
        Some((stem, ending)) if ENDINGS.iter().any(|e| ending.eq_ignore_ascii_case(e)) => stem,
        Some(_) | None => name,
    };
    let is_slug = !name.contains(' ');
    let is_small = !name.contains(char::is_uppercase);
    let gaps = |c: char| c.is_whitespace() || c.is_control() || c == '_' || (is_slug && c == '-');
    let word = |(number, word): (usize, &str)| {
        let mut letters = word.chars();
        match letters.next() {
            Some(first) if is_small && (number == 0 || !SMALL.contains(&word)) => {
                first.to_uppercase().chain(letters).collect()
            }
            Some(_) | None => word.to_owned(),
        }
    };
    let words = name.split(gaps).filter(|word| !word.is_empty()).enumerate().map(word).collect::<Vec<String>>();
    let title = words.join(" ").chars().take(Title::MAX_CHARACTERS).collect::<String>();
    Ok(Title::cleaned(if title.is_empty() { "Untitled" } else { &title })?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(file_name: &str, expected: &str) {
        assert_eq!(title_of(file_name).as_ref().map(Title::as_str), Ok(expected), "{file_name:?}");
    }

    #[test]
    fn names_of_files_are_titles() {
        check("pride-and-prejudice.md", "Pride and Prejudice");
        check("the_tide_table.TXT", "The Tide Table");
        check("C:\\books\\The Tide-Table.markdown", "The Tide-Table");
        check("/tmp/NaNoWriMo_draft.md", "NaNoWriMo draft");
        check("vol. 2", "Vol. 2");
        check("étude.md", "Étude");
        check(".md", "Untitled");
        check("", "Untitled");
        check("a\0b.md", "A B");
        check(&"x".repeat(300), &format!("X{}", "x".repeat(199)));
    }

    #[test]
    fn long_scenes_are_split_where_a_paragraph_ends() {
        let check = |text: &str, expected: &[usize]| {
            let mut scenes = Vec::new();
            push_scenes(&mut scenes, text).expect("good scenes");
            assert_eq!(scenes.iter().map(|scene| scene.text.as_str().chars().count()).collect::<Vec<_>>(), expected);
        };
        check(&"é".repeat(Body::MAX_CHARACTERS), &[Body::MAX_CHARACTERS]);
        check(&"é".repeat(Body::MAX_CHARACTERS + 1), &[Body::MAX_CHARACTERS, 1]);
        let paragraph = "é".repeat(399_999);
        check(&[paragraph.as_str(); 4].join("\n\n"), &[800_000, 800_000]);
        check(&format!("a\n\n{}", "word ".repeat(300_000)), &[999_997, 500_005]);
    }
}
