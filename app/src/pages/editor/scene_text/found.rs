//! Found: where words stand in a text.

use std::ops::Range;

use super::edit::{Edit, Replacement};

/// What is looked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// The words.
    pub words: String,
    /// Whether capitals are other letters than small ones.
    pub is_case_matched: bool,
    /// Whether no letter stands right before or behind them.
    pub is_whole: bool,
}

/// Where it stands, from the first to the last; no match is within another.
pub fn found(text: &str, wanted: &Wanted) -> Vec<Range<usize>> {
    let words = folded(&wanted.words, wanted.is_case_matched).collect::<Vec<_>>();
    let (mut found, mut rest) = (Vec::new(), 0);
    for (at, _) in text.char_indices() {
        if at < rest {
            continue;
        }
        let Some(end) = matched(text, at, &words, wanted.is_case_matched) else { continue };
        if !wanted.is_whole || is_whole(text, at..end) {
            found.push(at..end);
            rest = end;
        }
    }
    found
}

/// The match to go to from a place: the first that begins there or behind it, else the first of all.
pub fn nearest(found: &[Range<usize>], place: usize) -> usize {
    let next = found.partition_point(|one| one.start < place);
    if next == found.len() { 0 } else { next }
}

/// Puts other words in the place of all matches.
pub fn replaced(text: &str, found: &[Range<usize>], with: &str) -> Edit {
    let all = found.iter().map(|range| -> Replacement { (range.clone(), with.to_owned()) }).collect();
    let end = found.last().map_or(0, |last| last.end);
    Edit::of(text, all, end..end)
}

/// Where the words end that begin here.
fn matched(text: &str, at: usize, words: &[char], is_case_matched: bool) -> Option<usize> {
    let (mut left, mut end) = (words, at);
    for c in text.get(at..)?.chars() {
        if left.is_empty() {
            break;
        }
        for c in fold(c, is_case_matched) {
            let (first, rest) = left.split_first()?;
            if *first != c {
                return None;
            }
            left = rest;
        }
        end += c.len_utf8();
    }
    (left.is_empty() && !words.is_empty()).then_some(end)
}

fn is_whole(text: &str, range: Range<usize>) -> bool {
    let (left, right) = (text.get(..range.start).unwrap_or_default(), text.get(range.end..).unwrap_or_default());
    !left.ends_with(char::is_alphanumeric) && !right.starts_with(char::is_alphanumeric)
}

fn folded(text: &str, is_case_matched: bool) -> impl Iterator<Item = char> {
    text.chars().flat_map(move |c| fold(c, is_case_matched))
}

/// A letter as it is compared: small, unless capitals are others.
fn fold(c: char, is_case_matched: bool) -> impl Iterator<Item = char> {
    let (same, small) = if is_case_matched { (Some(c), None) } else { (None, Some(c.to_lowercase())) };
    same.into_iter().chain(small.into_iter().flatten())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Options are `c` for match case, `w` for whole words.
    #[track_caller]
    fn check(text: &str, words: &str, options: &str, expected: &[usize]) {
        let wanted =
            Wanted { words: words.to_owned(), is_case_matched: options.contains('c'), is_whole: options.contains('w') };
        let places = found(text, &wanted).iter().map(|one| one.start).collect::<Vec<_>>();
        assert_eq!(places, expected, "{words:?} in {text:?}, {options:?}");
    }

    #[test]
    fn where_words_stand() {
        check("The key, the KEY.", "key", "", &[4, 13]);
        check("The key, the KEY.", "key", "c", &[4]);
        check("key keys monkey key", "key", "w", &[0, 16]);
        check("Élan, élan", "ÉLAN", "", &[0, 7]);
        check("aaaa", "aa", "", &[0, 2]);
        check("İstanbul", "istanbul", "c", &[]);
        check("a.b", ".", "w", &[]);
        check("a . b", ".", "w", &[2]);
        check("two\nlines", "two\nlines", "", &[0]);
        check("a", "", "", &[]);
        check("", "a", "", &[]);
    }

    #[test]
    fn the_nearest_one_goes_around() {
        let found = [2..4, 8..10];
        for (place, expected) in [(0, 0), (2, 0), (3, 1), (8, 1), (9, 0)] {
            assert_eq!(nearest(&found, place), expected, "{place}");
        }
        assert_eq!(nearest(&[], 3), 0);
    }

    #[test]
    fn all_are_replaced_in_one_edit() {
        let text = "a key, the Key, a lock";
        let all = found(text, &Wanted { words: "key".to_owned(), ..Wanted::default() });
        let edit = replaced(text, &all, "door");
        assert_eq!((edit.replaced, edit.text.as_str(), edit.selected), (2..14, "door, the door", 16..16));
    }
}
