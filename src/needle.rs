//! A needle: the words that are looked for in a text. In an address it is a query string.

mod places;
mod replaced;

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::grouped::grouped;

/// What is looked for, as in `words=The+key&case=on&whole=on`. Blanks at its ends count, and no sign of it has a meaning
/// of its own.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Needle {
    words: String,
    is_case_matched: bool,
    is_whole: bool,
}

/// Why nothing can be looked for: a sentence for the person who typed it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotANeedle {
    /// There are no words.
    #[error("Please say what to find.")]
    Empty,
    /// There are too many.
    #[error("That is too long to look for: {} characters fit, and this has {}.", grouped(Needle::MAX_CHARACTERS), grouped(*.0))]
    TooLong(u32),
    /// A character that no text can have.
    #[error("There is a control character in what to find (number {0}); please remove it.")]
    Control(u32),
}

impl Needle {
    /// The most characters.
    pub const MAX_CHARACTERS: u32 = 1_000;

    /// These words; capitals are other letters than small ones, if `is_case_matched`; and no letter stands right before
    /// or behind them, if `is_whole`.
    pub fn parse(words: &str, is_case_matched: bool, is_whole: bool) -> Result<Self, NotANeedle> {
        let length = u32::try_from(words.chars().count()).unwrap_or(u32::MAX);
        if length > Self::MAX_CHARACTERS {
            return Err(NotANeedle::TooLong(length));
        }
        let words = words.replace("\r\n", "\n");
        if let Some(control) = words.chars().find(|c| c.is_control() && !matches!(c, '\n' | '\t')) {
            return Err(NotANeedle::Control(control.into()));
        }
        if words.is_empty() { Err(NotANeedle::Empty) } else { Ok(Self { words, is_case_matched, is_whole }) }
    }

    /// The words.
    pub fn words(&self) -> &str {
        &self.words
    }
}

/// The query string. What is not known there is passed over.
impl FromStr for Needle {
    type Err = NotANeedle;
    fn from_str(query: &str) -> Result<Self, NotANeedle> {
        let (mut words, mut is_case_matched, mut is_whole) = (String::new(), false, false);
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            match &*name {
                "words" => words = value.into_owned(),
                "case" => is_case_matched = value == "on",
                "whole" => is_whole = value == "on",
                _ => {}
            }
        }
        Self::parse(&words, is_case_matched, is_whole)
    }
}

impl fmt::Display for Needle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("words", &self.words);
        for (name, is_on) in [("case", self.is_case_matched), ("whole", self.is_whole)] {
            if is_on {
                query.append_pair(name, "on");
            }
        }
        f.write_str(&query.finish())
    }
}

impl TryFrom<String> for Needle {
    type Error = NotANeedle;
    fn try_from(query: String) -> Result<Self, NotANeedle> {
        query.parse()
    }
}

impl From<Needle> for String {
    fn from(needle: Needle) -> Self {
        needle.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(query: &str, expected: Result<&str, NotANeedle>) {
        let told = query.parse::<Needle>().map(|needle| needle.to_string());
        assert_eq!(told.as_deref().map_err(Clone::clone), expected, "{query:.80}");
    }

    #[test]
    fn text_and_back() {
        check("words=the+key", Ok("words=the+key"));
        check("words=+a+&whole=on&case=on", Ok("words=+a+&case=on&whole=on"));
        check("words=a&case=off&whole=&more=on", Ok("words=a"));
        check("words=%5Ba-z%5D%2B%24", Ok("words=%5Ba-z%5D%2B%24"));
        check("words=%C3%89lan", Ok("words=%C3%89lan"));
        check("words=two%0D%0Alines", Ok("words=two%0Alines"));
        check(&format!("words={}", "x".repeat(1_000)), Ok(&format!("words={}", "x".repeat(1_000))));
    }

    #[test]
    fn what_can_not_be_looked_for() {
        check("", Err(NotANeedle::Empty));
        check("words=", Err(NotANeedle::Empty));
        check("words=a%00b", Err(NotANeedle::Control(0)));
        check("words=%1B", Err(NotANeedle::Control(27)));
        check(&format!("words={}", "x".repeat(10_000)), Err(NotANeedle::TooLong(10_000)));
        let said = NotANeedle::TooLong(10_000).to_string();
        assert_eq!(said, "That is too long to look for: 1,000 characters fit, and this has 10,000.");
    }
}
