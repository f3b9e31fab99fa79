//! What texts are compared by: paragraphs, and the words of one.

use unicode_segmentation::UnicodeSegmentation;

/// The paragraphs, each with the line end after it.
pub(super) fn lines(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

/// The paragraphs, without the line ends between them. There is always one.
pub(super) fn paragraphs(text: &str) -> Vec<&str> {
    text.split('\n').collect()
}

/// The words, each with the blanks after it: so two sentences have no more in common than their words. A line end is a
/// word of its own.
pub(super) fn words(text: &str) -> Vec<&str> {
    let mut words = vec![];
    let mut begin = 0;
    for (at, piece) in text.split_word_bound_indices() {
        let is_blank = piece.chars().all(|c| c.is_whitespace() && c != '\n');
        if !is_blank && at > begin {
            words.push(&text[begin..at]);
            begin = at;
        }
    }
    if begin < text.len() {
        words.push(&text[begin..]);
    }
    words
}
