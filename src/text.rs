//! Parsed text: every `Title` is a good one.
//!
//! Parsing trims, unifies line ends and refuses what no reader should meet; the errors are whole
//! sentences, shown as they are.

mod email;
mod password;
mod rule;
mod visible;

use std::fmt;

use serde::{Deserialize, Serialize};

use self::rule::Rule;
pub use self::{email::Email, password::Password};
use crate::story_text;

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
            pub const MAX_CHARACTERS: usize = $most;

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
    /// The text of a scene, as `story_text` reads it.
    Body "a scene" 0..=1_000_000 lines: true
    /// A blurb, a synopsis, a description, a scene's goal.
    Note "a note" 0..=5_000 lines: true
    /// A post or a comment in the community.
    Remark "a post" 1..=5_000 lines: true
    /// One of a story's tags, as its author wrote it.
    TagName "a tag" 1..=40 lines: false
    /// The words of a search.
    SearchText "a search" 0..=200 lines: false
    /// What a person says of themselves.
    Bio "a text about you" 0..=1_000 lines: true
    /// What a person is told of a decision about them, and their answer.
    Grounds "a reason" 1..=1_000 lines: true
    /// What the place says of itself, or asks of people: one of its pages.
    SiteText "a page" 0..=20_000 lines: true
    /// The name of a person or a thing.
    Name "a name" 1..=80 lines: false
}

impl Heading {
    /// What a chapter with this title is called, which is the story's `number`th, from 1.
    pub fn of_chapter(&self, number: impl fmt::Display) -> String {
        if self.is_empty() { format!("Chapter {number}") } else { self.0.clone() }
    }
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

may_be_empty! { Heading Body Note Bio SearchText SiteText }

impl TagName {
    /// The same tag, however it was written.
    pub fn in_small_letters(&self) -> Result<Self, TextError> {
        Self::parse(&self.0.to_lowercase())
    }
}

impl Body {
    /// How many words a reader finds in it.
    pub fn words(&self) -> u32 {
        u32::try_from(story_text::words(&self.0)).unwrap_or(u32::MAX)
    }

    /// What its readers are shown of it: without its author's private notes.
    pub fn for_readers(&self) -> std::borrow::Cow<'_, str> {
        story_text::without_private(&self.0)
    }

    /// How many characters there are.
    pub fn characters(&self) -> u32 {
        u32::try_from(self.0.chars().count()).unwrap_or(u32::MAX)
    }
}

#[cfg(test)]
mod tests;
