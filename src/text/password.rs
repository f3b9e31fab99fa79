//! Passwords.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::TextError;

/// A password, on its way to being hashed. Never trimmed, never shown.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Password(String);

impl Password {
    /// How many characters a new one has at least. Older ones, and the demo accounts', may have eight.
    pub const LEAST_OF_NEW: usize = 12;

    /// Between 8 characters and 1,000 (hashing takes the longer the more there are).
    pub fn parse(text: &str) -> Result<Self, TextError> {
        match text.chars().count() {
            0..8 => Err(TextError::TooShort("a password", 8)),
            8..=1_000 => Ok(Self(text.to_owned())),
            length => Err(TextError::TooLong("a password", 1_000, length)),
        }
    }

    /// The password in clear, for the hash.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

impl TryFrom<String> for Password {
    type Error = TextError;
    fn try_from(text: String) -> Result<Self, TextError> {
        Self::parse(&text)
    }
}

impl From<Password> for String {
    fn from(password: Password) -> Self {
        password.0
    }
}
