//! Terms: what a text is found by. Words in small letters and without accents, as Unicode divides texts into words.

use std::collections::BTreeMap;

use domain::{Search, TagName};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
use unicode_segmentation::UnicodeSegmentation;

/// How long a term is at most: what is longer is found by its beginning.
const LONGEST: usize = 40;
/// How short the beginning of a word is at least by which it is found.
const SHORTEST: usize = 3;

/// How well something is found by a term.
pub(super) type Weights = BTreeMap<String, i64>;

/// How much a word counts that stands somewhere, and the beginning of one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Worth {
    pub(super) word: i64,
    /// Of what is long, beginnings would be too many.
    pub(super) beginning: Option<i64>,
}

/// The words of a text as terms.
fn words(text: &str) -> impl Iterator<Item = String> {
    text.unicode_words().map(|word| {
        let plain = word.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase);
        plain.filter(|c| c.is_alphanumeric()).take(LONGEST).collect::<String>()
    })
}

/// What is looked for: each word of a search once, as many as are looked for.
pub(crate) fn asked(text: &str) -> Vec<String> {
    let mut terms: Vec<String> = vec![];
    for term in words(text).filter(|term| !term.is_empty()) {
        if terms.len() < Search::TERMS && !terms.contains(&term) {
            terms.push(term);
        }
    }
    terms
}

/// The term of a whole tag. No word has its sign.
pub(super) fn of_tag(tag: &TagName) -> String {
    format!("#{tag}")
}

/// Adds what a text is found by. Of two places the better one counts.
pub(super) fn add(weights: &mut Weights, text: &str, worth: Worth) {
    let mut note = |term: String, weight: i64| {
        if !term.is_empty() {
            let held = weights.entry(term).or_default();
            *held = weight.max(*held);
        }
    };
    for word in words(text) {
        if let Some(beginning) = worth.beginning {
            for (end, _) in word.char_indices().skip(SHORTEST) {
                note(word[..end].to_owned(), beginning);
            }
        }
        note(word, worth.word);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_looked_for() {
        let check = |text: &str, expected: &[&str]| assert_eq!(asked(text), expected, "{text}");
        check("The  TIDE table", &["the", "tide", "table"]);
        check("\"tide\" AND NOT (table*) OR -x", &["tide", "and", "not", "table", "or", "x"]);
        check("Müller’s crème brûlée, ﬁn", &["mullers", "creme", "brulee", "fin"]);
        check("曹雪芹", &["曹", "雪", "芹"]);
        check("tide Tide TIDE", &["tide"]);
        check("1 2 3 4 5 6 7 8 9", &["1", "2", "3", "4", "5", "6", "7", "8"]);
        check("… — ' \" %", &[]);
        assert_eq!(asked(&"x".repeat(10_000))[0].len(), LONGEST);
    }

    #[test]
    fn by_what_a_text_is_found() {
        let mut weights = Weights::new();
        add(&mut weights, "The Tides", Worth { word: 40, beginning: Some(12) });
        add(&mut weights, "tides at night", Worth { word: 4, beginning: None });
        let found: Vec<_> = weights.iter().map(|(term, weight)| (term.as_str(), *weight)).collect();
        assert_eq!(found, [("at", 4), ("night", 4), ("the", 40), ("tid", 12), ("tide", 12), ("tides", 40)]);
    }
}
