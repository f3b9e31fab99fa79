//! Where a needle stands in a text.

use std::ops::Range;

use super::Needle;

impl Needle {
    /// Where it stands, from the first place to the last, in bytes; none is within another.
    pub fn places(&self, text: &str) -> Vec<Range<usize>> {
        let words: Vec<char> = self.words.chars().flat_map(|c| fold(c, self.is_case_matched)).collect();
        let (mut found, mut rest) = (Vec::new(), 0);
        for (at, c) in text.char_indices() {
            if at < rest || fold(c, self.is_case_matched).next() != words.first().copied() {
                continue;
            }
            let Some(end) = self.matched(text, at, &words) else { continue };
            if !is_accented(text, end) && (!self.is_whole || is_whole(text, at..end)) {
                found.push(at..end);
                rest = end;
            }
        }
        found
    }

    /// Where the words end that begin here.
    fn matched(&self, text: &str, at: usize, words: &[char]) -> Option<usize> {
        let (mut left, mut end) = (words, at);
        for c in text.get(at..)?.chars() {
            if left.is_empty() {
                break;
            }
            for c in fold(c, self.is_case_matched) {
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
}

/// Whether the letter before this place goes on with an accent of its own.
fn is_accented(text: &str, end: usize) -> bool {
    text.get(end..).is_some_and(|rest| rest.starts_with(|c| ('\u{300}'..='\u{36f}').contains(&c)))
}

/// Whether no letter stands beside it. An apostrophe is none, so “Anna” stands in “Anna’s”; but “Don” is no word of
/// “Don’t”.
fn is_whole(text: &str, range: Range<usize>) -> bool {
    let (left, right) = (text.get(..range.start).unwrap_or_default(), text.get(range.end..).unwrap_or_default());
    let is_cut = left.ends_with(char::is_alphanumeric) || right.starts_with(char::is_alphanumeric);
    !is_cut && !is_negation(text.get(range).unwrap_or_default(), right)
}

/// Whether what stands there goes on as in “don’t”.
fn is_negation(words: &str, right: &str) -> bool {
    let rest = right.strip_prefix(['\'', '’']).and_then(|rest| rest.strip_prefix(['t', 'T']));
    let rest = rest.map(|rest| rest.strip_prefix(['s', 'S']).unwrap_or(rest));
    words.ends_with(['n', 'N']) && rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// A letter as it is compared: small, unless capitals are others.
fn fold(c: char, is_case_matched: bool) -> impl Iterator<Item = char> {
    let (same, small) = if is_case_matched { (Some(c), None) } else { (None, Some(c.to_lowercase())) };
    // A small sigma has a form of its own at the end of a word.
    let sigma = move |c| if c == 'ς' && !is_case_matched { 'σ' } else { c };
    same.into_iter().chain(small.into_iter().flatten()).map(sigma)
}

#[cfg(test)]
mod tests {
    use crate::Needle;

    /// Options are `c` for match case, `w` for whole words.
    #[track_caller]
    fn check(text: &str, words: &str, options: &str, expected: &[usize]) {
        let needle = Needle::parse(words, options.contains('c'), options.contains('w')).expect("a needle");
        let places = needle.places(text).iter().map(|one| one.start).collect::<Vec<_>>();
        assert_eq!(places, expected, "{words:?} in {text:?}, {options:?}");
    }

    #[test]
    fn where_words_stand() {
        check("The key, the KEY.", "key", "", &[4, 13]);
        check("The key, the KEY.", "key", "c", &[4]);
        check("aaaa", "aa", "", &[0, 2]);
        check("aaab", "aab", "", &[1]);
        check("two\nlines", "two\nlines", "", &[0]);
        check("  a  ", "  ", "", &[0, 3]);
        check("", "a", "", &[]);
    }

    #[test]
    fn whole_words() {
        check("key keys monkey key", "key", "w", &[0, 16]);
        check("a.b", ".", "w", &[]);
        check("a . b", ".", "w", &[2]);
        check("Anna’s and Anna's and l’Anna", "anna", "w", &[0, 13, 28]);
        check("Don. Don’t! Don't, DON’T. Don’ts", "Don", "w", &[0]);
        check("Don’t", "Don’t", "w", &[0]);
        check("Don’t", "Don", "", &[0]);
        check("Kat’t", "Kat", "w", &[0]);
    }

    /// Letters that are longer or shorter as small ones.
    #[test]
    fn letters_of_all_scripts() {
        check("Élan, élan", "ÉLAN", "", &[0, 7]);
        check("İstanbul", "istanbul", "c", &[]);
        check("İstanbul, i\u{307}stanbul", "İSTANBUL", "", &[0, 11]);
        check("İ", "i", "", &[]);
        check("Straße, STRAẞE, strasse", "straße", "", &[0, 9]);
        check("ΟΔΟΣ, οδος, οδοσ", "οδός", "", &[]);
        check("ΟΔΟΣ οδος", "Οδος", "", &[0, 9]);
        check("ὁδός ς", "σ", "c", &[]);
        check("cafe\u{301} cafe", "cafe", "", &[7]);
        check("🦉 owl 🦉", "🦉", "", &[0, 9]);
    }

    #[test]
    fn signs_mean_themselves() {
        check("a.b axb [a] a*", "a.b", "", &[0]);
        check("a.b axb [a] a*", "[a]", "", &[8]);
        check("a.b axb [a] a*", "a*", "", &[12]);
        check("100 % \\d", "\\d", "", &[6]);
        check("% _", "_", "", &[2]);
    }
}
