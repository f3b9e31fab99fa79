//! The lines that mark a place: headings, scene breaks, and lines that may be headings by what they say.

mod unmarked;

use crate::{
    story_text::{self, ends_sentence, is_break, unindented},
    text::Heading,
};

use super::{
    ImportError,
    announced::{Announced, announced, is_bare, is_short},
};

/// The most marks of a file: a long book has some hundreds.
const MAX_MARKS: usize = 20_000;

/// A place in the source that is marked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mark {
    /// The byte its first line starts at.
    pub(super) start: usize,
    /// The byte after its last line.
    pub(super) end: usize,
    pub(super) kind: Kind,
}

/// How a place is marked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// As a heading, of level 1 to 6.
    Heading(usize, Heading),
    /// Only by what it says, as in "CHAPTER 1".
    Announced(Announced, Heading),
    /// In a way that is a heading's where a book has no other headings.
    Unmarked(Unmarked, Heading),
    /// As the end of a scene.
    Break,
}

/// What makes a heading of a line that stands alone, if enough others are like it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unmarked {
    /// `#Chapter`, without the blank: its level.
    Tagged(usize),
    /// `**The Boat**`.
    Bold,
    /// "3. The Room", "III", "Three".
    Numbered(usize),
}

/// A line of the source.
#[derive(Clone, Copy)]
struct Line<'a> {
    start: usize,
    end: usize,
    /// Without the blanks at its end.
    text: &'a str,
}

/// The marks of the source, in its order. Nothing in a comment is one.
pub(super) fn marks(source: &str) -> Result<Vec<Mark>, ImportError> {
    let masked = story_text::masked(source);
    let lines = lines(&masked);
    let mut marks = Vec::<Mark>::new();
    let (mut at, mut is_below_blank) = (0, true);
    while let Some(&line) = lines.get(at) {
        let rest = lines.get(at..).unwrap_or_default();
        let before = at.checked_sub(1).and_then(|before| lines.get(before)).map(|line| line.text);
        let kind = if is_below_blank { underlined(rest) } else { None };
        let kind = kind.or_else(|| marked(before, rest)).or_else(|| if is_below_blank { alone(rest) } else { None });
        let (kind, taken) = kind.map_or((None, 1), |(kind, taken)| (Some(kind), taken));
        is_below_blank = line.text.is_empty();
        at += taken;
        let end = lines.get(at - 1).map_or(line.end, |last| last.end);
        marks.extend(kind.map(|kind| Mark { start: line.start, end, kind }));
        if marks.len() > MAX_MARKS {
            return Err(ImportError::TooManyMarks { most: MAX_MARKS });
        }
    }
    Ok(marks)
}

fn lines(source: &str) -> Vec<Line<'_>> {
    let mut end = 0;
    let line = |line: &'_ str| {
        end += line.len();
        (end - line.len(), end)
    };
    let ends = source.split_inclusive('\n').map(line).collect::<Vec<_>>();
    let text = |start, end| source.get(start..end).unwrap_or_default().trim_end();
    ends.into_iter().map(|(start, end)| Line { start, end, text: text(start, end) }).collect()
}

/// What the first line is by its signs, and how many lines that takes.
fn marked(before: Option<&str>, lines: &[Line<'_>]) -> Option<(Kind, usize)> {
    let line = lines.first()?.text;
    if is_break(before, line, lines.get(1).map(|line| line.text)) {
        return Some((Kind::Break, 1));
    }
    let title = story_text::title(line)?;
    Some((Kind::Heading(title.level, plain(title.text)?), 1))
}

/// The heading that the first line is, if the second one underlines it.
fn underlined(lines: &[Line<'_>]) -> Option<(Kind, usize)> {
    let [title, line, ..] = lines else { return None };
    let (title, line) = (unindented(title.text)?, unindented(line.text)?);
    let sign = line.chars().next()?;
    let level = match sign {
        '=' => 1,
        '-' => 2,
        _ => return None,
    };
    // Below a sentence the line ends a scene.
    let is_sentence = announced(title).is_none() && (title.ends_with('.') || (sign == '-' && ends_sentence(title)));
    let is_other = ["> ", "- ", "+ ", "* ", "|", "#"].iter().any(|start| title.starts_with(start));
    let is_line = line.len() >= 3 && line.chars().all(|c| c == sign);
    let is_title = !title.is_empty() && is_short(title) && !is_sentence && !is_other && by_line(title).is_none();
    if is_line && is_title { Some((Kind::Heading(level, plain(title)?), 2)) } else { None }
}

/// What the first line may be by what it says: it stands alone, or above one line that is its title.
fn alone(lines: &[Line<'_>]) -> Option<(Kind, usize)> {
    let line = lines.first()?.text;
    let is_text = |line: Option<&Line<'_>>| {
        line.is_some_and(|line| {
            !line.text.is_empty() && story_text::title(line.text).is_none() && !is_strong(line.text)
        })
    };
    if !is_text(lines.first()) {
        return None;
    }
    if !is_text(lines.get(1)) {
        let said = announced(line).zip(plain(line)).map(|(what, title)| Kind::Announced(what, title));
        return said.or_else(|| unmarked::unmarked(line)).map(|kind| (kind, 1));
    }
    let (what, title) = (announced(line).filter(|_| is_bare(line))?, lines.get(1)?.text.trim());
    let is_title = is_short(title) && !title.ends_with(['.', ',', '!', '?', ';', '"', '”', '’']);
    if is_title && !is_text(lines.get(2)) {
        return Some((Kind::Announced(what, plain(&format!("{} {title}", line.trim()))?), 2));
    }
    None
}

fn is_strong(line: &str) -> bool {
    is_break(Some("text"), line, None)
}

/// The heading's text without its markup; `None` if it is too long for a heading.
fn plain(title: &str) -> Option<Heading> {
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    // Other programs write a heading's name behind it.
    let named = title.strip_suffix('}').and_then(|title| title.rsplit_once(" {#")).map(|(title, _)| title);
    let title = Heading::cleaned(named.unwrap_or(&title)).ok()?;
    let text = story_text::plain(title.as_str());
    Some(Heading::cleaned(&text).ok().filter(|text| !text.is_empty()).unwrap_or(title))
}

/// Whom the book is by, if that is what the line says: "*By Jane Austen*".
pub(super) fn by_line(line: &str) -> Option<&str> {
    let line = line.trim();
    let text = line.trim_matches(['*', '_']);
    let (by, name) = text.split_once(' ')?;
    let is_marked = text.len() + 2 <= line.len() && line.starts_with(['*', '_']) && line.ends_with(['*', '_']);
    let is_name = name.starts_with(char::is_uppercase) && !name.ends_with(['.', '!', '?', ',', '"', '”']);
    (by.eq_ignore_ascii_case("by") && is_short(line) && (is_marked || is_name)).then_some(text)
}

#[cfg(test)]
mod tests;
