//! A story as Markdown that can be imported again: the same tree, and each scene as it was, byte for byte.

use std::fmt::Write;

use domain::{CutMark, FileChapter, ManuscriptFile, WholeStory};

/// The story as Markdown. Where its headings and scene breaks alone would not be read as the same tree, comments say
/// what begins where.
pub(super) fn markdown(story: &WholeStory) -> String {
    let plain = written(story, None);
    if ManuscriptFile::parse("story.md", &plain).is_ok_and(|file| is_same(story, &file)) {
        return plain;
    }
    let texts = story.parts.iter().flat_map(|part| &part.chapters).flat_map(|chapter| &chapter.scenes);
    let mark = CutMark::unused_in(texts.map(|scene| scene.text.as_str()));
    written(story, Some(&mark))
}

/// Whether the file is read as this story.
pub(super) fn is_same(story: &WholeStory, file: &ManuscriptFile) -> bool {
    file.title == story.title && file.blurb == story.blurb && file.parts == story.parts
}

fn written(story: &WholeStory, mark: Option<&CutMark>) -> String {
    let mut text = front_matter(story, mark);
    for part in &story.parts {
        let shown = if part.title.is_empty() { String::new() } else { format!("# {}\n", part.title) };
        match mark {
            Some(mark) => _ = writeln!(text, "{}\n{shown}", mark.part(&part.title)),
            None if shown.is_empty() => {}
            None => _ = writeln!(text, "{shown}"),
        }
        part.chapters.iter().for_each(|one| chapter(&mut text, one, mark));
    }
    text
}

fn chapter(text: &mut String, chapter: &FileChapter, mark: Option<&CutMark>) {
    let shown = if chapter.title.is_empty() { String::new() } else { format!("## {}\n", chapter.title) };
    if let Some(mark) = mark {
        _ = writeln!(text, "{}", mark.chapter(&chapter.title));
    }
    _ = writeln!(text, "{shown}");
    for (number, scene) in chapter.scenes.iter().enumerate() {
        let shown = if number == 0 { String::new() } else { format!("{}\n", CutMark::BREAK) };
        match mark {
            Some(mark) => _ = writeln!(text, "{}\n{shown}", mark.scene(&scene.title)),
            None if shown.is_empty() => {}
            None => _ = writeln!(text, "{shown}"),
        }
        _ = writeln!(text, "{}\n", scene.text);
    }
}

fn front_matter(story: &WholeStory, mark: Option<&CutMark>) -> String {
    let mut front =
        format!("---\ntitle: {}\nauthor: {}\n", quoted(story.title.as_str()), quoted(story.author.as_str()));
    _ = writeln!(front, "format: {}\ngenre: {}", story.format, story.genre);
    if !story.blurb.is_empty() {
        _ = writeln!(front, "blurb: {}", quoted(story.blurb.as_str()));
    }
    if let Some(mark) = mark {
        _ = writeln!(front, "cut-mark: {}", mark.word());
    }
    front + "---\n\n"
}

/// A text in quotation marks, as YAML has it.
fn quoted(text: &str) -> String {
    let escape = |c: char| match c {
        '"' => "\\\"".to_owned(),
        '\\' => "\\\\".to_owned(),
        '\n' => "\\n".to_owned(),
        '\t' => "\\t".to_owned(),
        c => c.to_string(),
    };
    format!("\"{}\"", text.chars().map(escape).collect::<String>())
}
