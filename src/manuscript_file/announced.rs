//! What a line calls itself: "PART TWO", "Chapter IV. The Storm", "Erstes Kapitel", "第一章", "Epilogue".

mod words;

use self::words::{ASIDES, CHAPTERS, CHAPTERS_ABROAD, NUMBERS, NUMBERS_ABROAD, PARTS, PARTS_ABROAD};

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

/// What may stand between a number and a title.
const MARKS: [char; 8] = ['.', ':', '-', '–', '—', '：', '、', '·'];

/// What the line calls itself, if it does and nothing else: a sentence that starts with "Chapter
/// one" is prose.
pub(super) fn announced(line: &str) -> Option<Announced> {
    announcement(line).map(|(what, _)| what)
}

/// Whether the line calls itself something and gives no title besides.
pub(super) fn is_bare(line: &str) -> bool {
    announcement(line).is_some_and(|(_, title)| title == 0)
}

/// Whether a line is no longer than a heading is.
pub(super) fn is_short(line: &str) -> bool {
    line.chars().nth(SHORT).is_none()
}

/// The number that a word is on its own: "3", "III", "Three".
pub(super) fn number(word: &str) -> Option<usize> {
    let spelt = || NUMBERS.split(' ').take(20).position(|number| word.eq_ignore_ascii_case(number)).map(|at| at + 1);
    word.parse().ok().filter(|&number| number < 1_000).or_else(|| roman(word)).or_else(spelt)
}

/// What the line calls itself, and how long the title is that follows.
fn announcement(line: &str) -> Option<(Announced, usize)> {
    let line = line.trim().trim_matches(['*', '_']).trim();
    if !is_short(line) || line.starts_with(char::is_lowercase) {
        return None;
    }
    let title = |rest: &'_ str| rest.trim_matches(|c: char| MARKS.contains(&c) || c.is_whitespace()).len();
    if let Some((what, rest)) = eastern(line) {
        return Some((what, title(rest)));
    }
    let (what, rest) = word_first(line).or_else(|| number_first(line))?;
    let is_marked = rest.trim_start().is_empty() || rest.trim_start().starts_with(MARKS) || rest.starts_with('\t');
    let is_loud = line.contains(char::is_uppercase) && !line.contains(char::is_lowercase);
    (is_marked || is_loud).then(|| (what, title(rest)))
}

/// "Chapter One", "Kapitel 1", "Prologue".
fn word_first(line: &str) -> Option<(Announced, &str)> {
    let (word, rest) = first_word(line);
    let word = word.to_lowercase();
    let is_in = |words| is_among(words, &word);
    if is_in(ASIDES) {
        return Some((Announced::Aside, rest));
    }
    let what = if is_in(PARTS) || is_in(PARTS_ABROAD) {
        Announced::Part
    } else if is_in(CHAPTERS) || is_in(CHAPTERS_ABROAD) {
        Announced::Chapter
    } else {
        return None;
    };
    let is_abroad = is_in(PARTS_ABROAD) || is_in(CHAPTERS_ABROAD);
    Some((what, after_number(rest, is_abroad)?))
}

/// "1. Kapitel", "Erster Teil": not in English, where "First letter" is a sentence.
fn number_first(line: &str) -> Option<(Announced, &str)> {
    let (number, rest) = first_word(line);
    let (word, rest) = first_word(rest.trim_start_matches(['.', ' ', 'º', 'ª']));
    let word = word.to_lowercase();
    let what = if is_among(CHAPTERS_ABROAD, &word) {
        Announced::Chapter
    } else if is_among(PARTS_ABROAD, &word) {
        Announced::Part
    } else {
        return None;
    };
    let is_article = ["un", "uno", "um", "een", "ett"].contains(&number.to_lowercase().as_str());
    (is_number(number, true) && !is_article).then_some((what, rest))
}

/// "第一章", "第3話", "제1장": what follows is a title only behind a blank or a mark.
fn eastern(line: &str) -> Option<(Announced, &str)> {
    let rest = line.strip_prefix(['第', '제'])?.trim_start();
    let after = rest.trim_start_matches(|c: char| c.is_numeric() || "〇零一二三四五六七八九十百千两".contains(c));
    let after = if after.len() < rest.len() { after.trim_start() } else { return None };
    let mut letters = after.chars();
    let what = match letters.next()? {
        '章' | '回' | '话' | '話' | '节' | '節' | '장' | '화' => Announced::Chapter,
        '部' | '卷' | '巻' | '篇' | '編' | '부' | '권' => Announced::Part,
        _ => return None,
    };
    let rest = letters.as_str();
    let is_title = rest.is_empty() || rest.starts_with(char::is_whitespace) || rest.starts_with(MARKS);
    (is_title && !rest.ends_with(['。', '！', '？', '.'])).then_some((what, rest))
}

/// Whether a list with blanks has the word.
fn is_among(words: &str, word: &str) -> bool {
    words.split(' ').any(|one| one == word)
}

fn first_word(text: &str) -> (&str, &str) {
    text.split_at(text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len()))
}

/// What follows the number: of "Twenty-One. The Storm", ". The Storm".
fn after_number(rest: &str, is_abroad: bool) -> Option<&str> {
    let (word, after) = first_word(rest.trim_start_matches(['.', ' ']));
    let (word, after) = if word.eq_ignore_ascii_case("the") { first_word(after.trim_start()) } else { (word, after) };
    let next = |after| after_number(after, is_abroad);
    is_number(word, is_abroad).then(|| after.strip_prefix([' ', '-']).and_then(next).unwrap_or(after))
}

fn is_number(word: &str, is_abroad: bool) -> bool {
    let all = |set: &str| word.chars().all(|c| set.contains(c));
    let is_written = word.chars().all(char::is_numeric) || all("IVXLCDM") || all("ivxlcdm");
    let lower = word.to_lowercase();
    let is_in = |words| is_among(words, &lower);
    // Hebrew counts with letters.
    let is_letter = || is_abroad && word.chars().count() <= 2 && word.chars().all(|c| ('א'..='ת').contains(&c));
    !word.is_empty() && (is_written || is_in(NUMBERS) || (is_abroad && is_in(NUMBERS_ABROAD)) || is_letter())
}

/// The value of a Roman number in capitals, if it is written as one.
fn roman(word: &str) -> Option<usize> {
    const SIGNS: [(&str, usize); 9] =
        [("C", 100), ("XC", 90), ("L", 50), ("XL", 40), ("X", 10), ("IX", 9), ("V", 5), ("IV", 4), ("I", 1)];
    let (mut rest, mut value) = (word, 0);
    for (sign, worth) in SIGNS {
        let most = if sign.len() == 2 || matches!(worth, 50 | 5) { 1 } else { 3 };
        for _ in 0..most {
            if let Some(after) = rest.strip_prefix(sign) {
                (rest, value) = (after, value + worth);
            }
        }
    }
    (!word.is_empty() && rest.is_empty()).then_some(value)
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
        check("Ch. 3\tA Letter", Some(Announced::Chapter));
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
    fn in_other_languages_too() {
        for line in [
            "Capítulo 1",
            "CAPÍTULO PRIMERO",
            "Kapitel 3: Der Sturm",
            "Erstes Kapitel",
            "1. Kapitel",
            "Chapitre premier",
            "Capitolo II",
            "Глава первая",
            "ГЛАВА 12",
            "Hoofdstuk 4",
            "Rozdział 5",
            "2. fejezet",
            "1. luku",
            "Κεφάλαιο 1",
            "Bölüm 1",
            "第一章",
            "第十二回",
            "第3話 海",
            "第一章：海",
            "제1장",
            "제 2 장 바다",
            "الفصل الأول",
            "פרק א",
            "Chương 1",
        ] {
            check(line, Some(Announced::Chapter));
        }
        for line in ["Erster Teil", "Teil 2", "Deuxième partie", "Parte prima", "Часть 1", "第二部", "제1부"]
        {
            check(line, Some(Announced::Part));
        }
        for line in ["Prolog", "Épilogue", "Пролог", "終章", "プロローグ"] {
            check(line, Some(Announced::Aside));
        }
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
        check("First letter", None);
        check("Del uno al cinco.", None);
        check("Un libro", None);
        check("第一章是最难写的。", None);
        check("第一次见面", None);
        check("序言很长", None);
        check(&format!("CHAPTER 1. {}", "x".repeat(SHORT)), None);
    }

    #[test]
    fn a_bare_one_has_no_title() {
        assert!(is_bare("CHAPTER I."));
        assert!(!is_bare("CHAPTER I. Down the Rabbit-Hole"));
        assert!(!is_bare("The Storm"));
    }

    #[test]
    fn numbers() {
        let check = |word: &str, expected: Option<usize>| assert_eq!(number(word), expected, "{word:?}");
        for (word, expected) in [("1", 1), ("20", 20), ("I", 1), ("IV", 4), ("XXXIX", 39), ("CXC", 190), ("Three", 3)] {
            check(word, Some(expected));
        }
        for word in ["", "1984", "IIII", "VX", "i", "Hundred", "-1", "Mara"] {
            check(word, None);
        }
    }
}
