//! E-mail addresses.

use serde::{Deserialize, Serialize};

use super::{TextError, rule::Rule};

/// An e-mail address, in lower case: the name of an account. Whether it exists only a letter can tell.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Email(String);

impl Email {
    /// The text, if it has the form of an address.
    pub fn parse(text: &str) -> Result<Self, TextError> {
        let text = Rule { noun: "an e-mail address", least: 3, most: 254, lines: false }.parse(text)?.to_lowercase();
        let whole = text.split_once('@').is_some_and(|(name, host)| {
            !name.is_empty() && !host.is_empty() && !host.contains('@') && !text.contains(char::is_whitespace)
        });
        if whole { Ok(Self(text)) } else { Err(TextError::NotAnEmail) }
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Email {
    type Error = TextError;
    fn try_from(text: String) -> Result<Self, TextError> {
        Self::parse(&text)
    }
}

impl From<Email> for String {
    fn from(email: Email) -> Self {
        email.0
    }
}
