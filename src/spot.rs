//! A spot: where in a chapter a reader is, told by the paragraph's text, so that it is the same at any type size.

use serde::{Deserialize, Serialize};

/// Where in a chapter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spot {
    /// Which of the chapter's paragraphs, from 0.
    pub paragraph: u32,
    /// What its text was, as [`Spot::print_of`] says.
    pub print: u32,
    /// How far into the paragraph, in thousandths.
    pub thousandth: u16,
}

impl Spot {
    /// A fingerprint of a paragraph's text: FNV-1a over its letters. How lines break and where spaces are is left out.
    pub fn print_of(text: &str) -> u32 {
        let bytes = text.split_whitespace().flat_map(str::bytes);
        bytes.fold(0x811c_9dc5, |print, byte| (print ^ u32::from(byte)).wrapping_mul(0x0100_0193))
    }

    /// Which paragraph of a chapter as it is now: the one with the same text that stands nearest, else the one at the
    /// same place, else the last. `None` in a chapter without any.
    pub fn find(self, prints: &[u32]) -> Option<usize> {
        let (last, place) = (prints.len().checked_sub(1)?, self.paragraph as usize);
        let same = (0..prints.len()).filter(|&at| prints.get(at) == Some(&self.print));
        Some(same.min_by_key(|at| at.abs_diff(place)).unwrap_or(place.min(last)))
    }

    /// How far into the chapter, for comparing two.
    pub(crate) const fn depth(self) -> (u32, u16) {
        (self.paragraph, self.thousandth)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_print_is_of_the_letters() {
        let print = Spot::print_of("The kettle sang.");
        assert_eq!(print, Spot::print_of("  The\nkettle  sang. "));
        assert_ne!(print, Spot::print_of("The kettle sung."));
        assert_ne!(print, Spot::print_of(""));
    }

    #[test]
    fn a_paragraph_is_found_by_its_text() {
        let check = |paragraph, print, prints: &[u32], expected| {
            assert_eq!(Spot { paragraph, print, thousandth: 0 }.find(prints), expected, "{paragraph} in {prints:?}");
        };
        check(1, 20, &[10, 20, 30], Some(1));
        // Two were written before it.
        check(1, 20, &[1, 2, 10, 20, 30], Some(3));
        // Of several with one text it is the nearest.
        check(3, 20, &[20, 1, 2, 3, 20, 20], Some(4));
        // Its text was changed.
        check(1, 99, &[10, 20, 30], Some(1));
        check(7, 99, &[10, 20, 30], Some(2));
        check(7, 99, &[], None);
    }
}
