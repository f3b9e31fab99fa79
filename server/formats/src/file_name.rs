//! Names of files that every system takes, and the header that gives one to a download (RFC 6266).

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// The most bytes of a name before its ending: systems allow 255, and a folder's name and a number come on top.
const MOST_BYTES: usize = 120;

/// What RFC 5987 lets stand as it is.
const ATTRIBUTE: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Names that Windows keeps for devices, whatever the ending.
const DEVICES: [&str; 22] = [
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "lpt1", "lpt2",
    "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// A name for a file or a folder, made of a title: it names no path and no device, and turns no text around.
pub fn safe_name(title: &str) -> String {
    let mut name = String::new();
    for letter in title.chars() {
        let letter = match letter {
            '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => '-',
            c if c.is_whitespace() => ' ',
            c if c.is_control() || is_bidi(c) => continue,
            c => c,
        };
        if name.len() + letter.len_utf8() > MOST_BYTES {
            break;
        }
        if letter != ' ' || !name.ends_with(' ') {
            name.push(letter);
        }
    }
    // A joiner at the end joins nothing any more; a dot or a blank there is lost on Windows, and one in front hides.
    let name = name.trim_end_matches('\u{200d}').trim_matches(['.', ' ', '-']).to_owned();
    let is_device = name.split('.').next().is_some_and(|stem| DEVICES.contains(&stem.to_lowercase().as_str()));
    match name.as_str() {
        "" => "Untitled".to_owned(),
        _ if is_device => format!("_{name}"),
        _ => name,
    }
}

/// The value of `Content-Disposition` for a file that is to be kept under this name.
pub fn attachment(name: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || " -._()".contains(c) { c } else { '_' };
    let ascii = name.chars().map(plain).collect::<String>();
    format!("attachment; filename=\"{ascii}\"; filename*=UTF-8''{}", utf8_percent_encode(name, ATTRIBUTE))
}

/// Characters that turn the direction of the text around them.
fn is_bidi(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(title: &str, expected: &str) {
        let name = safe_name(title);
        assert_eq!(name, expected, "{title:?}");
        assert_eq!(safe_name(&name), name, "it is good already");
    }

    #[test]
    fn titles_become_names() {
        check("The Tide Table", "The Tide Table");
        check("../x", "x");
        check("..\\..\\x", "x");
        check("/etc/passwd", "etc-passwd");
        check("C:\\x", "C--x");
        check("a\0b\nc\u{202e}d", "ab cd");
        check("...", "Untitled");
        check("Aux", "_Aux");
        check("com1.txt", "_com1.txt");
        check("What?", "What");
        check("לוח הגאות", "לוח הגאות");
        check("👩🏽\u{200d}🚀 Moon", "👩🏽\u{200d}🚀 Moon");
        check(&"x".repeat(200), &"x".repeat(120));
        check(&"🚀".repeat(200), &"🚀".repeat(30));
        check(&"é ".repeat(100), &"é ".repeat(40)[..119]);
    }

    #[test]
    fn headers_are_ascii() {
        let check = |name: &str, expected: &str| assert_eq!(attachment(name), expected);
        check("A.md", "attachment; filename=\"A.md\"; filename*=UTF-8''A.md");
        check("é \"x\".md", "attachment; filename=\"_ _x_.md\"; filename*=UTF-8''%C3%A9%20%22x%22.md");
        check("לוח.epub", "attachment; filename=\"___.epub\"; filename*=UTF-8''%D7%9C%D7%95%D7%97.epub");
        check("🚀%.md", "attachment; filename=\"__.md\"; filename*=UTF-8''%F0%9F%9A%80%25.md");
    }
}
