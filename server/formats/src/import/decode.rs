//! Bytes made text: Unicode, or what it most probably is, which the author is told.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::ReadFailed;

/// A text, and what to tell of its encoding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Decoded {
    pub(super) text: String,
    pub(super) remark: Option<String>,
}

/// How much of a file is looked at for the word that HTML has for its encoding.
const HEAD: usize = 2_048;

/// How many letters of UTF-8 stand for each damaged one, beyond ASCII, where a text is surely in it.
const WHOLE_FOR_EACH: usize = 10;

/// The text of a file.
pub(super) fn decode(bytes: &[u8]) -> Result<Decoded, ReadFailed> {
    match damaged_utf8(bytes) {
        Some(decoded) => Ok(decoded),
        None => with(encoding_of(bytes)?, bytes),
    }
}

/// The text of a page, which may say its encoding itself.
pub(super) fn html(bytes: &[u8]) -> Result<Decoded, ReadFailed> {
    if Encoding::for_bom(bytes).is_some() || std::str::from_utf8(bytes).is_ok() {
        return decode(bytes);
    }
    let said = said_encoding(bytes.get(..bytes.len().min(HEAD)).unwrap_or_default());
    said.map_or_else(|| decode(bytes), |said| with(said, bytes))
}

/// UTF-8 in which a few letters were damaged on the way. Read as anything else, every accent would be two wrong signs.
fn damaged_utf8(bytes: &[u8]) -> Option<Decoded> {
    let (mut whole, mut damaged) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|letter| !letter.is_ascii()).count();
        damaged += usize::from(!chunk.invalid().is_empty());
    }
    if damaged == 0 || damaged * WHOLE_FOR_EACH > whole || bytes.contains(&0) {
        return None;
    }
    let text = String::from_utf8_lossy(bytes).trim_start_matches('\u{feff}').to_owned();
    let letters = if damaged == 1 { "1 letter is".to_owned() } else { format!("{damaged} letters are") };
    let remark = format!("{letters} damaged in the file, and could not be read: look for � in the text.");
    Some(Decoded { text, remark: Some(remark) })
}

fn encoding_of(bytes: &[u8]) -> Result<&'static Encoding, ReadFailed> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return Ok(encoding);
    }
    let zeros = |odd: usize| bytes.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    if even + odd > 0 {
        // Every other byte of European text in UTF-16 is zero. Elsewhere zeros are no text.
        let half = bytes.len() / 2;
        return match (even * 2 > half, odd * 2 > half) {
            (true, false) if odd == 0 => Ok(UTF_16BE),
            (false, true) if even == 0 => Ok(UTF_16LE),
            _ => Err(no_text()),
        };
    }
    if std::str::from_utf8(bytes).is_ok() {
        return Ok(UTF_8);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    Ok(detector.guess(None, Utf8Detection::Deny))
}

fn with(encoding: &'static Encoding, bytes: &[u8]) -> Result<Decoded, ReadFailed> {
    let (text, _, is_damaged) = encoding.decode(bytes);
    let controls =
        text.chars().filter(|&c| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{b}' | '\u{c}')).count();
    if is_damaged || controls * 50 > text.len() {
        return Err(no_text());
    }
    let remark = (encoding != UTF_8)
        .then(|| format!("The file was read as {}. If letters look wrong, please save it as UTF-8.", name(encoding)));
    Ok(Decoded { text: text.into_owned(), remark })
}

fn name(encoding: &'static Encoding) -> &'static str {
    if encoding == UTF_16LE || encoding == UTF_16BE {
        return "UTF-16";
    }
    match encoding.name() {
        "windows-1252" => "Windows-1252",
        name => name,
    }
}

/// `charset=…` in the first bytes of a page, or the encoding of an XML declaration.
fn said_encoding(head: &[u8]) -> Option<&'static Encoding> {
    let head = head.to_ascii_lowercase();
    let after = ["charset=", "encoding="].iter().find_map(|word| {
        let at = head.windows(word.len()).position(|window| window == word.as_bytes())?;
        head.get(at + word.len()..)
    })?;
    let label = after.iter().copied().skip_while(|byte| matches!(byte, b'"' | b'\''));
    let label =
        label.take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')).collect::<Vec<_>>();
    // A page of bytes that are no UTF-8 is not in it, and what can be read byte by byte is not in UTF-16.
    Encoding::for_label(&label).filter(|encoding| *encoding != UTF_8 && encoding.is_ascii_compatible())
}

fn no_text() -> ReadFailed {
    ReadFailed::NotABook(
        "That is no text that can be read here. Please choose Markdown, plain text, a DOCX, an EPUB or a web page."
            .to_owned(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], text: &str, said: Option<&str>) {
        let decoded = decode(bytes).expect("a text");
        assert_eq!(decoded.text, text);
        let is_said = |remark: &String| said.is_some_and(|said| remark.contains(said));
        assert!(decoded.remark.as_ref().map_or(said.is_none(), is_said), "{:?}", decoded.remark);
    }

    fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn encodings_are_recognised_and_said() {
        check("été\n".as_bytes(), "été\n", None);
        check(b"\xef\xbb\xbfA", "A", None);
        check(&utf16("\u{feff}Café\n", u16::to_le_bytes), "Café\n", Some("UTF-16"));
        check(&utf16("\u{feff}Café\n", u16::to_be_bytes), "Café\n", Some("UTF-16"));
        check(&utf16("It rained all night.\n", u16::to_le_bytes), "It rained all night.\n", Some("UTF-16"));
        check(
            b"Le caf\xe9 \xe9tait ferm\xe9. \x93Non\x94, dit-elle \x97 et l\x92\xe9t\xe9 passa.",
            "Le café était fermé. “Non”, dit-elle — et l’été passa.",
            Some("Windows-1252"),
        );
        let (russian, _, _) =
            encoding_rs::WINDOWS_1251.encode("Всю ночь шёл дождь, и море было серым. Она закрыла окно.");
        check(&russian, "Всю ночь шёл дождь, и море было серым. Она закрыла окно.", Some("windows-1251"));
    }

    #[test]
    fn a_damaged_letter_spoils_no_other() {
        let (mut bytes, whole) = ("“Été” — naïve café, señor.\n".as_bytes().to_vec(), "“Été” — naïve café, señor.\n");
        bytes.extend(whole.as_bytes());
        bytes.extend(b"Caf\xe9");
        check(&bytes, &format!("{whole}{whole}Caf�"), Some("1 letter is damaged"));
        // Where few letters speak for UTF-8, it is what it looks like.
        let few = decode(b"Caf\xe9 \xc3\xa9t\xe9").expect("a text");
        assert!(few.remark.is_some_and(|remark| remark.contains("was read as")));
    }

    #[test]
    fn a_page_says_its_encoding() {
        let page = b"<html><head><meta charset=\"iso-8859-2\"></head><body>\xb1</body></html>";
        assert!(html(page).expect("a page").text.contains('ą'));
    }

    #[test]
    fn what_is_no_text_is_refused() {
        for bytes in
            [&b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR"[..], b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01", &[0; 64], &[1; 64]]
        {
            assert!(decode(bytes).is_err(), "{bytes:?}");
        }
    }
}
