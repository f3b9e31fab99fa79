//! A story as plain text: what a reader sees, with signs for what letters can't show.

use std::fmt::Write;

use domain::{FileChapter, Passage, Run, WholeStory};

use super::passages;

const BREAK: &str = "* * *";

/// The story as plain text.
pub(super) fn text(story: &WholeStory) -> String {
    let mut text = format!("{}\n\nBy {}\n", story.title, story.author);
    if !story.blurb.is_empty() {
        _ = writeln!(text, "\n{}", story.blurb);
    }
    for part in &story.parts {
        if !part.title.is_empty() {
            _ = writeln!(text, "\n\n\n{}", part.title);
        }
        part.chapters.iter().for_each(|one| chapter(&mut text, one));
    }
    text
}

fn chapter(text: &mut String, chapter: &FileChapter) {
    *text += "\n\n";
    if !chapter.title.is_empty() {
        _ = writeln!(text, "{}", chapter.title);
    }
    let set = passages(&chapter.scenes);
    for (number, scene) in set.scenes.iter().enumerate() {
        if number > 0 {
            _ = writeln!(text, "\n{BREAK}");
        }
        blocks(text, scene, 0);
    }
    for (number, note) in (1..).zip(&set.notes) {
        _ = writeln!(text, "\n[{number}] {}", line(note));
    }
}

fn blocks(text: &mut String, passages: &[Passage], depth: usize) {
    for passage in passages {
        match passage {
            Passage::Paragraph(runs) | Passage::Heading(runs) => {
                let indent = "    ".repeat(depth);
                _ = writeln!(text, "\n{indent}{}", line(runs).replace('\n', &format!("\n{indent}")));
            }
            Passage::Break => _ = writeln!(text, "\n{BREAK}"),
            Passage::Quote(passages) => blocks(text, passages, depth + 1),
        }
    }
}

fn line(runs: &[Run]) -> String {
    let mut line = String::new();
    for run in runs {
        match run {
            Run::Text(text, style) => {
                let link = style.link.as_deref().filter(|link| link.strip_prefix("mailto:").unwrap_or(link) != text);
                let link = link.map_or_else(String::new, |link| format!(" ({link})"));
                line += text;
                line += &link;
            }
            Run::LineEnd => line.push('\n'),
            Run::Note(number) => _ = write!(line, "[{number}]"),
        }
    }
    line
}
