//! Invalidation by hand: a key, tag or area that a manager wants read again, parsed from their text.

use std::{fmt, str::FromStr};

use crate::{Key, kinds::Area, tag::Tag};

/// The longest key there is has a few hundred letters.
const LONGEST: usize = 500;

/// Answers that are to be read again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Invalidation {
    /// All that depends on this: a tag, or a whole area.
    Tag(Tag),
    /// One answer, and so all that depends on what it depends on.
    Key(Key),
}

/// Why a text points at nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAnInvalidation {
    /// There is nothing in it.
    #[error("Name a key, a tag or an area.")]
    Empty,
    /// No key is that long.
    #[error("That is too long to be a key, a tag or an area.")]
    TooLong,
    /// It has characters that can't be seen, or that no key has.
    #[error("No key, tag or area has such characters in it.")]
    Unprintable,
    /// It has the form of none.
    #[error(
        "That is no key, tag or area. They are written as in story-page.3?story=0123456789abc, \
         story:0123456789abc and reading."
    )]
    Unknown,
}

impl FromStr for Invalidation {
    type Err = NotAnInvalidation;
    fn from_str(text: &str) -> Result<Self, NotAnInvalidation> {
        // Before anything walks it.
        if text.len() > LONGEST {
            return Err(NotAnInvalidation::TooLong);
        }
        let text = text.trim();
        if text.is_empty() {
            return Err(NotAnInvalidation::Empty);
        }
        if !text.bytes().all(|byte| byte.is_ascii_graphic()) || text.contains(['<', '>', '"', '\'', '\\', '`']) {
            return Err(NotAnInvalidation::Unprintable);
        }
        let area = text.parse::<Area>().ok().map(Tag::Area);
        if let Some(tag) = area.or_else(|| text.parse().ok()) {
            return Ok(Self::Tag(tag));
        }
        if is_key(text) { Ok(Self::Key(Key::from_text(text))) } else { Err(NotAnInvalidation::Unknown) }
    }
}

impl fmt::Display for Invalidation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tag(tag) => tag.fmt(f),
            Self::Key(key) => key.fmt(f),
        }
    }
}

/// Name, version and arguments, as [`crate::Query::key`] makes them.
fn is_key(text: &str) -> bool {
    let Some((question, _)) = text.split_once('?') else { return false };
    let Some((name, version)) = question.split_once('.') else { return false };
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    is_name && version.parse::<u32>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::StoryId;

    #[track_caller]
    fn check(text: &str, expected: Result<Invalidation, NotAnInvalidation>) {
        assert_eq!(text.parse(), expected, "{text:?}");
    }

    #[test]
    fn what_can_be_invalidated() {
        let key = "story-page.3?story=0000000000001";
        check("feed", Ok(Invalidation::Tag(Tag::Feed)));
        check(" story:0000000000001\n", Ok(Invalidation::Tag(Tag::Story(StoryId::from_bits(1)))));
        check("reading", Ok(Invalidation::Tag(Tag::Area(Area::Reading))));
        check("area:reading", Ok(Invalidation::Tag(Tag::Area(Area::Reading))));
        check(key, Ok(Invalidation::Key(Key::from_text(key))));
        check("home.1?", Ok(Invalidation::Key(Key::from_text("home.1?"))));
    }

    #[test]
    fn what_can_not() {
        use NotAnInvalidation::{Empty, TooLong, Unknown, Unprintable};
        check("", Err(Empty));
        check("  \t", Err(Empty));
        check(&"a".repeat(10_000), Err(TooLong));
        check(&" ".repeat(10_000), Err(TooLong));
        check("feed\u{0}", Err(Unprintable));
        check("feed\u{7f}", Err(Unprintable));
        check("fe\u{202e}ed", Err(Unprintable));
        check("<script>alert(1)</script>", Err(Unprintable));
        check("story:' or 1=1 --", Err(Unprintable));
        check("story:1;drop-table-log", Err(Unknown));
        check("story", Err(Unknown));
        check("story:", Err(Unknown));
        check("story:000000000000!", Err(Unknown));
        check("catalogue:novel", Err(Unknown));
        check("catalogue:novel/cooking", Err(Unknown));
        check("universe:0000000000001", Err(Unknown));
        check("*", Err(Unknown));
        check("story-page?story=1", Err(Unknown));
        check("Story.1?", Err(Unknown));
        check("../../etc/passwd.1?", Err(Unknown));
    }
}
