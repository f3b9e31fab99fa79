//! A goal of words: for a day, or for a story.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// So many words, or none at all, which is no goal.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct WordGoal(u32);

/// The text is no goal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("A goal is a number of words, at most ten million.")]
pub struct NotAGoal;

impl WordGoal {
    /// More than anybody writes.
    pub const MOST: u32 = 10_000_000;

    /// Which number of words.
    pub const fn of(words: u32) -> Result<Self, NotAGoal> {
        if words <= Self::MOST { Ok(Self(words)) } else { Err(NotAGoal) }
    }

    /// How many words, if there is a goal.
    pub fn words(self) -> Option<u32> {
        Some(self.0).filter(|&words| words > 0)
    }
}

/// As a form has it: an empty field is no goal.
impl FromStr for WordGoal {
    type Err = NotAGoal;
    fn from_str(text: &str) -> Result<Self, NotAGoal> {
        match text.trim() {
            "" => Ok(Self::default()),
            text => text.parse().map_err(|_| NotAGoal).and_then(Self::of),
        }
    }
}

impl fmt::Display for WordGoal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.words().map_or(Ok(()), |words| words.fmt(f))
    }
}

impl TryFrom<String> for WordGoal {
    type Error = NotAGoal;
    fn try_from(text: String) -> Result<Self, NotAGoal> {
        text.parse()
    }
}

impl From<WordGoal> for String {
    fn from(goal: WordGoal) -> Self {
        goal.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, words: Result<Option<u32>, NotAGoal>) {
        assert_eq!(text.parse().map(WordGoal::words), words, "{text:?}");
    }

    #[test]
    fn what_a_form_says() {
        check("500", Ok(Some(500)));
        check(" 50000 ", Ok(Some(50_000)));
        check("10000000", Ok(Some(10_000_000)));
        for none in ["", "  ", "0", "000"] {
            check(none, Ok(None));
        }
        for wrong in ["10000001", "-1", "1.5", "1e3", "many", "99999999999999999999", "5 000"] {
            check(wrong, Err(NotAGoal));
        }
    }
}
