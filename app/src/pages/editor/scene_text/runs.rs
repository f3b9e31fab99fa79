//! Runs of stars or underlines that may begin or end emphasis.

use std::ops::Range;

/// Where the signs stand.
pub type Run = Range<usize>;

/// How many signs of one kind end here, those after a backslash left out.
pub fn before(text: &str, at: usize) -> usize {
    let left = text.get(..at).unwrap_or_default();
    let Some(sign) = left.chars().next_back().filter(|&c| is_sign(c)) else { return 0 };
    let rest = left.trim_end_matches(sign);
    left.len() - rest.len() - usize::from(is_escaped(rest))
}

/// How many signs of one kind begin here.
pub fn after(text: &str, at: usize) -> usize {
    let (left, right) = (text.get(..at).unwrap_or_default(), text.get(at..).unwrap_or_default());
    let Some(sign) = right.chars().next().filter(|&c| is_sign(c) && !is_escaped(left)) else { return 0 };
    right.len() - right.trim_start_matches(sign).len()
}

/// All within a range that may begin or end emphasis.
pub fn runs(text: &str, range: Range<usize>) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut at = range.start;
    while let Some(found) = text.get(at..range.end).and_then(|rest| rest.find(is_sign)) {
        let start = at + found;
        let count = after(text, start);
        let end = start + count.max(1);
        if count > 0 && end <= range.end && may_mean(text, start..end) {
            runs.push(start..end);
        }
        at = end;
    }
    runs
}

/// Not between blanks, and not within a word, except where stars are around a part of one.
fn may_mean(text: &str, run: Run) -> bool {
    let is_underline = text.get(run.clone()).is_some_and(|signs| signs.starts_with('_'));
    let (left, right) = (text.get(..run.start).unwrap_or_default(), text.get(run.end..).unwrap_or_default());
    let is_blank = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let (previous, next) = (left.chars().next_back(), right.chars().next());
    if is_blank(previous) && is_blank(next) {
        return false;
    }
    if !is_letter(previous) || !is_letter(next) {
        return true;
    }
    let in_word = |side: Option<&str>| side.is_some_and(|part| part.contains('*'));
    !is_underline
        && (in_word(left.rsplit(char::is_whitespace).next()) || in_word(right.split(char::is_whitespace).next()))
}

const fn is_sign(c: char) -> bool {
    matches!(c, '*' | '_')
}

/// Whether what follows stands after a backslash that means it.
fn is_escaped(left: &str) -> bool {
    (left.len() - left.trim_end_matches('\\').len()) % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_emphasis_may_begin_or_end() {
        for (text, expected) in [
            ("a **b** _c_", vec![2..4, 5..7, 8..9, 10..11]),
            ("2 * 3, snake_case, f**k, \\*a\\*", vec![]),
            ("un*believ*able", vec![2..3, 9..10]),
            ("***a***", vec![0..3, 4..7]),
        ] {
            assert_eq!(runs(text, 0..text.len()), expected, "{text:?}");
        }
    }
}
