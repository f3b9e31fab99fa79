//! What a kind of text allows.

use std::borrow::Cow;

use super::{TextError, visible};

/// What a kind of text allows.
pub(super) struct Rule {
    /// As in "too long for …".
    pub(super) noun: &'static str,
    /// Least and most characters.
    pub(super) least: usize,
    pub(super) most: usize,
    /// Whether line breaks and tabs are allowed. Texts of one line tell things apart: they may have no invisible
    /// characters.
    pub(super) lines: bool,
}

impl Rule {
    pub(super) fn parse(&self, text: &str) -> Result<String, TextError> {
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
