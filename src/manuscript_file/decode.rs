//! A text with one kind of line end, and no control character.

use std::borrow::Cow;

use super::{ImportError, ManuscriptFile};

/// What word processors leave in a text where a page or a line ends.
const PAGE_ENDS: [char; 2] = ['\u{b}', '\u{c}'];

/// The text of a file.
pub(super) fn decode(text: &str) -> Result<Cow<'_, str>, ImportError> {
    if text.len() > ManuscriptFile::MOST_BYTES {
        return Err(ImportError::TooLarge { bytes: text.len() });
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let text = if text.contains('\r') {
        Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"))
    } else {
        Cow::Borrowed(text)
    };
    // A page's end is blank space, and so is a line's that is none of a paragraph's.
    let text = if text.contains(PAGE_ENDS) { Cow::Owned(text.replace(PAGE_ENDS, "\n")) } else { text };
    if let Some((at, control)) = text.char_indices().find(|&(_, c)| c.is_control() && !matches!(c, '\n' | '\t')) {
        let (good, _) = text.split_at(at);
        return Err(ImportError::Control { line: good.matches('\n').count() + 1, character: control.into() });
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Result<&str, ImportError>) {
        assert_eq!(decode(text).as_deref().map_err(Clone::clone), expected, "{text:?}");
    }

    #[test]
    fn text_is_decoded() {
        check("\u{feff}One\r\ntwo\rthree\n", Ok("One\ntwo\nthree\n"));
        check("été\t⁂", Ok("été\t⁂"));
        check("One\x0c\r\ntwo\x0bthree", Ok("One\n\ntwo\nthree"));
        check("one\n\ntw\0o", Err(ImportError::Control { line: 3, character: 0 }));
        check("\x1b[31m", Err(ImportError::Control { line: 1, character: 27 }));
    }

    #[test]
    fn errors_are_sentences() {
        let says = |text: &str| decode(text).expect_err("a bad file").to_string();
        assert_eq!(says("a\n\0"), "There is a control character in line 2 (number 0); please remove it.");
        assert_eq!(
            says(&"a".repeat(ManuscriptFile::MOST_BYTES + 1)),
            "That file is too large: it has 16777217 bytes, and 16777216 fit."
        );
    }
}
