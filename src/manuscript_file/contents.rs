//! A page of contents: lines that repeat the headings below them. They are no chapters.

use std::{collections::HashSet, ops::Range};

use crate::story_text;

use super::marks::{Kind, Mark};

/// What such a page is called.
const NAMES: &[&str] = &[
    "contents",
    "table of contents",
    "inhalt",
    "inhaltsverzeichnis",
    "índice",
    "indice",
    "contenido",
    "sumário",
    "sommaire",
    "table des matières",
    "sommario",
    "inhoud",
    "inhoudsopgave",
    "innehåll",
    "indhold",
    "innhold",
    "sisällys",
    "spis treści",
    "obsah",
    "tartalom",
    "cuprins",
    "sadržaj",
    "содержание",
    "оглавление",
    "зміст",
    "περιεχόμενα",
    "içindekiler",
    "目录",
    "目錄",
    "目次",
    "차례",
    "mục lục",
    "المحتويات",
    "תוכן",
];

/// The longest such page, in lines.
const MAX_LINES: usize = 2_000;

/// The longest entry of one, in bytes.
const LONGEST: usize = 1_000;

/// Takes the marks of a page of contents away, and says where it stands.
pub(super) fn pass_over(source: &str, marks: &mut Vec<Mark>) -> Option<Range<usize>> {
    let keys_of = |marks: &mut dyn Iterator<Item = &Mark>| {
        marks.filter_map(|mark| Some((mark.start, key(title(mark)?)))).collect::<Vec<_>>()
    };
    let page = if let Some((start, line)) = lines(source).find(|(_, line)| is_name(line)) {
        let keys = keys_of(&mut marks.iter());
        start..page(source, start + line.len(), &keys, is_same, 2)?
    } else {
        // Without a name it is one only if it says itself that these are chapters.
        let keys = keys_of(&mut marks.iter().filter(|mark| matches!(mark.kind, Kind::Announced(..))));
        let start = keys.first()?.0;
        start..page(source, start, &keys, |heading, entry| heading == entry, 3)?
    };
    marks.retain(|mark| !page.contains(&mark.start));
    Some(page)
}

/// Where the page ends whose entries begin here: each is a heading that comes again below it.
fn page(
    source: &str,
    start: usize,
    keys: &[(usize, String)],
    is_same: fn(&str, &str) -> bool,
    least: usize,
) -> Option<usize> {
    let mut seen = HashSet::new();
    let mut end = start;
    for (at, line) in lines(source.get(start..)?).take(MAX_LINES) {
        if line.len() > LONGEST {
            break;
        }
        let entry = key(entry(line));
        if entry.is_empty() {
            continue;
        }
        let is_heading = keys.iter().any(|(place, key)| *place > start + at && is_same(key, &entry));
        if !is_heading || !seen.insert(entry) {
            break;
        }
        end = start + at + line.len();
    }
    let comes_again = |entry: &String| keys.iter().any(|(place, key)| *place >= end && is_same(key, entry));
    (seen.len() >= least && seen.iter().all(comes_again)).then_some(end)
}

fn title(mark: &Mark) -> Option<&str> {
    match &mark.kind {
        Kind::Heading(_, title) | Kind::Announced(_, title) | Kind::Unmarked(_, title) => Some(title.as_str()),
        Kind::Break => None,
    }
}

/// The lines of a text, and where each begins.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split_inclusive('\n').map(move |line| {
        at += line.len();
        (at - line.len(), line)
    })
}

fn is_name(line: &str) -> bool {
    let name = line.trim_matches(|c: char| c.is_whitespace() || matches!(c, '#' | '*' | '_' | ':' | '.'));
    name.chars().count() <= 30 && NAMES.contains(&name.to_lowercase().as_str())
}

/// What an entry says, without the sign of a list before it and the number of a page behind it.
fn entry(line: &str) -> &str {
    let line = line.trim();
    let text = line.trim_start_matches(['-', '*', '+', '•']).trim_start();
    let unnumbered = text.trim_end_matches(|c: char| c.is_ascii_digit());
    let leader = unnumbered.trim_end();
    if leader.ends_with(['.', '…', '·']) || unnumbered.ends_with(['\t']) || unnumbered.ends_with("  ") {
        return leader.trim_end_matches(['.', '…', '·', ' ', '\t']);
    }
    text
}

/// The letters and digits of a line, by which an entry is compared with a heading.
fn key(line: &str) -> String {
    let plain = story_text::plain(line);
    // A link within the file is none to a reader, but its text is what it says.
    let text = plain.split_once("](").map_or(plain.as_str(), |(text, _)| text);
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Whether heading and entry say the same, one of them perhaps with a number before it.
fn is_same(heading: &str, entry: &str) -> bool {
    const TELLING: usize = 4;
    let ends = |long: &str, short: &str| short.len() >= TELLING && long.ends_with(short);
    heading == entry || ends(heading, entry) || ends(entry, heading)
}

#[cfg(test)]
mod tests {
    use super::{super::marks::marks, *};

    fn check(source: &str, expected: Option<&str>) {
        let mut marks = marks(source).expect("few marks");
        let page = pass_over(source, &mut marks);
        assert_eq!(page.and_then(|page| source.get(page)), expected, "{source:?}");
    }

    #[test]
    fn pages_of_contents() {
        let chapters = "CHAPTER I. The Key\n\na\n\nCHAPTER II. The Door\n\nb\n";
        let found = "CONTENTS\n\nCHAPTER I. The Key\n\nCHAPTER II. The Door\n";
        check(&format!("{found}\n\n{chapters}"), Some(found));
        let found = "Contents:\nThe Key ........ 3\n- The Door\t12\n";
        check(&format!("x\n\n{found}\n{chapters}"), Some(found));
        let found = "## Contents\n\n- [One](#one)\n- [Two](#two)\n";
        check(&format!("# Keys\n\n{found}\n## One\n\na\n\n## Two\n\nb"), Some(found));
        let found = "CHAPTER 1\n\nCHAPTER 2\n\nCHAPTER 3\n";
        check(&format!("{found}\n{found}"), Some(found));
    }

    #[test]
    fn what_is_none() {
        check("CONTENTS\n\nnothing much\n\nCHAPTER 1\n\na\n\nCHAPTER 2\n\nb", None);
        check("CHAPTER 1\n\nCHAPTER 2\n\nCHAPTER 3\n\ntext", None);
        check("## Contents\n\nOne\n\n## One\n\na", None);
        check("", None);
    }
}
