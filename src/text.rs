//! Parsed text: every `Title` is a good one.
//!
//! Parsing trims, unifies line ends and refuses what no reader should meet; the errors are whole
//! sentences, shown as they are.

mod visible;

use std::{borrow::Cow, fmt};

use serde::{Deserialize, Serialize};

/// Why a text was refused: a sentence for the person who wrote it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// Nothing was there where something must be.
    #[error("Please write {0}: it can't be empty.")]
    Empty(&'static str),
    /// More characters than fit.
    #[error("That is too long for {0}: {2} characters, and {1} fit.")]
    TooLong(&'static str, usize, usize),
    /// Fewer characters than needed.
    #[error("That is too short for {0}: it needs at least {1} characters.")]
    TooShort(&'static str, usize),
    /// A character that can't be seen or typed.
    #[error("There is a control character in {0} (number {1}); please remove it.")]
    Control(&'static str, u32),
    /// An invisible character, or one that turns the text around it.
    #[error("There is an invisible character in {0} (U+{1:04X}); please remove it.")]
    Invisible(&'static str, u32),
    /// Not of the form of an e-mail address.
    #[error("That does not look like an e-mail address.")]
    NotAnEmail,
}

/// What a kind of text allows.
struct Rule {
    /// As in "too long for …".
    noun: &'static str,
    /// Least and most characters.
    least: usize,
    most: usize,
    /// Whether line breaks and tabs are allowed. Texts of one line tell things apart: they may have no invisible
    /// characters.
    lines: bool,
}

impl Rule {
    fn parse(&self, text: &str) -> Result<String, TextError> {
        // Length is checked before anything is copied: the text may be as large as a request.
        let length = characters(text.trim());
        if length > self.most {
            return Err(TextError::TooLong(self.noun, self.most, length));
        }
        let text = with_one_line_end(text);
        let text = if self.lines { text.trim_end() } else { text.trim() };
        let allowed = |c: char| !c.is_control() || (self.lines && matches!(c, '\n' | '\t'));
        if let Some(control) = text.chars().find(|&c| !allowed(c)) {
            return Err(TextError::Control(self.noun, control.into()));
        }
        if !self.lines
            && let Some(unseen) = visible::first_invisible(text)
        {
            return Err(TextError::Invisible(self.noun, unseen.into()));
        }
        if self.least > 0 && !visible::has_something_to_see(text) {
            return Err(TextError::Empty(self.noun));
        }
        if length < self.least { Err(TextError::TooShort(self.noun, self.least)) } else { Ok(text.to_owned()) }
    }
}

/// How many characters there are. A line end is one, however it came: forms without a script send two, and a
/// browser counts one.
fn characters(text: &str) -> usize {
    text.chars().count() - text.matches("\r\n").count()
}

/// The text with one kind of line end.
fn with_one_line_end(text: &str) -> Cow<'_, str> {
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n").into() } else { text.into() }
}

/// A text that an older version kept and this one would refuse, as it can be shown: without invisible characters.
/// Three dots stand for an empty result.
pub fn restored(text: &str) -> String {
    let text = visible::without_invisible(text);
    if visible::has_something_to_see(&text) { text } else { "…".to_owned() }
}

macro_rules! texts {
    ($($(#[$doc:meta])* $name:ident $noun:literal $least:literal..=$most:literal lines: $lines:literal)*) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The most characters that fit.
            pub const MOST: usize = $most;

            /// The text, parsed.
            pub fn parse(text: &str) -> Result<Self, TextError> {
                Rule { noun: $noun, least: $least, most: $most, lines: $lines }.parse(text).map(Self)
            }

            /// The text, parsed without its invisible characters.
            pub fn cleaned(text: &str) -> Result<Self, TextError> {
                Self::parse(text).or_else(|_| Self::parse(&visible::without_invisible(text)))
            }

            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// Whether there is nothing in it.
            pub fn is_empty(&self) -> bool {
                self.0.is_empty()
            }
        }

        impl TryFrom<String> for $name {
            type Error = TextError;
            fn try_from(text: String) -> Result<Self, TextError> {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(text: $name) -> Self {
                text.0
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )*};
}

texts! {
    /// A story's title.
    Title "a title" 1..=200 lines: false
    /// The title of a part, chapter or scene, which may have none.
    Heading "a title" 0..=200 lines: false
    /// The text of a scene, in Markdown.
    Body "a scene" 0..=1_000_000 lines: true
    /// A blurb, a synopsis, a description, a scene's goal.
    Note "a note" 0..=5_000 lines: true
    /// A post or a comment in the community.
    Remark "a post" 1..=5_000 lines: true
    /// The name of a person or a thing.
    Name "a name" 1..=80 lines: false
}

macro_rules! may_be_empty {
    ($($name:ident)*) => {$(
        impl Default for $name {
            fn default() -> Self {
                Self(String::new())
            }
        }
    )*};
}

may_be_empty! { Heading Body Note }

impl Body {
    /// How many words there are.
    pub fn words(&self) -> u32 {
        u32::try_from(self.0.split_whitespace().count()).unwrap_or(u32::MAX)
    }

    /// How many characters there are.
    pub fn characters(&self) -> u32 {
        u32::try_from(self.0.chars().count()).unwrap_or(u32::MAX)
    }
}

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

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Result<&str, TextError>) {
        assert_eq!(Title::parse(text).as_ref().map(Title::as_str).map_err(Clone::clone), expected, "{text:?}");
    }

    #[test]
    fn titles() {
        check("  The Tide Table ", Ok("The Tide Table"));
        check("Ænima — «été»", Ok("Ænima — «été»"));
        check(" \t ", Err(TextError::Empty("a title")));
        check("two\nlines", Err(TextError::Control("a title", 10)));
        check("nul\0", Err(TextError::Control("a title", 0)));
        check("\u{200b}", Err(TextError::Invisible("a title", 0x200b)));
        check("Ti\u{202e}de", Err(TextError::Invisible("a title", 0x202e)));
        check("🏳\u{fe0f}\u{200d}🌈", Ok("🏳\u{fe0f}\u{200d}🌈"));
        check(&"x".repeat(200), Ok(&"x".repeat(200)));
        check(&"x".repeat(201), Err(TextError::TooLong("a title", 200, 201)));
    }

    #[test]
    fn bodies_keep_their_lines() {
        assert_eq!(Body::parse("a\r\nb\rc\n\n").as_ref().map(Body::as_str), Ok("a\nb\nc"));
        assert_eq!(Body::parse("  indented").as_ref().map(Body::as_str), Ok("  indented"));
        assert_eq!(Body::parse("one  two\nthree").map(|body| body.words()), Ok(3));
        assert_eq!(Body::parse("\u{1b}[31m"), Err(TextError::Control("a scene", 27)));
    }

    #[test]
    fn remarks() {
        let check = |text: &str, expected: Result<&str, TextError>| {
            assert_eq!(Remark::parse(text).as_ref().map(Remark::as_str).map_err(Clone::clone), expected, "{text:?}");
        };
        check("Ha\u{ad}ha\u{200b}!", Ok("Ha\u{ad}ha\u{200b}!"));
        for unseen in ["\u{200b}", "\u{2800}", "\u{3164}", "\u{ad}", "\u{202e}", " \r\n\u{2800}\n", "\u{feff}\u{fe0f}"]
        {
            check(unseen, Err(TextError::Empty("a post")));
        }
        // 5,000 characters in 100 lines, as a form without a script sends them, and one more.
        let lines = |last: &str| [vec!["x".repeat(49); 99].join("\r\n"), last.to_owned()].join("\r\n");
        check(&lines(&"x".repeat(50)), Ok(&lines(&"x".repeat(50)).replace('\r', "")));
        check(&lines(&"x".repeat(51)), Err(TextError::TooLong("a post", 5_000, 5_001)));
    }

    #[test]
    fn what_an_older_version_kept_can_be_shown() {
        let check = |kept: &str, expected: &str| assert_eq!(restored(kept), expected, "{kept:?}");
        check("A\u{200b}da", "Ada");
        check("\u{2800}", "…");
        assert_eq!(Heading::cleaned("Pro\u{ad}logue").as_ref().map(Heading::as_str), Ok("Prologue"));
        assert!(Heading::cleaned("nul\0").is_err());
    }

    #[test]
    fn emails() {
        assert_eq!(Email::parse(" Ada@Quire.example ").as_ref().map(Email::as_str), Ok("ada@quire.example"));
        for text in ["", "ada", "@quire", "ada@", "a@b@c", "a b@c"] {
            assert!(Email::parse(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn a_password_is_never_shown() {
        let password = Password::parse("correct horse").expect("long enough");
        assert_eq!(format!("{password:?}"), "Password(…)");
        assert!(Password::parse("short").is_err());
    }
}
