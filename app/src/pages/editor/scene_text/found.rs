//! Found: the matches in a text. Where words stand, the domain says.

use std::ops::Range;

use super::edit::{Edit, Replacement};

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

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Needle;

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
        let all = Needle::parse("key", false, false).expect("words").places(text);
        let edit = replaced(text, &all, "door");
        assert_eq!((edit.replaced, edit.text.as_str(), edit.selected), (2..14, "door, the door", 16..16));
    }
}
