//! What becomes of a text when other words take the place of a needle.

use std::collections::BTreeSet;

use super::Needle;
use crate::{
    compare::{Piece, difference},
    replacement::Replacement,
};

impl Needle {
    /// The text with other words in all places but those that are left out, which are counted from 0; and how many
    /// places that were.
    pub fn replaced(&self, text: &str, with: &Replacement, left_out: &BTreeSet<u32>) -> (String, u32) {
        let (mut new, mut at, mut count) = (String::with_capacity(text.len()), 0, 0);
        for (number, place) in (0..).zip(self.places(text)) {
            if !left_out.contains(&number) {
                new += text.get(at..place.start).unwrap_or_default();
                new += with.as_str();
                at = place.end;
                count += 1;
            }
        }
        new += text.get(at..).unwrap_or_default();
        (new, count)
    }

    /// What is left out of a text was chosen in another one, which its author typed over it: the places of the text that
    /// stand between the same words there. A place that was typed away since is not left out.
    pub fn left_out_below(&self, text: &str, typed: &str, left_out: &BTreeSet<u32>) -> BTreeSet<u32> {
        if left_out.is_empty() {
            return BTreeSet::new();
        }
        let left: BTreeSet<usize> = (0..)
            .zip(self.places(typed))
            .filter(|(number, _)| left_out.contains(number))
            .map(|(_, at)| at.start)
            .collect();
        let pieces = difference(text, typed);
        let is_left = |place: usize| there(&pieces, place).is_some_and(|there| left.contains(&there));
        (0..).zip(self.places(text)).filter(|(_, at)| is_left(at.start)).map(|(number, _)| number).collect()
    }
}

/// Where a place of the older text is in the newer one, if both have it.
fn there(pieces: &[Piece], place: usize) -> Option<usize> {
    let (mut old, mut new) = (0, 0);
    for piece in pieces {
        match piece {
            Piece::Same(text) if place < old + text.len() => return Some(new + (place - old)),
            Piece::Same(text) => {
                old += text.len();
                new += text.len();
            }
            Piece::Gone(text) if place < old + text.len() => return None,
            Piece::Gone(text) => old += text.len(),
            Piece::New(text) => new += text.len(),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn needle(words: &str) -> Needle {
        Needle::parse(words, false, false).expect("a needle")
    }

    #[track_caller]
    fn check(text: &str, words: &str, with: &str, left_out: &[u32], expected: (&str, u32)) {
        let with = Replacement::parse(with).expect("words");
        let (new, count) = needle(words).replaced(text, &with, &left_out.iter().copied().collect());
        assert_eq!((new.as_str(), count), expected);
    }

    #[test]
    fn all_places_but_those_left_out() {
        check("a key, the Key, a lock", "key", "door", &[], ("a door, the door, a lock", 2));
        check("a key, the Key, a lock", "key", "door", &[0], ("a key, the door, a lock", 1));
        check("a key, the Key, a lock", "key", "door", &[0, 1, 7], ("a key, the Key, a lock", 0));
        check("a key, the Key", " key", "", &[], ("a, the", 2));
        check("aaa", "a", "aa", &[], ("aaaaaa", 3));
        check("aaaa", "aa", "a", &[], ("aa", 2));
        check("İstanbul", "İ", "I", &[], ("Istanbul", 1));
        check("Straße", "SSE", "x", &[], ("Straße", 0));
        check("nothing", "key", "door", &[], ("nothing", 0));
        check("a key", "key", "$0", &[], ("a $0", 1));
    }

    #[track_caller]
    fn check_below(text: &str, typed: &str, left_out: &[u32], expected: &[u32]) {
        let below = needle("owl").left_out_below(text, typed, &left_out.iter().copied().collect());
        assert_eq!(below.into_iter().collect::<Vec<_>>(), expected, "{text} {typed}");
    }

    #[test]
    fn what_is_left_out_is_left_out_of_the_saved_text_too() {
        let saved = "An owl called.\n\nThe other owl slept, and no owl answered.";
        check_below(saved, saved, &[], &[]);
        check_below(saved, saved, &[1], &[1]);
        // One was typed before it, so it is another number there.
        check_below(saved, &format!("First owl.\n\n{saved}"), &[1], &[0]);
        check_below(saved, &format!("First owl.\n\n{saved}"), &[0], &[]);
        // It is no longer in what is typed.
        check_below(saved, "An owl called.\n\nThe other one slept, and no owl answered.", &[1], &[2]);
        check_below("", saved, &[0, 1, 2], &[]);
    }
}
