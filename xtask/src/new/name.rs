//! Names: of a query, a mutation, or an argument.

use std::str::FromStr;

use anyhow::{Result, ensure};

/// A name as modules and functions have it: `my_likes`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Name(String);

impl Name {
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// As a type has it: `MyLikes`.
    pub(super) fn of_type(&self) -> String {
        self.0.split('_').map(|word| word[..1].to_uppercase() + &word[1..]).collect()
    }

    /// As a key has it: `my-likes`.
    pub(super) fn of_key(&self) -> String {
        self.0.replace('_', "-")
    }
}

impl FromStr for Name {
    type Err = anyhow::Error;
    fn from_str(text: &str) -> Result<Self> {
        let is_word = |word: &str| {
            word.starts_with(|first: char| first.is_ascii_lowercase())
                && word.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit())
        };
        ensure!(text.split('_').all(is_word), "a name is written as in my_likes");
        Ok(Self(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<(&str, &str)>) {
        let name = text.parse::<Name>().ok().map(|name| (name.of_type(), name.of_key()));
        assert_eq!(name.as_ref().map(|(of_type, of_key)| (of_type.as_str(), of_key.as_str())), expected, "{text}");
    }

    #[test]
    fn names() {
        check("reads", Some(("Reads", "reads")));
        check("my_likes", Some(("MyLikes", "my-likes")));
        check("top_10", None);
        check("top10", Some(("Top10", "top10")));
        for wrong in ["", "Reads", "my__likes", "_reads", "reads_", "../reads", "my-likes"] {
            check(wrong, None);
        }
    }
}
