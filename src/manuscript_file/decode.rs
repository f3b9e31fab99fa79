//! Bytes made text: UTF-8, one kind of line end, no invisible character.

use std::borrow::Cow;

use super::{ImportError, ManuscriptFile};

/// The text of the file.
pub(super) fn decode<'a>(file_name: &str, bytes: &'a [u8]) -> Result<Cow<'a, str>, ImportError> {
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
    if let Some((at, control)) = text.char_indices().find(|&(_, c)| c.is_control() && !matches!(c, '\n' | '\t')) {
        let (good, _) = text.split_at(at);
        return Err(ImportError::Control { line: line_ends(good.as_bytes()) + 1, character: control.into() });
    }
    Ok(if is_plain(file_name) { without_indents(text) } else { text })
}

fn line_ends(bytes: &[u8]) -> usize {
    let next = bytes.iter().skip(1).map(Some).chain([None]);
    bytes.iter().zip(next).filter(|&(&byte, next)| byte == b'\n' || (byte == b'\r' && next != Some(&b'\n'))).count()
}

/// Whether the name is that of a plain text.
fn is_plain(file_name: &str) -> bool {
    let ending = file_name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    matches!(ending.as_deref(), Some("txt" | "text"))
}

/// The text with its first-line indents taken away, which Markdown would take for code.
fn without_indents(text: Cow<'_, str>) -> Cow<'_, str> {
    let is_indented = |line: &str| line.starts_with('\t') || line.starts_with("    ");
    if !text.lines().any(is_indented) {
        return text;
    }
    let lines = text.split('\n').map(|line| if is_indented(line) { line.trim_start() } else { line });
    Cow::Owned(lines.collect::<Vec<_>>().join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], expected: Result<&str, ImportError>) {
        assert_eq!(decode("book.md", bytes).as_deref().map_err(Clone::clone), expected, "{bytes:?}");
    }

    #[test]
    fn text_is_decoded() {
        check(b"\xef\xbb\xbfOne\r\ntwo\rthree\n", Ok("One\ntwo\nthree\n"));
        check("été\t⁂".as_bytes(), Ok("été\t⁂"));
        check(b"\xff\xfeO\0n\0e\0", Err(ImportError::Utf16));
        check(b"\xfe\xff\0O", Err(ImportError::Utf16));
        check(b"one\r\ntwo\rcaf\xe9", Err(ImportError::NotUtf8 { offset: 12, line: 3 }));
        check(b"one\n\ntw\0o", Err(ImportError::Control { line: 3, character: 0 }));
        check(b"\x1b[31m", Err(ImportError::Control { line: 1, character: 27 }));
    }

    #[test]
    fn errors_are_sentences() {
        let says = |bytes: &[u8]| decode("book.md", bytes).expect_err("a bad file").to_string();
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

    #[test]
    fn a_plain_text_is_not_code() {
        let text = "    It was dark.\n\tVery.\n  so\n";
        assert_eq!(decode("book.TXT", text.as_bytes()).as_deref(), Ok("It was dark.\nVery.\n  so\n"));
        assert_eq!(decode("book.md", text.as_bytes()).as_deref(), Ok(text));
    }
}
