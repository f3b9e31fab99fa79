//! A replacement: what takes the place of words that are found.

use serde::{Deserialize, Serialize};

use crate::grouped::grouped;

/// What takes the place of words that are found; nothing at all, to take them out. Blanks at its ends count.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Replacement(String);

/// Why it can't: a sentence for the person who typed it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotAReplacement {
    /// There is too much of it.
    #[error("That is too long to put there: {} characters fit, and this has {}.", grouped(Replacement::MAX_CHARACTERS), grouped(*.0))]
    TooLong(u32),
    /// A character that no text can have.
    #[error("There is a control character in the new words (number {0}); please remove it.")]
    Control(u32),
}

impl Replacement {
    /// The most characters.
    pub const MAX_CHARACTERS: u32 = 5_000;

    /// These words.
    pub fn parse(words: &str) -> Result<Self, NotAReplacement> {
        let length = u32::try_from(words.chars().count()).unwrap_or(u32::MAX);
        if length > Self::MAX_CHARACTERS {
            return Err(NotAReplacement::TooLong(length));
        }
        let words = words.replace("\r\n", "\n");
        match words.chars().find(|c| c.is_control() && !matches!(c, '\n' | '\t')) {
            Some(control) => Err(NotAReplacement::Control(control.into())),
            None => Ok(Self(words)),
        }
    }

    /// The words.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Replacement {
    type Error = NotAReplacement;
    fn try_from(words: String) -> Result<Self, NotAReplacement> {
        Self::parse(&words)
    }
}

impl From<Replacement> for String {
    fn from(replacement: Replacement) -> Self {
        replacement.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(words: &str, expected: Result<&str, NotAReplacement>) {
        assert_eq!(Replacement::parse(words), expected.map(|words| Replacement(words.to_owned())), "{words:.80}");
    }

    #[test]
    fn what_may_take_a_place() {
        check("", Ok(""));
        check(" door ", Ok(" door "));
        check("two\r\nlines\t", Ok("two\nlines\t"));
        check("$1 \\1 &", Ok("$1 \\1 &"));
        check("a\0", Err(NotAReplacement::Control(0)));
        check(&"x".repeat(5_001), Err(NotAReplacement::TooLong(5_001)));
    }
}
