//! What each mark is: the title, a part, a chapter, a scene break, or only text.

mod unmarked;

use crate::{
    story_text::{ends_sentence, is_break, masked, plain},
    text::{Heading, Title},
};

use self::unmarked::{bold, numbered, tagged};
use super::{
    announced::{Announced, announced, is_short},
    marks::{Kind, Mark, by_line},
};

/// The most lines that may stand between the title and the first heading and still be a blurb.
pub(super) const FEW_LINES: usize = 8;

/// A place where the source is cut.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cut {
    /// The byte its mark starts at.
    pub(super) start: usize,
    /// The byte after its mark.
    pub(super) end: usize,
    pub(super) kind: CutKind,
}

/// What begins at a cut.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum CutKind {
    /// What stands below the book's title.
    Book(Heading),
    Part(Heading),
    /// A chapter of the part it stands in.
    Chapter(Heading),
    /// A chapter that stands beside the parts, as a prologue may.
    LooseChapter(Heading),
    Scene,
    /// Nothing: the mark is passed over.
    Nothing,
}

/// A heading of the source, and what it calls itself.
#[derive(Clone)]
struct Found {
    start: usize,
    end: usize,
    level: usize,
    title: Heading,
    announced: Option<Announced>,
}

impl Found {
    fn new(start: usize, end: usize, level: usize, title: Heading) -> Self {
        let announced = announced(title.as_str());
        Self { start, end, level, title, announced }
    }
}

/// Where to cut the source. A title from the front matter is the book's; a heading that repeats it
/// is that title, and any other one is not.
pub(super) fn outline(source: &str, marks: Vec<Mark>, front_title: Option<&Title>) -> Vec<Cut> {
    let (mut headings, mut said, mut unmarked, mut cuts) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for Mark { start, end, kind } in marks {
        match kind {
            Kind::Heading(level, title) => headings.push(Found::new(start, end, level, title)),
            Kind::Announced(what, title) => {
                let level = match what {
                    Announced::Part => 1,
                    Announced::Chapter | Announced::Aside => 2,
                };
                said.push(Found { announced: Some(what), ..Found::new(start, end, level, title) });
            }
            Kind::Unmarked(what, title) => unmarked.push((what, Found::new(start, end, 2, title))),
            Kind::Break => cuts.push(Cut { start, end, kind: CutKind::Scene }),
        }
    }
    if headings.is_empty() {
        headings = tagged(&unmarked);
    }
    let is_title = match (front_title, headings.first()) {
        (_, None) => false,
        (Some(title), Some(first)) => title.as_str().to_lowercase() == first.title.as_str().to_lowercase(),
        (None, Some(_)) => starts_with_title(source, &headings),
    };
    let mut top = 0;
    if is_title {
        let Found { start, end, title, .. } = headings.remove(0);
        top = end;
        cuts.push(Cut { start, end, kind: CutKind::Book(title) });
    } else if headings.is_empty() && front_title.is_none() {
        cuts.extend(title_page(source).inspect(|cut| top = cut.end));
    }
    unmarked.retain(|(_, found)| found.start >= top);
    // What only calls itself a heading is one where nothing is marked as one, and what is only bold or numbered where
    // nothing calls itself one.
    if headings.is_empty() {
        // Parts and a prologue have chapters beside them.
        if !said.iter().any(|found| found.announced == Some(Announced::Chapter)) {
            headings = numbered(&unmarked);
        }
        headings.extend(said);
        headings.sort_by_key(|found| found.start);
    }
    if headings.is_empty() {
        headings = bold(&unmarked, source.get(top..).unwrap_or_default(), top);
    }
    cuts.extend(ranked(headings));
    cuts.sort_by_key(|cut| cut.start);
    cuts
}

/// The title of a book in plain text: its first line, above the line that says whom it is by.
fn title_page(source: &str) -> Option<Cut> {
    let source = masked(source);
    let start = source.len() - source.trim_start().len();
    let (line, rest) = source.get(start..)?.split_once('\n')?;
    let by = rest.lines().find(|line| !line.trim().is_empty())?;
    let is_other = announced(line).is_some() || is_break(None, line, None) || by_line(line).is_some();
    let is_title = is_short(line) && !ends_sentence(line) && !is_other && by_line(by).is_some();
    let title = if is_title { Heading::cleaned(&plain(line.trim())).ok()? } else { return None };
    Some(Cut { start, end: start + line.len() + 1, kind: CutKind::Book(title) })
}

/// How many lines of text there are, besides scene breaks and whom the book is by.
fn text_lines(text: &str) -> usize {
    let is_text = |line: &&str| !line.trim().is_empty() && !is_break(None, line, None) && by_line(line).is_none();
    text.lines().filter(is_text).count()
}

/// Whether the first of the headings is the book's title.
fn starts_with_title(source: &str, headings: &[Found]) -> bool {
    let [first, rest @ ..] = headings else { return false };
    if first.level != 1 || first.title.is_empty() {
        return false;
    }
    let Some(next) = rest.first() else { return first.announced.is_none() };
    if rest.iter().all(|heading| heading.level > 1) {
        return true;
    }
    if first.announced.is_some() {
        return false;
    }
    let parts_follow = has_below(rest, 1).any(|(_, has_below)| has_below);
    if next.level > 1 {
        // Either it is a part like those that follow, or nothing else is: `# Title`, `## One`, `# Afterword`.
        return !parts_follow;
    }
    let lines = text_lines(source.get(first.end..next.start).unwrap_or_default());
    lines <= if parts_follow || next.announced.is_some() { FEW_LINES } else { 0 }
}

/// The headings of a level, and whether a deeper one follows directly.
fn has_below(headings: &[Found], level: usize) -> impl Iterator<Item = (&Found, bool)> {
    let next = headings.iter().skip(1).map(Some).chain([None]);
    let all = headings.iter().zip(next).filter(move |(heading, _)| heading.level == level);
    all.map(move |(heading, next)| (heading, next.is_some_and(|next| next.level > level)))
}

/// What the two upper levels of headings are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Levels {
    /// Parts, and the chapters in them.
    PartsAndChapters,
    /// Chapters, and what stands in their text.
    ChaptersAndText,
    /// Chapters, both.
    Chapters,
}

fn levels(headings: &[Found], upper: usize) -> Levels {
    let uppers = || has_below(headings, upper);
    let named = |what| uppers().any(|(heading, _)| heading.announced == Some(what));
    // A prologue among the parts says nothing about them.
    let telling = uppers().filter(|(heading, _)| heading.announced != Some(Announced::Aside)).count();
    match uppers().filter(|&(_, has_below)| has_below).count() {
        0 => Levels::Chapters,
        _ if named(Announced::Part) => Levels::PartsAndChapters,
        _ if named(Announced::Chapter) => Levels::ChaptersAndText,
        with if with * 2 >= telling => Levels::PartsAndChapters,
        _ => Levels::ChaptersAndText,
    }
}

/// The headings below the title as parts and chapters; those deeper stay in the text.
fn ranked(headings: Vec<Found>) -> Vec<Cut> {
    let Some(upper) = headings.iter().map(|heading| heading.level).min() else { return Vec::new() };
    let lower = headings.iter().map(|heading| heading.level).filter(|&level| level > upper).min();
    let levels = levels(&headings, upper);
    let alone = has_below(&headings, upper).filter(|&(_, has_below)| !has_below).map(|(heading, _)| heading.start);
    let alone = alone.collect::<Vec<_>>();
    let cut = |Found { start, end, level, title, announced }: Found| {
        let is_part = announced == Some(Announced::Part) || alone.binary_search(&start).is_err();
        let kind = match levels {
            Levels::PartsAndChapters if level == upper && is_part => CutKind::Part(title),
            Levels::PartsAndChapters if level == upper => CutKind::LooseChapter(title),
            Levels::ChaptersAndText if level == upper => CutKind::Chapter(title),
            Levels::PartsAndChapters | Levels::Chapters if level == upper || Some(level) == lower => {
                CutKind::Chapter(title)
            }
            Levels::PartsAndChapters | Levels::ChaptersAndText | Levels::Chapters => return None,
        };
        Some(Cut { start, end, kind })
    };
    headings.into_iter().filter_map(cut).collect()
}

#[cfg(test)]
mod tests {
    use super::{super::marks::marks, *};

    /// A letter a heading: B(ook), P(art), C(hapter), L(oose chapter).
    fn check(source: &str, front_title: Option<&str>, expected: &str) {
        let front_title = front_title.and_then(|title| Title::parse(title).ok());
        let cuts = outline(source, marks(source).expect("few marks"), front_title.as_ref());
        let show = |cut: &Cut| match &cut.kind {
            CutKind::Book(title) => format!("B:{title}"),
            CutKind::Part(title) => format!("P:{title}"),
            CutKind::Chapter(title) => format!("C:{title}"),
            CutKind::LooseChapter(title) => format!("L:{title}"),
            CutKind::Scene => "-".to_owned(),
            CutKind::Nothing => "/".to_owned(),
        };
        assert_eq!(cuts.iter().map(show).collect::<Vec<_>>().join(" "), expected, "{source:?}");
    }

    #[test]
    fn titles() {
        check("# A\n## 1\n## 2", None, "B:A C:1 C:2");
        check("# A\n\ntext", None, "B:A");
        check("# Book One: A\n## 1\n## 2", None, "B:Book One: A C:1 C:2");
        check("# Chapter 1\n\ntext", None, "C:Chapter 1");
        check("## 1\n## 2", None, "C:1 C:2");
        check("## 1\n# A", None, "C:1 C:A");
        check("# A\n# Chapter 1\n# Chapter 2", None, "B:A C:Chapter 1 C:Chapter 2");
        check("# A\n*By B*\n\n***\n\n# 1\n# 2", None, "B:A - C:1 C:2");
        check("# A\n\na poem\n\n# B\n\nanother", None, "C:A C:B");
        check("# A\n\na blurb\n\n# P\n## 1\n# Q\n## 2", None, "B:A P:P C:1 P:Q C:2");
        check("# A\n## 1\n## 2\n# Afterword", None, "B:A C:1 C:2 C:Afterword");
        check("# A\n\nCHAPTER 1\n\ntext\n\nCHAPTER 2", None, "B:A C:CHAPTER 1 C:CHAPTER 2");
    }

    #[test]
    fn a_title_in_the_front_matter_wins() {
        check("# A\n## 1\n## 2", Some("a"), "B:A C:1 C:2");
        check("# P\n## 1\n## 2", Some("A"), "P:P C:1 C:2");
        check("CHAPTER 1\n", Some("A"), "C:CHAPTER 1");
    }

    #[test]
    fn parts_and_chapters() {
        check("# P\n## 1\n## 2\n# Q\n## 3", None, "P:P C:1 C:2 P:Q C:3");
        check("# A\n## P\n### 1\n#### deep\n## Q\n### 2", None, "B:A P:P C:1 P:Q C:2");
        check("## Prologue\n## P\n### 1\n## Q\n### 2\n## Epilogue", None, "L:Prologue P:P C:1 P:Q C:2 L:Epilogue");
        check("## Part One\n## Part Two\n### 1", None, "P:Part One P:Part Two C:1");
        check("## Chapter 1\n### A letter\n## Chapter 2\n### A reply", None, "C:Chapter 1 C:Chapter 2");
        check("## One\n## Two\n### A letter\n## Three", None, "C:One C:Two C:Three");
    }

    #[test]
    fn plain_text() {
        check(
            "PROLOGUE\n\na\n\nPART ONE\n\nCHAPTER 1\n\nb\n\n* * *\n\nc\n\nPART TWO\n\nd",
            None,
            "C:PROLOGUE P:PART ONE C:CHAPTER 1 - P:PART TWO",
        );
        check("BOOK I\n\na\n\nBOOK II\n\nb", None, "C:BOOK I C:BOOK II");
        check(
            "PROLOGUE\n\na\n\nPART I\n\n1\n\nb\n\n2\n\nc\n\nPART II\n\n1\n\nd\n\n2\n\ne",
            None,
            "C:PROLOGUE P:PART I C:1 C:2 P:PART II C:1 C:2",
        );
        check("Chapter 1\n\na\n\n# One\n\nb\n\n# Two\n\nc", None, "C:One C:Two");
        check("only text", None, "");
    }
}
