//! Comments: `<!-- … -->` is the author's own note, which no reader is shown.

use std::{borrow::Cow, ops::Range};

const START: &str = "<!--";
const END: &str = "-->";

/// Where the comments of a text are. One without an end is none: it would hide all that follows.
pub(crate) fn private(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = find(text, at, START) {
        if is_escaped(text, start) {
            at = start + START.len();
            continue;
        }
        let Some(end) = find(text, start + START.len(), END) else { break };
        at = end + END.len();
        found.push(start..at);
    }
    found
}

/// The text without its comments.
pub(crate) fn without_private(text: &str) -> Cow<'_, str> {
    let comments = private(text);
    if comments.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut rest = String::with_capacity(text.len());
    let mut at = 0;
    for comment in comments {
        rest += text.get(at..comment.start).unwrap_or_default();
        at = comment.end;
    }
    rest += text.get(at..).unwrap_or_default();
    Cow::Owned(rest)
}

/// The text with blanks in the place of its comments, so that each byte of the rest stays where it was.
pub(crate) fn masked(text: &str) -> Cow<'_, str> {
    let comments = private(text);
    if comments.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut masked = String::with_capacity(text.len());
    for comment in comments {
        masked += text.get(masked.len()..comment.start).unwrap_or_default();
        masked.extend(std::iter::repeat_n(' ', comment.len()));
    }
    masked += text.get(masked.len()..).unwrap_or_default();
    Cow::Owned(masked)
}

fn find(text: &str, from: usize, what: &str) -> Option<usize> {
    text.get(from..)?.find(what).map(|at| from + at)
}

/// Whether an odd number of backslashes stands before the place.
fn is_escaped(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default();
    (before.len() - before.trim_end_matches('\\').len()) % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(without_private(text), expected, "{text:?}");
        assert_eq!(masked(text).len(), text.len(), "{text:?}");
        assert_eq!(masked(text).replace(' ', ""), expected.replace(' ', ""), "{text:?}");
    }

    #[test]
    fn comments_are_taken_out() {
        check("a <!-- b --> c", "a  c");
        check("key<!-- whose? -->.", "key.");
        check("<!--\na\n\nb -->c", "c");
        check("é<!-- é -->é<!---->", "éé");
        check("a <!-- b <!-- c --> d -->", "a  d -->");
    }

    #[test]
    fn what_is_no_comment_stays() {
        check("a <!-- b", "a <!-- b");
        check("a \\<!-- b -->", "a \\<!-- b -->");
        check("a -- > <! b -->", "a -- > <! b -->");
        check("<!-->", "<!-->");
    }
}
