//! Bytes made text: UTF-8, one kind of line end, no invisible character.

use std::borrow::Cow;

use super::{ImportError, ManuscriptFile};

/// What word processors leave in a text where a page or a line ends.
const PAGE_ENDS: [char; 2] = ['\u{b}', '\u{c}'];

/// The text of the file.
pub(super) fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, ImportError> {
    if bytes.len() > ManuscriptFile::MOST_BYTES {
        return Err(ImportError::TooLarge { bytes: bytes.len() });
    }
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(ImportError::Utf16);
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let (good, _) = bytes.split_at(error.valid_up_to());
        ImportError::NotUtf8 { offset: good.len(), line: line_ends(good) + 1 }
    })?;
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
        return Err(ImportError::Control { line: line_ends(good.as_bytes()) + 1, character: control.into() });
    }
    Ok(text)
}

fn line_ends(bytes: &[u8]) -> usize {
    let next = bytes.iter().skip(1).map(Some).chain([None]);
    bytes.iter().zip(next).filter(|&(&byte, next)| byte == b'\n' || (byte == b'\r' && next != Some(&b'\n'))).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], expected: Result<&str, ImportError>) {
        assert_eq!(decode(bytes).as_deref().map_err(Clone::clone), expected, "{bytes:?}");
    }

    #[test]
    fn text_is_decoded() {
        check(b"\xef\xbb\xbfOne\r\ntwo\rthree\n", Ok("One\ntwo\nthree\n"));
        check("été\t⁂".as_bytes(), Ok("été\t⁂"));
        check(b"One\x0c\r\ntwo\x0bthree", Ok("One\n\ntwo\nthree"));
        check(b"\xff\xfeO\0n\0e\0", Err(ImportError::Utf16));
        check(b"\xfe\xff\0O", Err(ImportError::Utf16));
        check(b"one\r\ntwo\rcaf\xe9", Err(ImportError::NotUtf8 { offset: 12, line: 3 }));
        check(b"one\n\ntw\0o", Err(ImportError::Control { line: 3, character: 0 }));
        check(b"\x1b[31m", Err(ImportError::Control { line: 1, character: 27 }));
    }

    #[test]
    fn errors_are_sentences() {
        let says = |bytes: &[u8]| decode(bytes).expect_err("a bad file").to_string();
        assert_eq!(says(b"\xff\xfe"), "That file is in UTF-16; please save it as UTF-8.");
        assert_eq!(says(b"a\n\0"), "There is a control character in line 2 (number 0); please remove it.");
        assert_eq!(
            says(b"a\n\xe9"),
            "That file is not in UTF-8: line 2 has a character (at byte 2) that can't be read. Please save it as UTF-8."
        );
        assert_eq!(
            says(&vec![b'a'; ManuscriptFile::MOST_BYTES + 1]),
            "That file is too large: it has 16777217 bytes, and 16777216 fit."
        );
    }
}
