//! An excerpt: words that were found, and the words around them.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// Words that were found in a text, with what stands around them on their line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Excerpt {
    /// What stands before them; three dots, where it is cut.
    pub before: String,
    /// The words.
    pub words: String,
    /// What stands behind them; three dots, where it is cut.
    pub after: String,
}

/// How many characters are shown on each side.
const SIDE: usize = 48;

impl Excerpt {
    /// What stands at this place of a text.
    pub fn of(text: &str, place: Range<usize>) -> Self {
        let (before, after) = (text.get(..place.start).unwrap_or_default(), text.get(place.end..).unwrap_or_default());
        let (before, after) = (before.rsplit('\n').next(), after.split('\n').next());
        Self {
            before: end_of(before.unwrap_or_default()),
            words: text.get(place).unwrap_or_default().to_owned(),
            after: start_of(after.unwrap_or_default()),
        }
    }
}

/// The last words.
fn end_of(line: &str) -> String {
    let Some((cut, _)) = line.char_indices().rev().nth(SIDE) else { return line.to_owned() };
    let kept = line.get(cut..).unwrap_or_default();
    // No half word, unless there is nothing else.
    let kept = kept.split_once(' ').map_or(kept, |(_, rest)| rest);
    format!("…{kept}")
}

/// The first words.
fn start_of(line: &str) -> String {
    let Some((cut, _)) = line.char_indices().nth(SIDE) else { return line.to_owned() };
    let kept = line.get(..cut).unwrap_or_default();
    let kept = kept.rsplit_once(' ').map_or(kept, |(rest, _)| rest);
    format!("{kept}…")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, words: &str, before: &str, after: &str) {
        let at = text.find(words).expect("it is there");
        let expected = Excerpt { before: before.to_owned(), words: words.to_owned(), after: after.to_owned() };
        assert_eq!(Excerpt::of(text, at..at + words.len()), expected);
    }

    #[test]
    fn the_words_around() {
        check("The key.", "key", "The ", ".");
        check("One.\nThe key.\nTwo.", "key", "The ", ".");
        check("key", "key", "", "");
        let long = "word ".repeat(20);
        let (left, right) = (format!("…{}", "word ".repeat(9)), format!(" {}…", ["word"; 9].join(" ")));
        check(&format!("{long}key {long}"), "key", &left, &right);
        let solid = "é".repeat(60);
        check(&format!("{solid}key{solid}"), "key", &format!("…{}", "é".repeat(49)), &format!("{}…", "é".repeat(48)));
    }
}
