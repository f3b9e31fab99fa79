//! The lines that mark a place: headings, scene breaks, and lines that call themselves a heading.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser};

use crate::text::Heading;

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
    /// As a heading in Markdown, of level 1 to 6.
    Heading(usize, Heading),
    /// Only by what it says, as in "CHAPTER 1".
    Announced(Announced, Heading),
    /// As the end of a scene.
    Break,
}

/// What the line above is.
#[derive(Clone, Copy)]
enum Above<'a> {
    /// Blank, or there is none.
    Blank,
    /// Text with a blank line above it.
    FirstOfText {
        start: usize,
        line: &'a str,
    },
    Other,
}

/// The marks of the source, in its order.
pub(super) fn marks(source: &str) -> Result<Vec<Mark>, ImportError> {
    let mut marks = Vec::<Mark>::new();
    let mut above = Above::Blank;
    let mut fence = None::<Fence>;
    let mut end = 0;
    for line in source.split_inclusive('\n') {
        let start = end;
        end += line.len();
        let line = line.trim_end();
        if let Some(open) = fence {
            fence = (!open.is_closed_by(line)).then_some(open);
            continue;
        }
        if line.is_empty() {
            above = Above::Blank;
            continue;
        }
        let (start, mark) = match underlined(above, line) {
            Some((start, mark)) => (start, Some(mark)),
            None if is_break(line) => (start, Some(Kind::Break)),
            None => (start, heading(line)),
        };
        if let Some(kind) = mark {
            marks.pop_if(|last| last.start == start);
            marks.push(Mark { start, end, kind });
            above = Above::Other;
        } else {
            fence = Fence::opened_by(line);
            announce(&mut marks, start..end, line, matches!(above, Above::Blank) && fence.is_none());
            above = match above {
                Above::Blank if fence.is_none() => Above::FirstOfText { start, line },
                Above::Blank | Above::FirstOfText { .. } | Above::Other => Above::Other,
            };
        }
        if marks.len() > MAX_MARKS {
            return Err(ImportError::TooManyMarks { most: MAX_MARKS });
        }
    }
    Ok(marks)
}

/// Adds a line of text to the marks if it calls itself a heading. It must stand alone, or above one
/// line that is its title; the lines below it decide.
fn announce(marks: &mut Vec<Mark>, lines: Range<usize>, line: &str, is_first: bool) {
    if is_first {
        let kind = announced(line).zip(plain(line.trim())).map(|(what, title)| Kind::Announced(what, title));
        marks.extend(kind.map(|kind| Mark { start: lines.start, end: lines.end, kind }));
        return;
    }
    let Some(Mark { start, kind: Kind::Announced(what, title), .. }) =
        marks.pop_if(|last| last.end == lines.start && matches!(last.kind, Kind::Announced(..)))
    else {
        return;
    };
    let is_title =
        is_bare(title.as_str()) && is_short(line) && !line.ends_with(['.', ',', '!', '?', ';', '"', '”', '’']);
    if is_title && let Some(title) = plain(&format!("{title} {}", line.trim())) {
        marks.push(Mark { start, end: lines.end, kind: Kind::Announced(what, title) });
    }
}

/// The heading in Markdown that the line is.
fn heading(line: &str) -> Option<Kind> {
    let text = unindented(line)?;
    let title = text.trim_start_matches('#');
    let level = text.len() - title.len();
    let is_heading = (1..=6).contains(&level) && (title.is_empty() || title.starts_with([' ', '\t']));
    if is_heading { Some(Kind::Heading(level, plain(title.trim())?)) } else { None }
}

/// The heading that the line above is, if this line underlines it: its start, and the mark.
fn underlined(above: Above<'_>, line: &str) -> Option<(usize, Kind)> {
    let Above::FirstOfText { start, line: text } = above else { return None };
    let line = unindented(line)?;
    let level = match line.chars().next()? {
        '=' => 1,
        '-' => 2,
        _ => return None,
    };
    let is_line = line.len() >= 3 && (line.chars().all(|c| c == '=') || line.chars().all(|c| c == '-'));
    let text = unindented(text)?;
    let is_other = ["> ", "- ", "+ ", "* ", "|"].iter().any(|start| text.starts_with(start)) || by_line(text).is_some();
    if is_line && is_short(text) && !is_other { Some((start, Kind::Heading(level, plain(text)?))) } else { None }
}

/// The line without its indent; `None` if Markdown takes so deep a one for code.
fn unindented(line: &str) -> Option<&str> {
    let text = line.trim_start_matches(' ');
    (line.len() - text.len() <= 3 && !text.starts_with('\t')).then_some(text)
}

/// The heading's text without its markup; `None` if it is too long for a heading.
fn plain(title: &str) -> Option<Heading> {
    let title = Heading::cleaned(title).ok()?;
    let options = Options::ENABLE_HEADING_ATTRIBUTES | Options::ENABLE_STRIKETHROUGH;
    let mut text = String::new();
    for event in Parser::new_ext(&format!("# {title}"), options) {
        match event {
            Event::Text(piece) | Event::Code(piece) | Event::InlineHtml(piece) | Event::Html(piece) => text += &piece,
            _ => {}
        }
    }
    Some(Heading::cleaned(&text).ok().filter(|text| !text.is_empty()).unwrap_or(title))
}

/// Whether the line ends a scene: `***`, `* * *`, `---`, `___`, `#`, `⁂`, or one of these escaped.
pub(super) fn is_break(line: &str) -> bool {
    let mut signs = line.chars().filter(|&c| !c.is_whitespace() && c != '\\');
    let Some(sign) = signs.next() else { return false };
    let count = signs.try_fold(1_usize, |count, other| (other == sign).then_some(count + 1));
    match sign {
        '*' | '-' | '_' | '⁎' => count.is_some_and(|count| count >= 3),
        '#' => count == Some(1),
        '⁂' => count.is_some(),
        _ => false,
    }
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

/// A block of code, in which nothing is a mark.
#[derive(Clone, Copy)]
struct Fence {
    sign: char,
    length: usize,
}

impl Fence {
    fn opened_by(line: &str) -> Option<Self> {
        let text = unindented(line)?;
        let sign = text.chars().next().filter(|sign| matches!(sign, '`' | '~'))?;
        let info = text.trim_start_matches(sign);
        let length = text.len() - info.len();
        (length >= 3 && !(sign == '`' && info.contains('`'))).then_some(Self { sign, length })
    }

    fn is_closed_by(self, line: &str) -> bool {
        unindented(line).is_some_and(|text| text.len() >= self.length && text.chars().all(|c| c == self.sign))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, expected: &[&str]) {
        let show = |mark: Mark| match mark.kind {
            Kind::Heading(level, title) => format!("{level} {title}"),
            Kind::Announced(what, title) => format!("{what:?} {title}"),
            Kind::Break => "break".to_owned(),
        };
        let found = marks(source).expect("few marks").into_iter().map(show).collect::<Vec<_>>();
        assert_eq!(found, expected, "{source:?}");
    }

    #[test]
    fn headings_with_signs() {
        check("# One\n## Two\ntext\n### Three ###\n", &["1 One", "2 Two", "3 Three"]);
        check("   # *One* and [two](https://example.com) {#id}", &["1 One and two"]);
        check("# 1. The Start", &["1 1. The Start"]);
        check("##", &["2 "]);
        check("    # code\n\t# code\n#tag\n####### seven\n> # said\ntext # no", &[]);
        check(&format!("# {}\n# {}", "x".repeat(200), "y".repeat(201)), &[&format!("1 {}", "x".repeat(200))]);
    }

    #[test]
    fn headings_with_lines_below() {
        check("One\n===\n\nTwo\n-----\ntext", &["1 One", "2 Two"]);
        check("text\ntext\n---\ntext", &["break"]);
        check("text\n\n---\n\ntext", &["break"]);
        check("text\n===\ntext\n===", &["1 text"]);
        check("- item\n---", &["break"]);
        check("*By Jane Austen*\n---", &["break"]);
        check("CHAPTER 1\n---", &["2 CHAPTER 1"]);
        check(&format!("{}\n---", "long ".repeat(20)), &["break"]);
        check("text\n--", &[]);
    }

    #[test]
    fn nothing_in_code_is_a_mark() {
        check("```sh\n# no\n***\n```\n# yes", &["1 yes"]);
        check("~~~~\n# no\n~~~\n```\nCHAPTER 1\n\n~~~~~\n\n# yes", &["1 yes"]);
        check("`not` code\n# yes", &["1 yes"]);
    }

    #[test]
    fn scene_breaks() {
        for line in
            ["***", "* * *", "---", "- - -", "___", "#", "⁂", "⁎ ⁎ ⁎", "*****", "   *   *   *", "\\* \\* \\*", "\\#"]
        {
            check(&format!("a\n\n{line}\n\nb"), &["break"]);
        }
        for line in ["**", "*-*", "⁎", "* * * a", "\\", "--"] {
            check(&format!("a\n\n{line}\n\nb"), &[]);
        }
    }

    #[test]
    fn lines_that_call_themselves_headings() {
        check("CHAPTER 1\n\ntext\n\nEpilogue", &["Chapter CHAPTER 1", "Aside Epilogue"]);
        check("CHAPTER I.\nDown the Rabbit-Hole\n\ntext", &["Chapter CHAPTER I. Down the Rabbit-Hole"]);
        check("Chapter One\nwas dull.\n\ntext\nChapter Two\n", &[]);
        check("CHAPTER I. Down\nCHAPTER II. Up\nCHAPTER III. On\n", &[]);
        check("CHAPTER I.\nDown\nthe Hole\n", &[]);
        check("**Chapter 1**\n***\n", &["Chapter Chapter 1", "break"]);
    }

    #[test]
    fn by_lines() {
        for line in ["*By Jane Austen*", "_by_ nobody", "By Jane Austen", "**by j.**"] {
            assert_eq!(by_line(line).is_some(), line != "_by_ nobody", "{line:?}");
        }
        assert_eq!(by_line("*By Jane Austen*"), Some("By Jane Austen"));
        assert_eq!(by_line("By the time he came"), None);
        assert_eq!(by_line("By Monday they had gone."), None);
    }

    #[test]
    fn there_is_an_end_to_marks() {
        assert_eq!(marks(&"***\n".repeat(MAX_MARKS + 1)), Err(ImportError::TooManyMarks { most: MAX_MARKS }));
    }
}
