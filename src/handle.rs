//! Handles: what stands in the address of a person's page.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// The name of an account in addresses, as in `maria-lopez`: small letters from a to z, digits, and single hyphens
/// between them. No two accounts have the same.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Handle {
    /// The letters, and zeros after them.
    letters: [u8; Self::MAX_CHARACTERS],
}

/// The text is no handle: a sentence for the person who wrote it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAHandle {
    /// It has other characters, or hyphens at a wrong place.
    #[error("A handle has letters from a to z, digits, and single hyphens between them, as in maria-lopez.")]
    Form,
    /// More characters than fit.
    #[error("A handle has {} characters at most.", Handle::MAX_CHARACTERS)]
    TooLong,
    /// It would speak for the place.
    #[error("This handle belongs to the place itself. Please take another one.")]
    Reserved,
}

/// A person with one of these could be taken for a manager.
const RESERVED: [&str; 9] =
    ["admin", "administrator", "manager", "moderator", "official", "quire", "staff", "support", "team"];

impl Handle {
    /// The most characters that fit.
    pub const MAX_CHARACTERS: usize = 30;

    /// The handle, parsed. Capital letters are taken for small ones, and an `@` before it is passed over.
    pub fn parse(text: &str) -> Result<Self, NotAHandle> {
        let text = text.trim();
        let text = text.strip_prefix('@').unwrap_or(text);
        if text.len() > Self::MAX_CHARACTERS {
            return Err(NotAHandle::TooLong);
        }
        let mut letters = [0; Self::MAX_CHARACTERS];
        let mut before = b'-';
        for (place, byte) in letters.iter_mut().zip(text.bytes()) {
            *place = byte.to_ascii_lowercase();
            let is_good = place.is_ascii_lowercase() || place.is_ascii_digit() || (*place == b'-' && before != b'-');
            if !is_good {
                return Err(NotAHandle::Form);
            }
            before = *place;
        }
        // Nothing at all ends like this, too.
        if before == b'-' {
            return Err(NotAHandle::Form);
        }
        let handle = Self { letters };
        if RESERVED.contains(&handle.as_str()) { Err(NotAHandle::Reserved) } else { Ok(handle) }
    }

    /// The handle.
    pub fn as_str(&self) -> &str {
        let length = self.letters.iter().position(|&letter| letter == 0).unwrap_or(Self::MAX_CHARACTERS);
        // Only letters from a to z, digits and hyphens get in.
        str::from_utf8(&self.letters[..length]).unwrap_or_default()
    }

    /// The handle that suits a name, which is written in ASCII: its words with hyphens between them. None if nothing
    /// of it is left.
    pub fn suited(name: &str) -> Option<Self> {
        let words = name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
        let mut text = words.collect::<Vec<_>>().join("-");
        text.truncate(Self::MAX_CHARACTERS);
        Self::parse(text.trim_end_matches('-')).ok()
    }

    /// The same with a number behind it, for one more account of that name.
    #[must_use]
    pub fn numbered(self, number: u32) -> Self {
        let number = format!("-{number}");
        let mut text = self.as_str().to_owned();
        text.truncate(Self::MAX_CHARACTERS - number.len());
        Self::parse(&format!("{}{number}", text.trim_end_matches('-'))).unwrap_or(self)
    }
}

impl FromStr for Handle {
    type Err = NotAHandle;
    fn from_str(text: &str) -> Result<Self, NotAHandle> {
        Self::parse(text)
    }
}

impl TryFrom<String> for Handle {
    type Error = NotAHandle;
    fn try_from(text: String) -> Result<Self, NotAHandle> {
        Self::parse(&text)
    }
}

impl From<Handle> for String {
    fn from(handle: Handle) -> Self {
        handle.as_str().to_owned()
    }
}

impl fmt::Display for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_a_handle() {
        let check = |text: &str, expected: Result<&str, NotAHandle>| {
            let handle = Handle::parse(text);
            assert_eq!(handle.as_ref().map(Handle::as_str).map_err(|error| *error), expected, "{text:?}");
        };
        check("maria-lopez", Ok("maria-lopez"));
        check(" @Maria-Lopez2 ", Ok("maria-lopez2"));
        check("7", Ok("7"));
        check("0000000000001", Ok("0000000000001"));
        check(&"x".repeat(30), Ok(&"x".repeat(30)));
        check(&"x".repeat(31), Err(NotAHandle::TooLong));
        check(&"x".repeat(10_000), Err(NotAHandle::TooLong));
        for wrong in
            ["", "@", "@@a", "-", "a-", "-a", "a--b", "maria lopez", "maría", "a/b", "a.b", "a_b", "nul\0", "愛"]
        {
            check(wrong, Err(NotAHandle::Form));
        }
        check("Admin", Err(NotAHandle::Reserved));
    }

    #[test]
    fn which_suits_a_name() {
        let check = |name: &str, expected: Option<&str>| {
            assert_eq!(Handle::suited(name).as_ref().map(Handle::as_str), expected, "{name:?}");
        };
        check("Maria Lopez", Some("maria-lopez"));
        check("  Dr. J. O'Neil, jr. ", Some("dr-j-o-neil-jr"));
        check("-", None);
        check("Quire", None);
        check("Bartholomew Featherstonehaugh Cholmondeley", Some("bartholomew-featherstonehaugh"));
    }

    #[test]
    fn one_more_of_a_name_has_a_number() {
        let check = |of: &str, number, expected: &str| {
            assert_eq!(Handle::parse(of).expect("a handle").numbered(number).as_str(), expected);
        };
        check("maria-lopez", 2, "maria-lopez-2");
        check(&"x".repeat(30), 12, &format!("{}-12", "x".repeat(27)));
        check("abcdefghijklmnopqrstuvwxyz0-cd", 2, "abcdefghijklmnopqrstuvwxyz0-2");
    }
}
