//! Invisible characters: which they are, and where a language or an emoji needs one.
//!
//! In a name they make two things look like one, or one like nothing; those that turn the direction of
//! text make it look like another. Source: `Default_Ignorable_Code_Point` and `Bidi_Control` of Unicode 16,
//! with the blanks that are letters or symbols there (U+2800, the fillers of Hangul).

/// Characters that show nothing, wherever they stand.
const INVISIBLE: &[(char, char)] = &[
    ('\u{ad}', '\u{ad}'),
    ('\u{34f}', '\u{34f}'),
    ('\u{61c}', '\u{61c}'),
    ('\u{115f}', '\u{1160}'),
    ('\u{17b4}', '\u{17b5}'),
    ('\u{180b}', '\u{180f}'),
    ('\u{200b}', '\u{200f}'),
    ('\u{2028}', '\u{202e}'),
    ('\u{2060}', '\u{206f}'),
    ('\u{2800}', '\u{2800}'),
    ('\u{3164}', '\u{3164}'),
    ('\u{fe00}', '\u{fe0f}'),
    ('\u{feff}', '\u{feff}'),
    ('\u{ffa0}', '\u{ffa0}'),
    ('\u{fff0}', '\u{fffb}'),
    ('\u{1bca0}', '\u{1bca3}'),
    ('\u{1d173}', '\u{1d17a}'),
    ('\u{e0000}', '\u{e0fff}'),
];

/// Scripts whose letters join, or are kept from joining, by a character between them: Arabic, Syriac and
/// N'Ko to Mandaic, the scripts of India and those that came of them, Mongolian, Adlam.
const JOINING: &[(char, char)] = &[
    ('\u{600}', '\u{8ff}'),
    ('\u{900}', '\u{dff}'),
    ('\u{1000}', '\u{109f}'),
    ('\u{1700}', '\u{1a1f}'),
    ('\u{1a20}', '\u{1cff}'),
    ('\u{a800}', '\u{abff}'),
    ('\u{fb50}', '\u{fdff}'),
    ('\u{fe70}', '\u{fefc}'),
    ('\u{10a00}', '\u{11fff}'),
    ('\u{1e900}', '\u{1e95f}'),
];

/// Emoji, and the signs and arrows that become one or are joined to one.
const EMOJI: &[(char, char)] = &[
    ('\u{a9}', '\u{a9}'),
    ('\u{ae}', '\u{ae}'),
    ('\u{203c}', '\u{203c}'),
    ('\u{2049}', '\u{2049}'),
    ('\u{2100}', '\u{23ff}'),
    ('\u{24c2}', '\u{24c2}'),
    ('\u{25a0}', '\u{27bf}'),
    ('\u{2900}', '\u{297f}'),
    ('\u{2b00}', '\u{2bff}'),
    ('\u{3030}', '\u{303d}'),
    ('\u{3297}', '\u{3299}'),
    ('\u{1f000}', '\u{1faff}'),
];

/// Chinese characters, which have variants.
const HAN: &[(char, char)] = &[('\u{2e80}', '\u{9fff}'), ('\u{f900}', '\u{faff}'), ('\u{20000}', '\u{3ffff}')];

/// A black flag, which tags make one of a region.
const FLAG: char = '\u{1f3f4}';

fn is_in(ranges: &[(char, char)], c: char) -> bool {
    ranges.iter().any(|&(first, last)| (first..=last).contains(&c))
}

fn is_invisible(c: char) -> bool {
    is_in(INVISIBLE, c)
}

/// Whether a reader sees anything of it.
pub(super) fn has_something_to_see(text: &str) -> bool {
    text.chars().any(|c| !c.is_whitespace() && !c.is_control() && !is_invisible(c))
}

/// The first invisible character that nothing around it needs.
pub(super) fn first_invisible(text: &str) -> Option<char> {
    let around = |text: &'_ str| text.chars().map(Some).chain([None]).collect::<Vec<_>>();
    let chars = around(text);
    let before = |at: usize| at.checked_sub(1).and_then(|at| chars.get(at).copied().flatten());
    let after = |at: usize| chars.get(at + 1).copied().flatten();
    let mut placed = chars.iter().enumerate().filter_map(|(at, c)| Some((at, (*c)?)));
    placed.find(|&(at, c)| is_invisible(c) && !is_needed(before(at), c, after(at))).map(|(_, c)| c)
}

/// The text without its invisible characters. The result may be empty.
pub(super) fn without_invisible(text: &str) -> String {
    text.chars().filter(|&c| !is_invisible(c)).collect()
}

/// Whether a script or an emoji needs this character where it stands.
fn is_needed(before: Option<char>, c: char, after: Option<char>) -> bool {
    let Some(before) = before else { return false };
    let follows = |ranges| is_in(ranges, before) && !is_invisible(before);
    match c {
        // Keeps two letters from joining.
        '\u{200c}' => follows(JOINING) && after.is_some_and(|after| is_in(JOINING, after)),
        // Joins letters, also at a word's end, and emoji.
        '\u{200d}' => {
            follows(JOINING)
                || ((follows(EMOJI) || before == '\u{fe0f}') && after.is_some_and(|after| is_in(EMOJI, after)))
        }
        // As text or as a picture.
        '\u{fe0e}' | '\u{fe0f}' => follows(EMOJI) || matches!(before, '0'..='9' | '#' | '*'),
        '\u{fe00}'..='\u{fe0d}' => follows(HAN) || follows(EMOJI) || follows(JOINING),
        '\u{180b}'..='\u{180d}' | '\u{180f}' => ('\u{1820}'..='\u{18aa}').contains(&before),
        '\u{e0100}'..='\u{e01ef}' => follows(HAN),
        // The region's letters, and the end of them.
        '\u{e0020}'..='\u{e007f}' => before == FLAG || ('\u{e0020}'..='\u{e007e}').contains(&before),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<char>) {
        assert_eq!(first_invisible(text), expected, "{text:?}");
    }

    #[test]
    fn what_nobody_sees() {
        for (first, last) in INVISIBLE {
            for c in [*first, *last] {
                check(&format!("Ada{c}"), Some(c));
                check(&c.to_string(), Some(c));
                assert!(!has_something_to_see(&format!(" {c}{c} ")), "{c:?}");
            }
        }
        check("A\u{200d}da", Some('\u{200d}'));
        check("A\u{200c}da", Some('\u{200c}'));
        check("Ada\u{fe0f}", Some('\u{fe0f}'));
        check("علی\u{200c}", Some('\u{200c}'));
        check("می\u{200c}\u{200c}خواهم", Some('\u{200c}'));
        check("👩\u{200d}", Some('\u{200d}'));
        check("🏳\u{e0067}", Some('\u{e0067}'));
        check("葛\u{e0100}\u{e0100}", Some('\u{e0100}'));
    }

    #[test]
    fn what_a_language_or_an_emoji_needs() {
        for text in [
            "",
            "Ada Finch",
            "Ænima — «été» ⁂",
            "שלום",
            "می\u{200c}خواهم",
            "क्\u{200d}ष",
            "ශ්\u{200d}රී",
            "നന്\u{200d}",
            "👩\u{200d}🚀",
            "🏳\u{fe0f}\u{200d}🌈",
            "❤\u{fe0f}\u{200d}🔥",
            "👁\u{fe0f}\u{200d}🗨\u{fe0f}",
            "👩🏽\u{200d}🚀",
            "🙂\u{200d}↔\u{fe0f}",
            "1\u{fe0f}\u{20e3}",
            "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
            "葛\u{e0100}城",
            "ᠠ\u{180b}",
        ] {
            check(text, None);
        }
    }

    #[test]
    fn what_is_left() {
        assert_eq!(without_invisible("A\u{200b}da\u{202e}"), "Ada");
        assert_eq!(without_invisible("\u{2800}\u{3164}"), "");
        assert!(has_something_to_see("\u{200b}a"));
        assert!(!has_something_to_see(" \n\t"));
    }
}
