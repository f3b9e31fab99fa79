//! Blocks: paragraphs, headings, quotes, scene breaks and notes, line by line.

use std::ops::Range;

use super::scene_break::is_break;

/// How deep quotes stand in each other. What is typed deeper stays as it is: a letter within a letter is as deep as
/// stories go, and a thousand of them make a page that no browser lays out.
pub(super) const MAX_NESTING: usize = 16;

/// A piece of a scene. Texts have their line ends, and no indent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Block {
    Paragraph(String),
    Heading(String),
    Break,
    Quote(Vec<Block>),
    /// What a `[^label]` in the text refers to.
    Note {
        label: String,
        text: String,
    },
}

/// The blocks of a text without comments.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    nested(&text.split(['\n', '\u{2028}', '\u{2029}']).collect::<Vec<_>>(), 0)
}

/// A heading's level, from 1 to 6, and its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Title<'a> {
    pub(crate) level: usize,
    pub(crate) text: &'a str,
}

/// The heading that the line is: `#` to `######`, a blank and its text.
pub(crate) fn title(line: &str) -> Option<Title<'_>> {
    let line = unindented(line)?;
    let text = line.trim_start_matches('#');
    let level = line.len() - text.len();
    if !(1..=6).contains(&level) || !text.starts_with([' ', '\t']) {
        return None;
    }
    let text = text.trim();
    // The signs that close a heading stand apart from it.
    let open = text.trim_end_matches('#');
    let text = if open.is_empty() || open.ends_with([' ', '\t']) { open.trim_end() } else { text };
    (!text.is_empty()).then_some(Title { level, text })
}

fn nested(lines: &[&str], depth: usize) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut text = Vec::new();
    let mut at = 0;
    while let Some(&line) = lines.get(at) {
        let before = at.checked_sub(1).and_then(|before| lines.get(before)).copied();
        let rest = lines.get(at..).unwrap_or_default();
        let (block, taken) = if is_break(before, line, rest.get(1).copied()) {
            (Some(Block::Break), 1)
        } else if let Some(title) = title(line) {
            (Some(Block::Heading(title.text.to_owned())), 1)
        } else if let Some(quote) = quote(rest, depth) {
            quote
        } else if let Some(note) = note(rest, depth) {
            note
        } else {
            (None, 1)
        };
        if block.is_some() || line.trim().is_empty() {
            blocks.extend(paragraphs(&std::mem::take(&mut text)));
            // One break is as good as a thousand.
            blocks.extend(block.filter(|block| *block != Block::Break || blocks.last() != Some(&Block::Break)));
        } else {
            text.push(line);
        }
        at += taken;
    }
    blocks.extend(paragraphs(&text));
    blocks
}

/// The quote that begins here, and how many lines it takes.
fn quote(lines: &[&str], depth: usize) -> Option<(Option<Block>, usize)> {
    let quoted = |line: &&str| {
        // A face such as >:( is no quote.
        let text =
            unindented(line)?.strip_prefix('>').filter(|text| !text.starts_with([':', ';', '=', '.', '_', '<']))?;
        Some(text.strip_prefix(' ').unwrap_or(text).to_owned())
    };
    if depth == MAX_NESTING {
        return None;
    }
    let quoted = lines.iter().map_while(quoted).collect::<Vec<_>>();
    let lines = quoted.iter().map(String::as_str).collect::<Vec<_>>();
    (!lines.is_empty()).then(|| (Some(Block::Quote(nested(&lines, depth + 1))), lines.len()))
}

/// A note in a text: its label, and the bytes of its lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Noted {
    pub(crate) label: String,
    pub(crate) at: Range<usize>,
}

/// The notes of a text whose comments are masked.
pub(super) fn noted(text: &str) -> Vec<Noted> {
    let lines = text.split_inclusive('\n').collect::<Vec<_>>();
    let (mut notes, mut start, mut at) = (Vec::new(), 0, 0);
    while let Some(line) = lines.get(at) {
        let found = note(lines.get(at..).unwrap_or_default(), 0);
        let taken = found.as_ref().map_or(1, |(_, taken)| *taken);
        let end = start + lines.iter().skip(at).take(taken).map(|line| line.len()).sum::<usize>();
        if let Some((label, _)) = defined(line).filter(|_| found.is_some()) {
            notes.push(Noted { label: label.to_owned(), at: start..end });
        }
        (start, at) = (end, at + taken);
    }
    notes
}

/// The note that begins here, and how many lines it takes: those up to a blank one or the next note.
fn note(lines: &[&str], depth: usize) -> Option<(Option<Block>, usize)> {
    let (first, rest) = lines.split_first()?;
    let (label, start) = defined(first).filter(|_| depth == 0)?;
    let goes_on = |line: &&&str| !line.trim().is_empty() && defined(line).is_none();
    let text = [start.trim()].into_iter().chain(rest.iter().take_while(goes_on).map(|line| line.trim()));
    let text = text.collect::<Vec<_>>();
    let taken = text.len();
    let text = text.join("\n").trim().to_owned();
    (!text.is_empty()).then(|| (Some(Block::Note { label: label.to_owned(), text }), taken))
}

/// The label and the text of `[^label]: text`.
fn defined(line: &str) -> Option<(&str, &str)> {
    let (label, text) = unindented(line)?.strip_prefix("[^")?.split_once("]:")?;
    let is_label = !label.is_empty() && !label.contains(|c: char| c.is_whitespace() || matches!(c, '[' | ']' | '^'));
    is_label.then_some((label, text))
}

/// The paragraphs of lines without a blank one among them. An indent begins a paragraph, unless one comes before a
/// sentence has ended: that is how verse is set.
fn paragraphs(lines: &[&str]) -> Vec<Block> {
    let is_indented = |line: &&str| line.starts_with(['\t', '\u{3000}']) || line.starts_with("    ");
    let is_verse = lines.windows(2).any(|pair| matches!(pair, [a, b] if is_indented(b) && !ends_sentence(a)));
    let mut paragraphs = Vec::<String>::new();
    for line in lines {
        match paragraphs.last_mut() {
            Some(paragraph) if is_verse || !is_indented(line) => {
                paragraph.push('\n');
                paragraph.push_str(line.trim());
            }
            Some(_) | None => paragraphs.push(line.trim().to_owned()),
        }
    }
    paragraphs.into_iter().map(Block::Paragraph).collect()
}

/// Whether the line ends as a sentence does, with or without a quotation mark.
pub(crate) fn ends_sentence(line: &str) -> bool {
    line.trim_end().ends_with(['.', '!', '?', '…', '"', '”', '’', '\'', '»', '。', '！', '？', '」', '』', '*', '_'])
}

/// The line without an indent of up to three spaces; `None` if it has a deeper one.
pub(crate) fn unindented(line: &str) -> Option<&str> {
    let text = line.trim_start_matches(' ');
    (line.len() - text.len() <= 3 && !text.starts_with('\t')).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(block: &Block) -> String {
        match block {
            Block::Paragraph(text) => format!("p {text}"),
            Block::Heading(text) => format!("h {text}"),
            Block::Break => "break".to_owned(),
            Block::Quote(blocks) => format!("({})", blocks.iter().map(show).collect::<Vec<_>>().join("; ")),
            Block::Note { label, text } => format!("{label}: {text}"),
        }
    }

    fn check(text: &str, expected: &[&str]) {
        assert_eq!(blocks(text).iter().map(show).collect::<Vec<_>>(), expected, "{text:?}");
    }

    #[test]
    fn paragraphs_and_verse() {
        check("", &[]);
        check("a\nb  \n\n  c\n \n\nd", &["p a\nb", "p c", "p d"]);
        check("\tMara.\n\tShe.", &["p Mara.", "p She."]);
        check("    Mara\nand so.\n    She", &["p Mara\nand so.", "p She"]);
        check("Key of iron,\n    key of bone.\nStone,\n    all.", &["p Key of iron,\nkey of bone.\nStone,\nall."]);
        check("    Key of iron,\n    key of bone", &["p Key of iron,\nkey of bone"]);
        check("\u{3000}娜。\n\u{3000}门。", &["p 娜。", "p 门。"]);
    }

    #[test]
    fn headings_and_breaks() {
        check("***\n\n***\na", &["break", "p a"]);
        check("# One\n###### Six ##\ntext", &["h One", "h Six", "p text"]);
        check(
            "####### a\n\n#tag\n\n    # deep\n\nOne\n===\n\n# C#",
            &["p ####### a", "p #tag", "p # deep", "p One\n===", "h C#"],
        );
        check("a\n---\nb\n\n#\n\nc", &["p a", "break", "p b", "break", "p c"]);
    }

    #[test]
    fn quotes() {
        check("> a\n>b\n>\n> > c\nd", &["(p a\nb; (p c))", "p d"]);
        check(">:( no\n>_<", &["p >:( no\n>_<"]);
        check("> ***\n> # h", &["(break; h h)"]);
    }

    #[test]
    fn notes() {
        check("[^1]: Ibid.\nmore\n[^b]: x\n\ny", &["1: Ibid.\nmore", "b: x", "p y"]);
        check("[^1]:\nbelow", &["1: below"]);
        check("[^1]:\n\n[^a b]: c\n\n[1]: d\n\n> [^1]: e", &["p [^1]:", "p [^a b]: c", "p [1]: d", "(p [^1]: e)"]);
    }

    #[test]
    fn all_else_is_text() {
        check(
            "1984. It\n3. That\n* she\n- no\n+ 5\n```\n| a |",
            &["p 1984. It\n3. That\n* she\n- no\n+ 5\n```\n| a |"],
        );
    }
}
