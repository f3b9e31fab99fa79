//! What a line calls itself: "PART TWO", "Chapter IV. The Storm", "Epilogue".

/// What a heading says it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Announced {
    /// "Part Two", "Book I", "Volume 3".
    Part,
    /// "Chapter 1".
    Chapter,
    /// "Prologue", "Afterword": what stands before, between or after the chapters.
    Aside,
}

/// The most characters of a line that is a heading without being marked as one.
pub(super) const SHORT: usize = 80;

const PARTS: &[&str] = &["part", "book", "volume", "vol"];
const CHAPTERS: &[&str] = &["chapter", "stave", "canto", "letter"];
const ASIDES: &[&str] = &[
    "prologue",
    "epilogue",
    "preface",
    "foreword",
    "afterword",
    "introduction",
    "interlude",
    "postscript",
    "coda",
    "appendix",
    "acknowledgements",
    "acknowledgments",
    "dedication",
];
const NUMBERS: &[&str] = &[
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
    "thirty",
    "forty",
    "fifty",
    "sixty",
    "seventy",
    "eighty",
    "ninety",
    "hundred",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "last",
];

/// What the line calls itself, if it does and nothing else: a sentence that starts with "Chapter
/// one" is prose.
pub(super) fn announced(line: &str) -> Option<Announced> {
    announcement(line).map(|(what, _)| what)
}

/// Whether the line calls itself something and gives no title besides.
pub(super) fn is_bare(line: &str) -> bool {
    announcement(line).is_some_and(|(_, title)| title.is_empty())
}

/// What the line calls itself, and the title that follows.
fn announcement(line: &str) -> Option<(Announced, &str)> {
    let line = line.trim().trim_matches(['*', '_']);
    if !is_short(line) || !line.starts_with(char::is_uppercase) {
        return None;
    }
    let (word, rest) = first_word(line);
    let is_in = |words: &[&str]| words.iter().any(|other| word.eq_ignore_ascii_case(other));
    let (what, rest) = if is_in(PARTS) {
        (Announced::Part, after_number(rest)?)
    } else if is_in(CHAPTERS) {
        (Announced::Chapter, after_number(rest)?)
    } else if is_in(ASIDES) {
        (Announced::Aside, rest)
    } else {
        return None;
    };
    let rest = rest.trim_start();
    let marked = rest.is_empty() || rest.starts_with(['.', ':', '-', '–', '—']);
    (marked || !line.contains(char::is_lowercase)).then(|| (what, rest.trim_matches(['.', ':', '-', '–', '—', ' '])))
}

/// Whether a line is no longer than a heading is.
pub(super) fn is_short(line: &str) -> bool {
    line.chars().nth(SHORT).is_none()
}

fn first_word(text: &str) -> (&str, &str) {
    text.split_at(text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len()))
}

/// What follows the number: of "Twenty-One. The Storm", ". The Storm".
fn after_number(rest: &str) -> Option<&str> {
    let (word, after) = first_word(rest.trim_start_matches(['.', ' ']));
    let (word, after) = if word.eq_ignore_ascii_case("the") { first_word(after.trim_start()) } else { (word, after) };
    is_number(word).then(|| after.strip_prefix([' ', '-']).and_then(after_number).unwrap_or(after))
}

fn is_number(word: &str) -> bool {
    let all = |set: &str| word.chars().all(|c| set.contains(c));
    let written = all("0123456789") || all("IVXLCDM") || all("ivxlcdm");
    !word.is_empty() && (written || NUMBERS.iter().any(|number| word.eq_ignore_ascii_case(number)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expected: Option<Announced>) {
        assert_eq!(announced(line), expected, "{line:?}");
    }

    #[test]
    fn headings_say_what_they_are() {
        for line in ["CHAPTER 1", "Chapter One", "Chapter IV. The Storm", "chapter".to_uppercase().as_str()] {
            check(line, (line != "CHAPTER").then_some(Announced::Chapter));
        }
        check("Chapter xii: A Letter", Some(Announced::Chapter));
        check("CHAPTER TWENTY-ONE", Some(Announced::Chapter));
        check("Chapter Twenty One — Home", Some(Announced::Chapter));
        check("CHAPTER 4 THE STORM", Some(Announced::Chapter));
        check("  **Chapter the Last**", Some(Announced::Chapter));
        check("PART TWO", Some(Announced::Part));
        check("Book I", Some(Announced::Part));
        check("BOOK THE FIRST: SOWING", Some(Announced::Part));
        check("VOLUME III.", Some(Announced::Part));
        check("Vol. II", Some(Announced::Part));
        check("PROLOGUE", Some(Announced::Aside));
        check("Epilogue: Ten Years Later", Some(Announced::Aside));
    }

    #[test]
    fn prose_does_not() {
        check("", None);
        check("Chapter one was the hardest to write.", None);
        check("chapter one", None);
        check("Part of him wanted to stay.", None);
        check("Part two, she thought.", None);
        check("Book a table.", None);
        check("Introduction was not needed.", None);
        check(&format!("CHAPTER 1. {}", "x".repeat(SHORT)), None);
    }

    #[test]
    fn a_bare_one_has_no_title() {
        assert!(is_bare("CHAPTER I."));
        assert!(!is_bare("CHAPTER I. Down the Rabbit-Hole"));
        assert!(!is_bare("The Storm"));
    }
}
